"""Elo ratings of items, updated after each comparison."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_EXPONENT = 300.0
"""The largest power of ten that is computed. Beyond it the expected score is 0."""


def elo_ratings(
    results: Iterable[tuple[int, int]], items: int, start: float = 1200, k_factor: float = 40, scale: float = 400
) -> list[float]:
    """Return the ratings of `items` items after results `(winner, loser)` in this order.

    A rating changes by `k_factor` times the difference of the result from the expected score. A difference of `scale`
    points means odds of ten to one (Elo, The Rating of Chessplayers, 2nd ed., 8.2).
    """
    ratings = [float(start)] * items
    for winner, loser in results:
        expected = 1 / (1 + 10 ** min(_MAX_EXPONENT, (ratings[loser] - ratings[winner]) / scale))
        ratings[winner] += k_factor * (1 - expected)
        ratings[loser] -= k_factor * (1 - expected)
    return ratings
