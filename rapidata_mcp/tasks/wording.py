"""What is likely to be misread: hints on the wording of a question, for whoever drafts it. Nothing is refused."""

from __future__ import annotations

import re

LONG_INSTRUCTION = 80
"""Characters that instructions should stay under (contract J.4)."""
LONG_CONTEXT = 150
"""Characters that contexts should stay under (contract J.4)."""

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)")
_JOINT = re.compile(r"\b(and/or|and|or|as well as)\b(?!\s+(?:an?|the|his|her|its|their|why)\b)|&", re.IGNORECASE)


def instruction_hints(instruction: str) -> list[str]:
    """Hints on an instruction.

    Two criteria in one question are suspected where it has two question marks, or an `and`, `or`, `as well as` or `&`
    outside quotation marks that no article or pronoun follows: "sharper and more natural" asks two things, "a cat and
    a dog" names two. Labelers weigh two criteria each in their own way, and the results tell neither.
    """
    hints = []
    if len(instruction) > LONG_INSTRUCTION:
        hints.append(
            f"The instruction has {len(instruction)} characters. Labelers read it before every task: "
            f"{LONG_INSTRUCTION} or fewer are understood at a glance."
        )
    bare = _QUOTED.sub("", instruction)
    joint = _JOINT.search(bare)
    if bare.count("?") > 1 or joint is not None:
        sign = f"“{joint[0]}”" if joint is not None else "more than one question mark"
        hints.append(
            f"The instruction has {sign}. If it asks for two things at once, results cannot tell which one decided: "
            "a job for each can."
        )
    return hints


def context_hint(context: str | None) -> str | None:
    """A hint on one context, where it is long."""
    if context is None or len(context) <= LONG_CONTEXT:
        return None
    return f"This context has {len(context)} characters; {LONG_CONTEXT} or fewer are read."
