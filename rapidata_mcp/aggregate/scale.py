"""Answers on an ordered scale: their mean and their median, each with a 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidata_mcp.aggregate.distributions import beta_cdf, t_quantile
from rapidata_mcp.aggregate.share import Share, wilson


class Median(NamedTuple):
    """The step of a scale, counted from 0, that the answer in the middle names, and its interval.

    `value` lies half way between two steps where the middle does.
    """

    value: float
    low: int
    high: int


def mean_step(counts: Sequence[int]) -> Share | None:
    """The mean answer to one question, with the first step as 0 and the last as 1; None without answers.

    `counts` are the answers on each step, in order. Wilson's interval with the effective number of answers that their
    variance amounts to, and Student's t, stays on the scale and is not empty where everyone agrees (Korn and Graubard
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
    """The median answer to one question; None without answers.

    The interval is that of order statistics: the answers between which the median of all people lies in at least
    95 %, by the binomial distribution (David and Nagaraja, Order Statistics, 3rd ed., 7.1).
    """
    answers = sum(counts)
    if not answers:
        return None
    upto = list(accumulate(counts))

    def step_of(position: int) -> int:
        return next(step for step, reached in enumerate(upto) if position < reached)

    middle = (step_of((answers - 1) // 2) + step_of(answers // 2)) / 2
    outside = _outside(answers)
    if outside < 0:  # too few answers to exclude anything
        return Median(middle, 0, len(counts) - 1)
    return Median(middle, step_of(outside), step_of(answers - 1 - outside))


def _outside(answers: int) -> int:
    """How many answers can be left out at each end, with at most 2.5 % of a chance that the median is among them."""
    low, high = -1, answers // 2
    while high - low > 1:
        tried = (low + high) // 2
        if _tail(tried, answers) <= 0.025:
            low = tried
        else:
            high = tried
    return low


def _tail(most: int, trials: int) -> float:
    """The probability of at most so many successes with a chance of one half (Abramowitz and Stegun, 26.5.24)."""
    return beta_cdf(0.5, trials - most, most + 1)
