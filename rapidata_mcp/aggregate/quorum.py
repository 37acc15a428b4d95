"""Quorum stopping: enough equal votes, or no option can get there any more."""

from __future__ import annotations


class Quorum:
    """The votes on one datapoint of which `threshold` for one of `options` options are enough, or `most` in all.

    No more are needed either where no option can still get there. Source: contract H.9.
    """

    def __init__(self, options: int, threshold: int, most: int) -> None:
        self.votes = 0
        self._counts = [0] * options
        self._threshold = threshold
        self._most = most

    def add(self, choice: int, score: float) -> None:
        """Count a vote for an option."""
        self.votes += 1
        self._counts[choice] += 1

    @property
    def is_enough(self) -> bool:
        """Whether collecting ends."""
        top, left = max(self._counts), self._most - self.votes
        return left <= 0 or top >= self._threshold or top + left < self._threshold

    def fewest_more(self) -> int:
        """How many more could be enough at the earliest, at least one.

        Votes for the leading option reach the threshold first. Votes for the last one put it out of reach, as long as
        that does not come to lead by them.
        """
        top, left = max(self._counts), max(1, self._most - self.votes)
        if self.is_enough:
            return 1
        in_vain = top + left - self._threshold + 1
        can_waste = in_vain <= top - min(self._counts)
        return min(left, self._threshold - top, in_vain if can_waste else left)
