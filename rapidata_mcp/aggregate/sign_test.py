"""The sign test for the number of pairs won."""

from __future__ import annotations

from rapidata_mcp.aggregate.distributions import beta_cdf


def sign_test(wins: int, losses: int) -> float:
    """Return the exact two-sided p-value of the numbers of pairs won and lost. Ties do not count.

    Source: Dixon and Mood 1946, JASA 41, 557-566. The binomial tail is an incomplete beta function (Abramowitz and
    Stegun, 26.5.24), which takes no longer for a hundred thousand pairs.
    """
    pairs, fewer = wins + losses, min(wins, losses)
    if wins == losses:
        return 1.0
    return min(1.0, 2 * beta_cdf(0.5, pairs - fewer, fewer + 1))
