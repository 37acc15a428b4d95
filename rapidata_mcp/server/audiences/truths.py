"""Examples with their right answers, for a person to check before labelers answer them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidata_mcp.server.replies import clean, quoted

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example

EXAMPLES_SHOWN = 10


def describe_truths(examples: Sequence[Example]) -> str:
    """The examples with their right answers. An instruction that they all share comes first, once."""
    instructions = {example.question.instruction for example in examples}
    shared = f"all ask {quoted(clean(next(iter(instructions)), 250))}: " if len(instructions) == 1 else ""
    rows = [
        f"{number}. {_describe(example, with_instruction=not shared)}"
        for number, example in enumerate(examples[:EXAMPLES_SHOWN], start=1)
    ]
    more = len(examples) - EXAMPLES_SHOWN
    return shared + "  ".join(rows) + (f"  and {more} more (get_audience shows them)" if more > 0 else "")


def _describe(example: Example, *, with_instruction: bool) -> str:
    instruction = f"{quoted(clean(example.question.instruction, 60))} " if with_instruction else ""
    answer = quoted(clean(example.answer, 60))
    others = "; ".join(quoted(clean(item, 60)) for item in example.others)
    truth = f"{answer} over {others}" if example.answer in example.items else f"{others}: {answer}"
    context = f" ({quoted(clean(example.context, 60))})" if example.context else ""
    return f"{instruction}{truth}{context}"
