"""What every task type offers. A task type is one file beside this one and one line in `tasks/__init__.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from rapidata_mcp.wire import Wire


@dataclass(frozen=True, slots=True)
class Vote:
    """One labeler's answer to one datapoint: the option chosen, and who chose it."""

    choice: int
    user_score: float
    country: str
    language: str
    age: str
    gender: str
    occupation: str
    simulated: bool


@dataclass(frozen=True)
class Option:
    """One of the things to choose from: its key in the results, and where it can be seen (None for texts)."""

    key: str
    url: str | None


@dataclass(frozen=True)
class DatapointVotes:
    """Everything about one datapoint that its result is made of."""

    options: Sequence[Option]
    votes: Sequence[Vote]
    context: str | None
    private_metadata: dict[str, str] | None


class TaskType(Protocol):
    """One kind of question to people, with its shapes on the wire and its meaning."""

    name: str
    """The platform's word for it: `definitionType`, and `info.type` of results."""
    rapid: type[Wire]
    payload: type[Wire]
    truth: type[Wire]

    def instruction(self, task: Any) -> str:
        """The question that labelers see, of a rapid or of an example's payload."""

    def option_count(self, items: int) -> int:
        """How many answers there are to choose from, given the number of items of a datapoint."""

    def right_choice(self, truth: Any, names: Sequence[str]) -> int:
        """The choice that an example's truth names, given the names of its items."""

    def imagine(self, random: Random, skill: float, instruction: str, items: Sequence[str]) -> int:
        """What a simulated labeler answers who looks closely with probability `skill`, and guesses otherwise."""

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """The entry of one datapoint in the platform's results format (contract H)."""

    def summary(self, results: Sequence[dict[str, Any]], rapid: Any) -> dict[str, int]:
        """The summary over all datapoints in the platform's results format (contract H)."""
