"""The share of responses that prefer the first of two options: in a pair, in these pairs, in pairs like these."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidata_mcp.aggregate.distributions import beta_cdf, normal_quantile, t_quantile

MIN_SAMPLE = 30
"""Pairs that a job needs to count as a sample of pairs like them."""
Z_95 = normal_quantile(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def side(self) -> Literal["a", "b"] | None:
        """The option that is preferred; None if the interval includes one half."""
        return "a" if self.low > 0.5 else "b" if self.high < 0.5 else None

    @property
    def mirrored(self) -> Share:
        """The share of the other option."""
        return Share(1 - self.value, 1 - self.high, 1 - self.low)


def wilson(share: float, size: float, quantile: float = Z_95) -> Share:
    """Return the score interval of a share among `size` independent answers (Wilson 1927, JASA 22, 209-212)."""
    square = quantile * quantile / size
    center = (share + square / 2) / (1 + square)
    half = quantile / (1 + square) * math.sqrt(max(0.0, share * (1 - share)) / size + square / size / 4)
    return Share(share, max(0.0, center - half), min(1.0, center + half))


@lru_cache(maxsize=4_096)  # a job of any size has few different counts
def share_of_pair(a_votes: float, b_votes: float) -> Share | None:
    """Return the share of the first item of a pair; None without votes."""
    votes = a_votes + b_votes
    return wilson(a_votes / votes, votes) if votes else None


def shares_of(votes: Sequence[tuple[float, float]]) -> list[float]:
    """Return the share of the first item of each pair."""
    return [a / (a + b) for a, b in votes]


def effective_size(votes: Sequence[tuple[float, float]]) -> float:
    """Return the effective number of answers to exactly these pairs: pairs² / Σ 1/answers."""
    return len(votes) ** 2 / sum(1 / (a + b) for a, b in votes)


def effective_sample(shares: Sequence[float]) -> float:
    """Return the effective number of answers of at least two pairs, as a sample of pairs like them."""
    pairs, mean = len(shares), sum(shares) / len(shares)
    variance = sum((share - mean) ** 2 for share in shares) / (pairs - 1) / pairs
    return mean * (1 - mean) / variance if variance > 1e-12 else float(pairs)


def share_of_these_pairs(votes: Sequence[tuple[float, float]]) -> Share:
    """Return the mean share over exactly these pairs, with equal weights. `votes` are (first, second), never (0, 0).

    Only the people are a sample. Answers to different pairs are strata. Their variance is at most that of as many
    answers to one question with the mean share (Cochran, Sampling Techniques, 3rd ed., 5.6). So Wilson's interval with
    the effective number of answers is rather too wide than too narrow.
    """
    return wilson(sum(shares_of(votes)) / len(votes), effective_size(votes))


def share_of_similar_pairs(votes: Sequence[tuple[float, float]]) -> Share:
    """Return the mean share over the population of which the pairs are a sample, with equal weights.

    The pairs are clusters of answers, and the variance is that between their shares (Cochran, 9A.2). Wilson's interval
    with the effective sample size, and with Student's t with pairs - 1 degrees of freedom, stays within 0 and 1 and
    keeps its coverage near them (Korn and Graubard 1998, Survey Methodology 24, 193-201; Dean and Pagano 2015, J.
    Survey Statistics and Methodology 3, 484-503). If all pairs have the same share, the variance is 0, and each pair
    counts as one answer.
    """
    shares = shares_of(votes)
    return wilson(sum(shares) / len(shares), effective_sample(shares), t_quantile(0.975, len(shares) - 1))


def share_of_job(votes: Sequence[tuple[float, float]]) -> Share:
    """Return the mean share of a job: over similar pairs if it has `MIN_SAMPLE` pairs, else over these pairs."""
    return share_of_similar_pairs(votes) if len(votes) >= MIN_SAMPLE else share_of_these_pairs(votes)


def majority_probability(a_votes: float, b_votes: float) -> float:
    """Return the probability that more than half of all people prefer the first item, given these votes.

    It is the posterior under a uniform prior, Beta(a + 1, b + 1), above one half (Gelman et al., Bayesian Data
    Analysis, 3rd ed., 2.1).
    """
    return 1 - beta_cdf(0.5, a_votes + 1, b_votes + 1)
