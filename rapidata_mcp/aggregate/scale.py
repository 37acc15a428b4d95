"""The mean and the median of answers on an ordered scale, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidata_mcp.aggregate.distributions import beta_cdf, t_quantile
from rapidata_mcp.aggregate.share import Share, wilson


class Median(NamedTuple):
    """The median step of a scale, from 0, and its interval.

    `value` is between two steps if the two middle answers differ.
    """

    value: float
    low: int
    high: int


def mean_step(counts: Sequence[int]) -> Share | None:
    """Return the mean answer to a question, with the first step as 0 and the last as 1; None without answers.

    `counts` are the answers on each step, in order. The interval is Wilson's with Student's t and the effective number
    of answers, from their variance. It stays on the scale, and is not empty if all labelers agree (Korn and Graubard
    1998, Survey Methodology 24, 193-201).
    """
    answers, last = sum(counts), len(counts) - 1
    if not answers or last < 1:
        return None
    mean = sum(step * count for step, count in enumerate(counts)) / answers / last
    if answers == 1:
        return wilson(mean, 1)
    squares = sum(count * (step / last - mean) ** 2 for step, count in enumerate(counts))
    variance = squares / (answers - 1) / answers
    size = mean * (1 - mean) / variance if variance > 1e-12 else float(answers)
    return wilson(mean, size, t_quantile(0.975, answers - 1))


def median_step(counts: Sequence[int]) -> Median | None:
    """Return the median answer to a question; None without answers.

    The interval is that of order statistics: it contains the median of all people with a probability of at least 95 %,
    by the binomial distribution (David and Nagaraja, Order Statistics, 3rd ed., 7.1).
    """
    answers = sum(counts)
    if not answers:
        return None
    cumulative = list(accumulate(counts))

    def step_of(position: int) -> int:
        return next(step for step, count in enumerate(cumulative) if position < count)

    middle = (step_of((answers - 1) // 2) + step_of(answers // 2)) / 2
    outside = _outside(answers)
    if outside < 0:  # too few answers to exclude any step
        return Median(middle, 0, len(counts) - 1)
    return Median(middle, step_of(outside), step_of(answers - 1 - outside))


def _outside(answers: int) -> int:
    """Return the number of answers to exclude at each end. Each end has the median with at most 2.5 %."""
    low, high = -1, answers // 2
    while high - low > 1:
        middle = (low + high) // 2
        if _tail(middle, answers) <= 0.025:
            low = middle
        else:
            high = middle
    return low


def _tail(successes: int, trials: int) -> float:
    """Return P(X <= successes) of the binomial distribution with p = 1/2 (Abramowitz and Stegun, 26.5.24)."""
    return beta_cdf(0.5, trials - successes, successes + 1)
