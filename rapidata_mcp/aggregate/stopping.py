"""Vote counters, which know when a datapoint has enough votes; and the counter for a fixed number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class VoteCounter(Protocol):
    """The votes on a datapoint. Adding a vote takes constant time."""

    count: int

    def add(self, choice: int, score: float) -> None:
        """Add a vote for an option by a labeler with this user score."""

    @property
    def is_enough(self) -> bool:
        """Whether the datapoint has enough votes."""

    def min_more_votes(self) -> int:
        """Return the smallest number of votes that could be enough, at least 1."""


@dataclass
class FixedNumber:
    """A vote counter that stops at a fixed number of votes."""

    max_votes: int
    count: int = 0

    def add(self, choice: int, score: float) -> None:
        """Add a vote."""
        self.count += 1

    @property
    def is_enough(self) -> bool:
        """Whether the number is reached."""
        return self.count >= self.max_votes

    def min_more_votes(self) -> int:
        """Return the number of missing votes, at least 1."""
        return max(1, self.max_votes - self.count)
