"""How large a job would probably decide a comparison that is undecided."""

from __future__ import annotations

from typing import NamedTuple

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import Z_95, Share

_POWER_80 = normal_quantile(0.8)
GAPS = (0.1, 0.05, 0.02, 0.01, 0.005)
"""Distances from one half that a job may be large enough to detect."""
WORTHWHILE = 1.5
"""A job that is not this many times as large would say hardly more."""


class Enough(NamedTuple):
    """A job large enough for shares that lie at least `gap` from one half: it decides them four times of five.

    `times` is its size in multiples of the job that is there, `half_width` what its 95 % interval will be about.
    """

    gap: float
    times: float
    half_width: float


def enough(share: Share, size: float) -> Enough | None:
    """The smallest job that would show more than this one, which counts as `size` independent answers.

    What an undecided share is says next to nothing about how many more answers would decide it: the interval includes
    one half, and two runs of the same job forecast quite different numbers (Hoenig and Heisey 2001, The American
    Statistician 55, 19-24). So the number is that for a given gap (Cohen, Statistical Power Analysis, 2nd ed., 2.4),
    with the variance at one half, where it is largest. It is as exact as `size`, which a sample of 30 pairs gives to
    about a quarter.

    None if not even the end of the interval is far enough from one half to be detected.
    """
    reach = max(share.high - 0.5, 0.5 - share.low)
    for gap in GAPS:
        times = ((Z_95 + _POWER_80) * 0.5 / gap) ** 2 / size
        if gap < reach and times >= WORTHWHILE:
            return Enough(gap, times, gap * Z_95 / (Z_95 + _POWER_80))
    return None
