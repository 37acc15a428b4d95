"""Checks of qualification examples: contradictions, failed examples, and truths on one side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example

MIN_FOR_SIDES = 3
"""With fewer different examples, it can be chance that all truths are on one side."""
MIN_FAILURES = 3
"""With fewer wrong answers, it can be chance that most labelers fail an example."""


def contradictions(examples: Sequence[Example]) -> list[tuple[Example, Example]]:
    """Return the pairs of examples that ask the same about the same items and have different truths."""
    first: dict[tuple[object, ...], Example] = {}
    pairs = []
    for example in examples:
        question, items, truth, context = example.content
        earlier = first.setdefault((question, items, context), example)
        if earlier.content[2] != truth:
            pairs.append((earlier, example))
    return pairs


def describe_contradictions(examples: Sequence[Example]) -> list[str]:
    """Return a sentence for each contradiction."""
    return [
        f"Examples {earlier.id} and {later.id} ask the same and have different truths: nobody can be right on both."
        for earlier, later in contradictions(examples)
    ]


def most_failed(examples: Sequence[Example], limit: int) -> list[Example]:
    """Return the examples that labelers failed most, worst first."""
    return sorted(examples, key=lambda example: example.correct_count - example.incorrect_count)[:limit]


def is_failed(example: Example) -> bool:
    """Whether most labelers fail an example."""
    return example.incorrect_count >= MIN_FAILURES and example.incorrect_count > example.correct_count


def describe_one_sided(examples: Sequence[Example]) -> str:
    """Return a sentence if all truths are on one side; it matters if items are not shuffled. Empty otherwise."""
    sides = {_side(example) for example in examples}
    if len({example.content for example in examples}) < MIN_FOR_SIDES or len(sides) != 1 or None in sides:
        return ""
    side = "first" if sides == {0} else "last"
    return f"All truths are the {side} item, and items are not shuffled: labelers who always pick it qualify."


def _side(example: Example) -> int | None:
    """The index of the truth in a pair of items; None if it is neither of them."""
    return example.items.index(example.answer) if len(example.items) == 2 and example.answer in example.items else None
