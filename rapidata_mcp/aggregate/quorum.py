"""Quorum stopping: an option has enough votes, or no option can reach them."""

from __future__ import annotations


class Quorum:
    """A vote counter that stops when an option has `threshold` votes, when no option can reach them, or at `max_votes`.

    Source: contract H.9.
    """

    def __init__(self, options: int, threshold: int, max_votes: int) -> None:
        self.count = 0
        self._counts = [0] * options
        self._threshold = threshold
        self._max_votes = max_votes

    def add(self, choice: int, score: float) -> None:
        """Add a vote for an option."""
        self.count += 1
        self._counts[choice] += 1

    @property
    def is_enough(self) -> bool:
        """Whether the datapoint has enough votes."""
        top, left = max(self._counts), self._max_votes - self.count
        return left <= 0 or top >= self._threshold or top + left < self._threshold

    def min_more_votes(self) -> int:
        """Return the smallest number of votes that could be enough, at least 1.

        Votes for the leading option can reach the threshold. Votes for the last option can put it out of reach, unless
        that option then leads.
        """
        top, left = max(self._counts), max(1, self._max_votes - self.count)
        if self.is_enough:
            return 1
        to_miss = top + left - self._threshold + 1
        can_miss = to_miss <= top - min(self._counts)
        return min(left, self._threshold - top, to_miss if can_miss else left)
