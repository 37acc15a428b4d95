"""Plain and score-weighted counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

EQUAL_WITHIN = 1e-9
"""Totals that differ by less are equal: scores have four decimals (contract H.7), and sums of them almost."""


def tally(votes: Iterable[tuple[int, float]], options: int) -> list[float]:
    """The weight that each option received, from votes `(option, weight)`."""
    totals = [0.0] * options
    for choice, weight in votes:
        totals[choice] += weight
    return totals


def winner(totals: Sequence[float]) -> int | None:
    """The option with the highest total; None on a tie or without votes (contract H.2)."""
    top, *others = sorted(totals, reverse=True)
    tied = bool(others) and top - others[0] < EQUAL_WITHIN
    return None if tied or top <= 0 else totals.index(top)


def ratios(totals: Sequence[float]) -> list[float]:
    """The totals divided by their sum; zeros without votes."""
    whole = sum(totals)
    return [total / whole if whole else 0.0 for total in totals]
