"""The results document of any task type as typed rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidata_mcp.aggregate.majority import tally, winner
from rapidata_mcp.errors import BadAnswer
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.task import TaskType


@dataclass(frozen=True)
class TaskResults:
    """A whole results document. `human` and `simulated` count all responses, also those that are left out."""

    kind: TaskType
    instruction: str
    settings: Mapping[str, str]
    outcomes: Sequence[Outcome]
    human: int
    simulated: int
    people_only: bool

    @property
    def all_simulated(self) -> bool:
        """Whether no human has answered."""
        return not self.human and self.simulated > 0


def read_task(
    kind: TaskType, document: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
) -> TaskResults:
    """Read a results document (contract H); `settings` are the feature flags of the job, as far as they are known.

    Raises:
        BadAnswer: when it is in no known format.
    """
    info, entries = document.get("info"), document.get("results")
    info = info if isinstance(info, dict) else {}
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadAnswer("These results are in a format that this version does not read.", "Update rapidata-mcp.")
    try:
        placed = list(enumerate(entries, start=1))
        everyone = [kind.outcome(position, entry, settings) for position, entry in placed]
        simulated = sum(response.simulated for outcome in everyone for response in outcome.responses)
        responses = sum(len(outcome.responses) for outcome in everyone)
        outcomes = everyone
        if people_only and simulated:
            outcomes = [
                kind.outcome(at, entry, settings, people_only=True) for at, entry in enumerate(entries, start=1)
            ]
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadAnswer(
            f"These {kind.results_name} results are of an unknown form.",
            "Read them raw as the resource rapidata://jobs/{job_id}/results.",
        ) from None
    instruction = str(info.get("instruction") or "")
    return TaskResults(kind, instruction, settings, outcomes, responses - simulated, simulated, people_only)


def is_flipped(outcome: Outcome) -> bool:
    """Whether weighing the labelers by their scores turns the leading answer round."""
    if outcome.leading is None:
        return False
    answers = [answer.answer for answer in outcome.answers]
    votes = [
        (answers.index(response.answer), response.user_score)
        for response in outcome.responses
        if response.answer in answers and response.user_score is not None
    ]
    weighted = winner(tally(votes, len(answers)))
    return weighted is not None and answers[weighted] != outcome.leading


def chosen_outcomes(outcomes: Sequence[Outcome], only: str, text: str, order: str) -> list[int]:
    """The positions of the datapoints asked for: `all`, `undecided` or `flipped`, with a text in item or context.

    The surer come first in the order `informative`.
    """
    matching = [
        outcome
        for outcome in outcomes
        if (only != "undecided" or not outcome.certain)
        and (only != "flipped" or is_flipped(outcome))
        and text.lower() in f"{outcome.item}\n{outcome.context}".lower()
    ]
    if order == "informative":
        matching.sort(key=lambda outcome: (outcome.leading is None, not outcome.certain))  # stable
    return [outcome.position for outcome in matching]
