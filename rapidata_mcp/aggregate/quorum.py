"""Quorum stopping: enough equal votes, or no option can get there any more."""

from __future__ import annotations

from collections.abc import Sequence


def quorum_settled(counts: Sequence[int], threshold: int, max_votes: int) -> bool:
    """Whether collecting ends for a datapoint with these votes per option.

    It ends when an option has `threshold` votes or none can still reach it within `max_votes`. Source: contract H.9.
    """
    remaining = max_votes - sum(counts)
    return remaining <= 0 or max(counts) >= threshold or max(counts) + remaining < threshold
