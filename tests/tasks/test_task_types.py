"""Contracts of all task types: answers survive the way through results, and simulated labelers answer sensibly."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import Any

import pytest

from rapidata_mcp.tasks import task_type_of, with_examples
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.results import read_document
from rapidata_mcp.tasks.tables import response_table
from rapidata_mcp.tasks.task import DatapointVotes, Question, ResultItem, TaskType, Vote
from tests.task_samples import SAMPLES, TaskSample

IMPOSSIBLE: list[Any] = [
    *(None, [], "0", {}, {"choice": -1}, {"choice": 99}, {"choice": True}, {"choice": "0"}),
    *({"text": 1}, {"text": "\u200b" * 9}, {"text": " \n\t" * 9}, {"text": "x" * 100_000}),
    *({"points": []}, {"points": [[1, 200]]}, {"points": "here"}, {"lines": []}, {"lines": [[[1, "2"]]]}),
    *({"words": [99]}, {"words": [True]}),
]


def first_question(sample: TaskSample) -> tuple[TaskType, Question]:
    draft = sample.draft()
    rapid, datapoint = draft.spec(), Datapoint(sample.pair) if sample.pair else draft.content.datapoints[0]
    kind = task_type_of(rapid)
    return kind, kind.question(rapid, datapoint, datapoint.items, dict(draft.content.settings))


@pytest.mark.parametrize("slug", SAMPLES)
def test_unanimous_answers_come_out_as_that_answer(slug: str) -> None:
    """An answer stays the same from the labeling page through the platform's results to the reply."""
    kind, question = first_question(SAMPLES[slug])
    answer = kind.read_answer(SAMPLES[slug].posted, question)
    vote = Vote(answer.choice, 0.9, "DE", "de", "18-29", "Male", "Student", simulated=False, value=answer.value)
    items = [ResultItem(item.rpartition("/")[2], item, item) for item in question.items]
    entry = kind.result(DatapointVotes(question, items, [vote] * 12), with_confidence=False)
    outcome = kind.outcome(1, entry, question.settings or {})
    expected = SAMPLES[slug].answer
    assert outcome.leading in (expected, expected.rpartition("/")[2])
    assert outcome.certain
    assert [response.answer for response in outcome.responses()] == [outcome.leading] * 12
    assert next(counted.votes for counted in outcome.answers if counted.answer == outcome.leading) == 12


@pytest.mark.parametrize("slug", SAMPLES)
def test_people_only_results_contain_nothing_of_simulated_labelers(slug: str) -> None:
    """Answers, figures, sentences, heat map and responses are the same as without the simulated labelers."""
    kind, question = first_question(SAMPLES[slug])
    answers = [kind.simulate_answer(Random(seed), 0.5, question) for seed in range(30)]
    votes = [
        Vote(answer.choice, 0.5, "DE", "de", "18-29", "Male", "Student", simulated=number >= 8, value=answer.value)
        for number, answer in enumerate(answers)
    ]
    items = [ResultItem(item.rpartition("/")[2], item, item) for item in question.items]

    def read_back(votes: list[Vote], *, people_only: bool = False, without: Collection[str] = ()) -> tuple[Any, ...]:
        entry = kind.result(DatapointVotes(question, items, votes), with_confidence=True)
        entry = {name: value for name, value in entry.items() if name not in without}
        results = read_document(kind, {"results": [entry]}, question.settings or {}, people_only=people_only)
        [outcome] = results.outcomes
        figures = (outcome.answers, outcome.leading, outcome.certain, outcome.confidence, outcome.note)
        return figures, results.verdict, kind.density(outcome), list(response_table(results).rows)

    # The platform computes these two members over all labelers, so they are no part of the results of people only.
    people = read_back(votes[:8], without=("elo", "confidencePerCategory"))
    assert len(people[-1]) == 8
    assert read_back(votes, people_only=True) == people != read_back(votes)


@pytest.mark.parametrize("slug", SAMPLES)
@pytest.mark.parametrize("posted", IMPOSSIBLE, ids=str)
def test_impossible_answers_are_refused(slug: str, posted: Any) -> None:
    """A browser may post anything."""
    kind, question = first_question(SAMPLES[slug])
    with pytest.raises(ValueError, match=r"\w"):
        kind.read_answer(posted, question)


@pytest.mark.parametrize("slug", [slug for slug, sample in SAMPLES.items() if sample.example_draft])
def test_careful_simulated_labelers_find_the_truth_of_an_example(slug: str) -> None:
    """Guessers find it as often as the example's probability of a correct guess says."""
    draft = SAMPLES[slug].example_draft
    assert draft is not None
    example = draft()
    kind = next(kind for kind in with_examples() if kind.slug == slug)
    question = kind.question(example.payload(), example.content.datapoint, example.content.datapoint.items)
    truth = example.wire_truth(example.content.datapoint.items)

    def share_right(skill: float) -> float:
        answers = [kind.simulate_answer(Random(seed), skill, question, truth) for seed in range(2000)]
        return sum(kind.is_right(answer, truth, question) for answer in answers) / len(answers)

    assert share_right(1) > 0.95
    assert share_right(0) == pytest.approx(example.guess, abs=0.05)


@pytest.mark.parametrize("slug", SAMPLES)
def test_simulated_answers_are_valid_and_vary(slug: str) -> None:
    """Labelers with half skill neither leave the options nor all agree."""
    kind, question = first_question(SAMPLES[slug])
    answers = [kind.simulate_answer(Random(seed), 0.5, question) for seed in range(300)]
    assert all(0 <= answer.choice < max(1, len(question.options)) for answer in answers)
    assert len({repr(answer) for answer in answers}) > 1
