"""How much more it would take to decide a comparison that is undecided."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import MIN_SAMPLE

_REACH = (normal_quantile(0.975) + normal_quantile(0.8)) ** 2
"""For a 95 % interval that excludes one half four times of five (Cohen, Statistical Power Analysis, 2nd ed., 2.4)."""


def more_responses(votes: Sequence[tuple[float, float]]) -> int | None:
    """About how many more responses to these pairs would decide which option they prefer, were the share to stay.

    None where it is exactly one half, since no number would.
    """
    mean = sum(a / (a + b) for a, b in votes) / len(votes)
    needed = _needed(mean * (1 - mean), mean)
    return None if needed is None else max(1, needed - int(sum(a + b for a, b in votes)))


def more_pairs(votes: Sequence[tuple[float, float]]) -> int | None:
    """About how many more pairs like these would decide it, were the share and the differences of pairs to stay."""
    shares = [a / (a + b) for a, b in votes]
    mean = sum(shares) / len(shares)
    needed = _needed(sum((share - mean) ** 2 for share in shares) / (len(shares) - 1), mean)
    return None if needed is None else max(1, max(needed, MIN_SAMPLE) - len(shares))


def _needed(variance: float, mean: float) -> int | None:
    gap = abs(mean - 0.5)
    return math.ceil(_REACH * variance / gap**2) if gap > 1e-9 else None
