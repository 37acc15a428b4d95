"""The results of a job of any task type, and the half of a task type that reads them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from rapidata_mcp.errors import BadAnswer
from rapidata_mcp.tasks.outcomes import Outcome, details_in, is_simulated
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence, Side, count_of, leaders, over_datapoints

Unit = Literal["pair", "datapoint"]
Selection = Literal["all", "undecided", "flipped", "lost_by_a"]
OutcomeOrder = Literal["informative", "given"]
SIDES = "_wins_total"
"""Ends the names of the two sides in the summary of the results (contract H.2)."""


class ReadableTask(ABC):
    """The half of a task type that reads results."""

    name: ClassVar[str]
    """The platform's name for it in settings and `definitionType`."""
    results_name: ClassVar[str]
    """The platform's name for it in results (`info.type`, contract H.1)."""
    slug: ClassVar[str]
    """Its name in tools and in its page fragment `local/pages/tasks/<slug>.html`."""
    results_unit: ClassVar[Unit] = "datapoint"
    """The name of an outcome: a pair is counted by its two items; a datapoint by its answers, also a ranked list."""
    selections: ClassVar[Sequence[Selection]] = ("all", "undecided")
    """The selections of outcomes that have a meaning for its answers."""

    @property
    def job_tool(self) -> str:
        """The tool that drafts a job."""
        return f"create_{self.slug}_job"

    @property
    def example_tool(self) -> str:
        """The tool that adds a qualification example, if the task type has any."""
        return f"add_{self.slug}_example"

    @abstractmethod
    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Read the outcome of a datapoint from its entry in the results; `position` counts from 1.

        `settings` are the feature flags of the job, as far as they are known.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: if the entry has an unknown form.
        """

    def verdict(self, results: JobResults) -> JobVerdict:
        """Judge the whole job."""
        return JobVerdict([leaders(results.outcomes)], over_datapoints(results.outcomes))

    def describe_matches(self, results: JobResults, matches: Sequence[Outcome]) -> Sentence:
        """Say how many outcomes match a selection."""
        of_all = f"of {count_of(len(results.outcomes), self.results_unit)}"
        if not matches:
            return Sentence(f"None {of_all} matches.")
        return Sentence(f"{len(matches):,} {of_all} match{'es' if len(matches) == 1 else ''}.")

    def side(self, outcome: Outcome, answer: str, leader: str | None) -> Side | None:
        """Return the side that an answer counts for in the verdict of a group of labelers, if it counts at all.

        Side a is the `leader` of the whole job here, side b is every other answer.
        """
        return "a" if answer == leader else "b"

    def density(self, outcome: Outcome) -> list[list[float]] | None:
        """Return the number of answers at each place of the picture, row by row from the top.

        None if the answers have no places.
        """
        return None


@dataclass(frozen=True)
class JobResults:
    """The results of a job. `human` and `simulated` count all responses, including those that are left out.

    `sides` are the names of the two sides of all pairs, if they have names. `complete` is false if only counts were
    read: then outcomes have no single responses.
    """

    kind: ReadableTask
    instruction: str
    settings: Mapping[str, str]
    outcomes: Sequence[Outcome]
    human: int
    simulated: int
    people_only: bool = False
    final: bool = True
    sides: tuple[str, str] | None = None
    stops_early: bool = False
    complete: bool = True

    @property
    def all_simulated(self) -> bool:
        """Whether there are responses, and all of them are simulated."""
        return self.simulated > 0 and not self.human

    @cached_property
    def total(self) -> int:
        """The number of responses to the outcomes."""
        return sum(outcome.total for outcome in self.outcomes)

    @cached_property
    def verdict(self) -> JobVerdict:
        """The verdict over the whole job."""
        return self.kind.verdict(self)


def read_document(
    kind: ReadableTask,
    document: Mapping[str, Any],
    settings: Mapping[str, str],
    *,
    people_only: bool = False,
    final: bool = True,
) -> JobResults:
    """Read a results document (contract H); before version 3.0 its entries were one level deeper (H.3).

    Raises:
        BadAnswer: when it is in no known format.
    """
    info, entries = document.get("info"), document.get("results")
    info = info if isinstance(info, dict) else {}
    if isinstance(entries, dict):
        entries = entries.get("data")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadAnswer("These results are in a format that this version does not read.", "Update rapidata-mcp.")
    if kind.results_unit == "pair" and info.get("type", info.get("orderType")) not in (None, kind.results_name):
        # The names of other types are not published (contract H.5), so they are not checked.
        raise BadAnswer(f"These are not the results of a {kind.slug} job.", "Read them raw as a resource.")
    try:
        simulated = info.get("simulatedResponses")
        simulated = _count_simulated(entries) if simulated is None else int(simulated)
        alone = people_only and simulated > 0
        outcomes = [
            kind.outcome(position, entry, settings, people_only=alone) for position, entry in enumerate(entries, 1)
        ]
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadAnswer(
            f"These {kind.results_name} results are of an unknown form.",
            "Read them raw as the resource rapidata://jobs/{job_id}/results.",
        ) from None
    responses = sum(outcome.total for outcome in outcomes)
    return JobResults(
        kind=kind,
        instruction=str(info.get("instruction") or ""),
        settings=settings,
        outcomes=outcomes,
        human=responses if alone else max(0, responses - simulated),
        simulated=simulated,
        people_only=people_only,
        final=final,
        sides=_sides_in(document.get("summary")),
        stops_early=any(outcome.confidence is not None for outcome in outcomes),
    )


def _count_simulated(entries: Sequence[Mapping[str, Any]]) -> int:
    return sum(is_simulated(detail) for entry in entries for detail in details_in(entry))


def _sides_in(summary: Any) -> tuple[str, str] | None:
    """The names of both sides, if they are others than A and B (contract H.2)."""
    keys = summary if isinstance(summary, dict) else ()
    names = [key.removesuffix(SIDES) for key in keys if key.endswith(SIDES)]
    return (names[0], names[1]) if len(names) == 2 and names != ["A", "B"] else None


def select_outcomes(results: JobResults, selection: Selection, text: str, order: OutcomeOrder) -> list[int]:
    """Return the positions of a selection of outcomes, with a text in item or context.

    In the order `informative` flipped outcomes come first, then the clearest.
    """
    matches = [
        outcome
        for outcome in results.outcomes
        if _is_selected(outcome, selection) and (not text or text.lower() in _searched(outcome))
    ]
    if order == "informative":
        matches.sort(key=lambda outcome: (not outcome.flipped, -outcome.counts.certainty))  # stable
    return [outcome.position for outcome in matches]


def _is_selected(outcome: Outcome, selection: Selection) -> bool:
    if selection == "undecided":
        return not outcome.certain
    return selection == "all" or (outcome.flipped if selection == "flipped" else outcome.counts.leading == 1)


def _searched(outcome: Outcome) -> str:
    return f"{outcome.item}\n{outcome.context}".lower()
