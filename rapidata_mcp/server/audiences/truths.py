"""Examples with their right answers, as a person looks at them once before labelers are examined on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidata_mcp.server.replies import clean, quoted

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example

EXAMPLES_NAMED = 10


def truths(examples: Sequence[Example]) -> str:
    """The examples with their right answers; what they ask is told once where all ask the same."""
    named, asked = [], {example.question.instruction for example in examples}
    same = f"all ask {quoted(clean(next(iter(asked)), 250))}: " if len(asked) == 1 else ""
    for number, example in enumerate(examples[:EXAMPLES_NAMED], start=1):
        ask_each = "" if same else f"{quoted(clean(example.question.instruction, 60))} "
        context = f" ({quoted(clean(example.context, 60))})" if example.context else ""
        others = "; ".join(quoted(clean(item, 60)) for item in example.others)
        answer, chosen = quoted(clean(example.answer, 60)), example.answer in example.items
        told = f"{answer} over {others}" if chosen else f"{others}: {answer}"
        named.append(f"{number}. {ask_each}{told}{context}")
    more = len(examples) - EXAMPLES_NAMED
    return same + "  ".join(named) + (f"  and {more} more (get_audience shows them)" if more > 0 else "")
