"""Hints on the wording of questions and contexts. They are advice: nothing is refused."""

from __future__ import annotations

import re

LONG_INSTRUCTION = 80
"""The recommended limit for instructions, in characters (contract J.4)."""
LONG_CONTEXT = 150
"""The recommended limit for contexts, in characters (contract J.4)."""

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)")
_JOINT = re.compile(r"\b(and/or|and|or|as well as)\b(?!\s+(?:an?|the|his|her|its|their|why)\b)|&", re.IGNORECASE)


def instruction_hints(instruction: str) -> list[str]:
    """Return hints on an instruction: it is long, or it may ask about two criteria at once.

    Each labeler weighs two criteria differently, so the results answer neither. Two criteria are suspected if the
    instruction has two question marks, or `and`, `or`, `as well as` or `&` outside quotation marks and not before an
    article or pronoun: "sharper and more natural" asks about two criteria, "a cat and a dog" names two things.
    """
    hints = []
    if len(instruction) > LONG_INSTRUCTION:
        hints.append(
            f"The instruction has {len(instruction)} characters. Labelers read it before every task, so keep it to "
            f"{LONG_INSTRUCTION} or fewer."
        )
    unquoted = _QUOTED.sub("", instruction)
    joint = _JOINT.search(unquoted)
    if unquoted.count("?") > 1 or joint is not None:
        sign = f"“{joint[0]}”" if joint is not None else "more than one question mark"
        hints.append(
            f"The instruction has {sign}. If it asks about two things at once, the results cannot show which one "
            "decided. Make a job for each."
        )
    return hints


def context_hint(context: str | None) -> str | None:
    """Return a hint on a long context, or None."""
    if context is None or len(context) <= LONG_CONTEXT:
        return None
    return f"This context has {len(context)} characters. Labelers read {LONG_CONTEXT} or fewer."
