"""The size of a job that would probably decide an undecided comparison."""

from __future__ import annotations

from typing import NamedTuple

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import Z_95, Share

_POWER_80 = normal_quantile(0.8)
GAPS = (0.1, 0.05, 0.02, 0.01, 0.005)
"""The distances from one half for which a size is computed."""
MIN_FACTOR = 1.5
"""A smaller factor would hardly make a job more informative."""


class RequiredSize(NamedTuple):
    """The size of a job that decides a share at a distance of `gap` from one half with a probability of 80 %.

    `factor` is the size as a multiple of the present job, `half_width` the approximate half width of its 95 % interval.
    """

    gap: float
    factor: float
    half_width: float


def required_size(share: Share, size: float) -> RequiredSize | None:
    """Return the smallest useful size of a larger job, for a job that counts as `size` independent answers.

    The value of an undecided share does not predict how many more answers would decide it: the interval includes one
    half, and two runs of the same job predict quite different numbers (Hoenig and Heisey 2001, The American
    Statistician 55, 19-24). So the size is that for a given gap (Cohen, Statistical Power Analysis, 2nd ed., 2.4), with
    the variance at one half, where it is largest. It is as exact as `size`, which has an error of about a quarter for
    30 pairs.

    None if even the far end of the interval is too close to one half.
    """
    reach = max(share.high - 0.5, 0.5 - share.low)
    for gap in GAPS:
        factor = ((Z_95 + _POWER_80) * 0.5 / gap) ** 2 / size
        if gap < reach and factor >= MIN_FACTOR:
            return RequiredSize(gap, factor, gap * Z_95 / (Z_95 + _POWER_80))
    return None
