"""The next step of an answer or an error: calls that an assistant can make, and what only a person can do.

A next step is data until it leaves the program. So a tool that the user has switched off is looked up by name, and
the text is written in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


class Unknown(Enum):
    """An argument whose value the caller has to find."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN
Argument: TypeAlias = str | int | float | bool | list[str] | Unknown


@dataclass(frozen=True)
class Call:
    """A call of a tool.

    `why` is the predicate of the call, such as "shows the results"; `lead` are words before the call, such as
    "In 5 seconds,". Both may be empty.

    >>> str(Call("get_results", {"job_id": "job_1"}, "shows the results"))
    "get_results(job_id='job_1') shows the results"
    >>> str(Call("assign_job", {"job_definition_id": "jdf_1", "audience_id": UNKNOWN}, lead="After the user's yes,"))
    "After the user's yes, assign_job(job_definition_id='jdf_1', audience_id)"
    """

    tool: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    why: str = ""
    lead: str = ""

    def __str__(self) -> str:
        """The call as an assistant would write it, with its reason."""
        arguments = ", ".join(
            name if value is UNKNOWN else f"{name}={_literal(value)}" for name, value in self.arguments.items()
        )
        return f"{self.lead} {self.tool}({arguments}) {self.why}".strip()


def _literal(value: Argument) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


@dataclass(frozen=True)
class NextStep:
    """Steps in their order: calls, and sentences for a step that takes no tool.

    A step that begins with a capital letter begins a sentence.

    >>> str(NextStep("The user tops up the balance", Call("resume_job", {"job_id": "job_1"}, "continues")))
    "The user tops up the balance; resume_job(job_id='job_1') continues."
    """

    steps: tuple[Call | str, ...]

    def __init__(self, *steps: Call | str) -> None:
        object.__setattr__(self, "steps", tuple(step for step in steps if step))

    @classmethod
    def of(cls, step: NextStep | Call | str) -> NextStep:
        """Return a step as a NextStep; a NextStep is returned as it is."""
        return step if isinstance(step, NextStep) else cls(step)

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.steps)

    def __str__(self) -> str:
        """The steps as one text."""
        text = ""
        for step in map(str, self.steps):
            separator = ". " if step[0].isupper() else "; "
            text += f"{separator if text else ''}{step.removesuffix('.')}"
        return text if text.endswith(("?", "!")) or not text else f"{text}."

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools that are called, in their order."""
        return tuple(dict.fromkeys(step.tool for step in self.steps if isinstance(step, Call)))

    def missing(self, offered: Collection[str]) -> tuple[str, ...]:
        """The tools that are called but not offered."""
        return tuple(tool for tool in self.tools if tool not in offered)
