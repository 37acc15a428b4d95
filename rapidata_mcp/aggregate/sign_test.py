"""The sign test: could as many pairs have been won by chance?"""

from __future__ import annotations

from rapidata_mcp.aggregate.distributions import beta_cdf


def sign_test(wins: int, losses: int) -> float:
    """The exact two-sided p-value of the pairs won against those lost; ties say nothing and are left out.

    Source: Dixon and Mood 1946, JASA 41, 557-566. The binomial tail is an incomplete beta function (Abramowitz and
    Stegun, 26.5.24), so that it takes no longer for a hundred thousand pairs.
    """
    pairs, fewer = wins + losses, min(wins, losses)
    if wins == losses:
        return 1.0
    return min(1.0, 2 * beta_cdf(0.5, pairs - fewer, fewer + 1))
