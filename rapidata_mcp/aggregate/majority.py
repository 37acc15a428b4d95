"""Vote counts, plain or weighted by user scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

EQUAL_WITHIN = 1e-9
"""Totals that differ by less are equal. Scores have four decimals (contract H.7), and their sums have small errors."""


def tally(votes: Iterable[tuple[int, float]], options: int) -> list[float]:
    """Return the total weight of each option, from votes `(option, weight)`."""
    totals = [0.0] * options
    for choice, weight in votes:
        totals[choice] += weight
    return totals


def winner(totals: Sequence[float]) -> int | None:
    """Return the option with the highest total; None for a tie or without votes (contract H.2)."""
    top, *others = sorted(totals, reverse=True)
    tied = bool(others) and top - others[0] < EQUAL_WITHIN
    return None if tied or top <= 0 else totals.index(top)


def ratios(totals: Sequence[float]) -> list[float]:
    """Return the totals divided by their sum; zeros without votes."""
    total_weight = sum(totals)
    return [total / total_weight if total_weight else 0.0 for total in totals]
