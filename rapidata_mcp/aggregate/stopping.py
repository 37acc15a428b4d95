"""When a datapoint has enough responses: what every rule keeps count of, and the rule of a fixed number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Ballot(Protocol):
    """The votes on one datapoint, counted as they come: each takes as long as the first, however many there are."""

    votes: int

    def add(self, choice: int, score: float) -> None:
        """Count a vote for an option by a labeler with this user score."""

    @property
    def is_enough(self) -> bool:
        """Whether these votes are enough."""

    def fewest_more(self) -> int:
        """How many more could be enough at the earliest, if they agree, at least one."""


@dataclass
class FixedNumber:
    """Enough are `wanted` votes, whatever they say."""

    wanted: int
    votes: int = 0

    def add(self, choice: int, score: float) -> None:
        """Count a vote."""
        self.votes += 1

    @property
    def is_enough(self) -> bool:
        """Whether there are as many as wanted."""
        return self.votes >= self.wanted

    def fewest_more(self) -> int:
        """All that are missing."""
        return max(1, self.wanted - self.votes)
