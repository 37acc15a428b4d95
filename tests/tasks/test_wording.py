"""Hints on the wording of instructions and contexts."""

from __future__ import annotations

import pytest

from rapidata_mcp.tasks.wording import context_hint, instruction_hints


@pytest.mark.parametrize(
    "instruction",
    [
        "Which image is sharper and more natural?",
        "Which text is clear or friendly?",
        "Which is better? Which is nicer?",
        "Which is more polite as well as shorter?",
        "Realism & detail: which?",
    ],
)
def test_two_criteria_are_suspected(instruction: str) -> None:
    """Two criteria joined by a word or a sign, or asked one after the other, give a hint."""
    (hint,) = instruction_hints(instruction)
    assert "two things at once" in hint


@pytest.mark.parametrize(
    "instruction",
    [
        "Which image follows the prompt more accurately?",
        "Which image shows a cat and a dog?",
        "Which sign says 'Salt and Pepper'?",
        'Which image fits "black or white?" better?',
        "Which brand do you prefer?",
    ],
)
def test_one_criterion_gives_no_hint(instruction: str) -> None:
    """Two things in one phrase, and words in quotation marks, are not two criteria."""
    assert instruction_hints(instruction) == []


def test_hints_on_long_texts_give_their_length() -> None:
    """Instructions over 80 characters and contexts over 150 give a hint."""
    assert instruction_hints("x" * 80) == []
    assert "81 characters" in instruction_hints("x" * 81)[0]
    assert context_hint(None) is None
    assert context_hint("x" * 150) is None
    assert "151 characters" in (context_hint("x" * 151) or "")
