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
    """A call of a tool. `why` is a predicate, such as "shows the results"; it may be empty.

    >>> str(Call("get_results", {"job_id": "job_1"}, "shows the results"))
    "get_results(job_id='job_1') shows the results"
    >>> str(Call("assign_job", {"job_definition_id": "jdf_1", "audience_id": UNKNOWN}))
    "assign_job(job_definition_id='jdf_1', audience_id)"
    """

    tool: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    why: str = ""

    def __str__(self) -> str:
        """The call as an assistant would write it, with its reason."""
        written = ", ".join(
            name if value is UNKNOWN else f"{name}={_written(value)}" for name, value in self.arguments.items()
        )
        return f"{self.tool}({written}) {self.why}".rstrip()


def _written(value: Argument) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


@dataclass(frozen=True)
class NextStep:
    """Steps in their order: calls, and sentences for what no tool does.

    >>> str(NextStep("The user tops up the balance", Call("resume_job", {"job_id": "job_1"}, "continues")))
    "The user tops up the balance; resume_job(job_id='job_1') continues."
    """

    steps: tuple[Call | str, ...]

    def __init__(self, *steps: Call | str) -> None:
        object.__setattr__(self, "steps", tuple(step for step in steps if step))

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.steps)

    def __str__(self) -> str:
        """The steps as one sentence."""
        text = "; ".join(str(step).rstrip(".") for step in self.steps)
        return f"{text}." if text else ""

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools that are called, in their order."""
        return tuple(dict.fromkeys(step.tool for step in self.steps if isinstance(step, Call)))

    def missing(self, offered: Collection[str]) -> tuple[str, ...]:
        """The tools that are called but not offered."""
        return tuple(tool for tool in self.tools if tool not in offered)
