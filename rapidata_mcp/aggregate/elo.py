"""Elo ratings: how items stand after one comparison after the other."""

from __future__ import annotations

from collections.abc import Iterable

_FARTHEST = 300.0
"""A difference in powers of ten beyond which nobody is expected to win; larger powers cannot be computed."""


def elo_ratings(
    results: Iterable[tuple[int, int]], items: int, start: float = 1200, k_factor: float = 40, scale: float = 400
) -> list[float]:
    """The ratings of `items` items after these `(winner, loser)`, in the order in which they came.

    An item takes over `k_factor` times what it won more than expected; `scale` points are odds of ten to one (Elo,
    The Rating of Chessplayers, 2nd ed., 8.2).
    """
    ratings = [float(start)] * items
    for winner, loser in results:
        expected = 1 / (1 + 10 ** min(_FARTHEST, (ratings[loser] - ratings[winner]) / scale))
        ratings[winner] += k_factor * (1 - expected)
        ratings[loser] -= k_factor * (1 - expected)
    return ratings
