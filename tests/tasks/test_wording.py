"""Hints on wording: what they find, and what they leave alone."""

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
    """Joined by a word or a sign, or asked one after the other."""
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
def test_one_criterion_is_left_alone(instruction: str) -> None:
    """Things that are named together, and what stands in quotation marks."""
    assert instruction_hints(instruction) == []


def test_long_texts_are_told_with_their_length() -> None:
    """From 81 characters of an instruction and 151 of a context on."""
    assert instruction_hints("x" * 80) == []
    assert "81 characters" in instruction_hints("x" * 81)[0]
    assert context_hint(None) is None
    assert context_hint("x" * 150) is None
    assert "151 characters" in (context_hint("x" * 151) or "")
