"""Every task type does what it promises: answers go through it unharmed, and the crowd answers sensibly."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import Any

import pytest

from rapidata_mcp.tasks import type_asking, with_examples
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.results import read_document
from rapidata_mcp.tasks.tables import response_table
from rapidata_mcp.tasks.task import DatapointVotes, Question, ResultItem, TaskType, Vote
from tests.task_samples import KITS, Kit

IMPOSSIBLE: list[Any] = [
    *(None, [], "0", {}, {"choice": -1}, {"choice": 99}, {"choice": True}, {"choice": "0"}),
    *({"text": 1}, {"text": "\u200b" * 9}, {"text": " \n\t" * 9}, {"text": "x" * 100_000}),
    *({"points": []}, {"points": [[1, 200]]}, {"points": "here"}, {"lines": []}, {"lines": [[[1, "2"]]]}),
    *({"words": [99]}, {"words": [True]}),
]


def asked(kit: Kit) -> tuple[TaskType, Question]:
    """The kit's first question."""
    draft = kit.draft()
    rapid, datapoint = draft.asked(), Datapoint(kit.pair) if kit.pair else draft.content.datapoints[0]
    kind = type_asking(rapid)
    return kind, kind.question(rapid, datapoint, datapoint.items, dict(draft.content.settings))


@pytest.mark.parametrize("page", KITS)
def test_unanimous_answers_come_out_as_that_answer(page: str) -> None:
    """From what the labeling page posts through the platform's results to what an assistant reads."""
    kind, question = asked(KITS[page])
    answer = kind.read_answer(KITS[page].posted, question)
    vote = Vote(answer.choice, 0.9, "DE", "de", "18-29", "Male", "Student", simulated=False, value=answer.value)
    items = [ResultItem(item.rpartition("/")[2], item, item) for item in question.items]
    entry = kind.result(DatapointVotes(question, items, [vote] * 12), with_confidence=False)
    outcome = kind.outcome(1, entry, question.settings or {})
    told = KITS[page].told
    assert outcome.leading in (told, told.rpartition("/")[2])
    assert outcome.certain
    assert [response.answer for response in outcome.responses()] == [outcome.leading] * 12
    assert next(each.votes for each in outcome.answers if each.answer == outcome.leading) == 12


@pytest.mark.parametrize("page", KITS)
def test_people_read_alone_are_read_as_if_nobody_else_had_answered(page: str) -> None:
    """Answers, figures, sentences, heat map and single responses: nothing of simulated labelers is in them."""
    kind, question = asked(KITS[page])
    given = [kind.simulate_answer(Random(seed), 0.5, question) for seed in range(30)]
    votes = [
        Vote(answer.choice, 0.5, "DE", "de", "18-29", "Male", "Student", simulated=number >= 8, value=answer.value)
        for number, answer in enumerate(given)
    ]
    items = [ResultItem(item.rpartition("/")[2], item, item) for item in question.items]

    def told(votes: list[Vote], *, people_only: bool = False, without: Collection[str] = ()) -> tuple[Any, ...]:
        entry = kind.result(DatapointVotes(question, items, votes), with_confidence=True)
        entry = {name: value for name, value in entry.items() if name not in without}
        results = read_document(kind, {"results": [entry]}, question.settings or {}, people_only=people_only)
        [outcome] = results.outcomes
        figures = (outcome.answers, outcome.leading, outcome.certain, outcome.confidence, outcome.note)
        return figures, results.verdict, kind.density(outcome), list(response_table(results).rows)

    alone = told(votes[:8], without=("elo", "confidencePerCategory"))  # which the platform tells of all together
    assert len(alone[-1]) == 8
    assert told(votes, people_only=True) == alone != told(votes)


@pytest.mark.parametrize("page", KITS)
@pytest.mark.parametrize("posted", IMPOSSIBLE, ids=str)
def test_impossible_answers_are_refused(page: str, posted: Any) -> None:
    """Whatever a browser may post."""
    kind, question = asked(KITS[page])
    with pytest.raises(ValueError, match=r"\w"):
        kind.read_answer(posted, question)


@pytest.mark.parametrize("page", [page for page, kit in KITS.items() if kit.example_draft])
def test_the_crowd_knows_what_it_looks_at(page: str) -> None:
    """Careful labelers find the truth of an example, and guessers as often as the platform is told they do."""
    draft = KITS[page].example_draft
    assert draft is not None
    example = draft()
    kind = next(kind for kind in with_examples() if kind.slug == page)
    question = kind.question(example.payload(), example.content.datapoint, example.content.datapoint.items)
    truth = example.wire_truth(example.content.datapoint.items)

    def right(skill: float) -> float:
        answers = [kind.simulate_answer(Random(seed), skill, question, truth) for seed in range(2000)]
        return sum(kind.is_right(answer, truth, question) for answer in answers) / len(answers)

    assert right(1) > 0.95
    assert right(0) == pytest.approx(example.guess, abs=0.05)


@pytest.mark.parametrize("page", KITS)
def test_what_the_crowd_answers_is_possible_and_not_always_the_same(page: str) -> None:
    """Careful labelers mostly agree; guessers do not."""
    kind, question = asked(KITS[page])
    answers = [kind.simulate_answer(Random(seed), 0.5, question) for seed in range(300)]
    assert all(0 <= answer.choice < max(1, len(question.options)) for answer in answers)
    assert len({repr(answer) for answer in answers}) > 1
