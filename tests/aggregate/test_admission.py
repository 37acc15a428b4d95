"""Who qualifies, and how likely that is by guessing."""

from __future__ import annotations

from itertools import product

import pytest

from rapidata_mcp.aggregate.admission import AdmissionRule


@pytest.mark.parametrize(
    ("rule", "examples"),
    [
        (AdmissionRule(0.75, 3, 3), 3),
        (AdmissionRule(0.75, 10, 10), 10),
        (AdmissionRule(0.6, 3, 7), 9),
        (AdmissionRule(0.75, 4, None), 8),
    ],
)
def test_the_chance_of_guessers_is_that_of_all_ways_to_guess(rule: AdmissionRule, examples: int) -> None:
    """Compared with walking every sequence of right and wrong answers."""
    passed = 0.0
    for answers in product((0, 1), repeat=examples):
        correct = 0
        for answered, right in enumerate(answers, start=1):
            correct += right
            verdict = rule.decide(answered, correct, examples - answered)
            if verdict != "undecided":
                passed += verdict == "graduated"
                break
    assert rule.pass_probability(0.5, examples) == pytest.approx(passed / 2**examples)


def test_known_odds() -> None:
    """1 in 8 for 3 of 3 at 0.75, 1 in 18 for 10 of 10; more tries than tasks let more guessers in."""
    assert 1 / AdmissionRule(0.75, 3, 3).pass_probability(0.5, 3) == pytest.approx(8)
    assert 1 / AdmissionRule(0.75, 10, 10).pass_probability(0.5, 10) == pytest.approx(18.29, abs=0.01)
    assert AdmissionRule(0.75, 3, 10).pass_probability(0.5, 10) > 0.3


@pytest.mark.parametrize(
    ("answered", "correct", "verdict"),
    [(2, 2, "undecided"), (3, 3, "graduated"), (3, 0, "dropped"), (3, 2, "undecided"), (10, 5, "dropped")],
)
def test_verdicts(answered: int, correct: int, verdict: str) -> None:
    """Enough and good enough; hopeless; still open; out of examples."""
    assert AdmissionRule(0.75, 3).decide(answered, correct, 10 - answered) == verdict


@pytest.mark.parametrize(("answered", "verdict"), [(8, "undecided"), (9, "undecided"), (10, "dropped")])
def test_who_ran_out_of_examples_before_enough_answers_is_undecided(answered: int, verdict: str) -> None:
    """Some were removed: with others they could still graduate."""
    assert AdmissionRule(0.75, 10).decide(answered, 6, 0) == verdict
