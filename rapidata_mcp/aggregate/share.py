"""How often the first of two options is preferred: in one pair, in these pairs, in pairs like these."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidata_mcp.aggregate.distributions import beta_cdf, normal_quantile, t_quantile

MIN_SAMPLE = 30
"""Pairs from which on they are taken as a sample of pairs like them."""
Z_95 = normal_quantile(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def side(self) -> Literal["a", "b"] | None:
        """Which option is preferred; None where the interval includes one half."""
        return "a" if self.low > 0.5 else "b" if self.high < 0.5 else None

    @property
    def mirrored(self) -> Share:
        """The same for the other option."""
        return Share(1 - self.value, 1 - self.high, 1 - self.low)


def wilson(share: float, size: float, quantile: float = Z_95) -> Share:
    """The score interval of a share among `size` independent answers (Wilson 1927, JASA 22, 209-212)."""
    square = quantile * quantile / size
    centre = (share + square / 2) / (1 + square)
    half = quantile / (1 + square) * math.sqrt(max(0.0, share * (1 - share)) / size + square / size / 4)
    return Share(share, max(0.0, centre - half), min(1.0, centre + half))


@lru_cache(maxsize=4_096)  # a job of any size has few different counts
def of_pair(a_votes: float, b_votes: float) -> Share | None:
    """The share of one pair's first item; None without votes."""
    votes = a_votes + b_votes
    return wilson(a_votes / votes, votes) if votes else None


def shares_of(votes: Sequence[tuple[float, float]]) -> list[float]:
    """Each pair's share of the first item."""
    return [a / (a + b) for a, b in votes]


def effective_size(votes: Sequence[tuple[float, float]]) -> float:
    """As how many answers to one question the answers to exactly these pairs count: pairs² / Σ 1/answers."""
    return len(votes) ** 2 / sum(1 / (a + b) for a, b in votes)


def effective_sample(shares: Sequence[float]) -> float:
    """As how many independent answers pairs with these shares count, as a sample of pairs like them; at least two."""
    pairs, mean = len(shares), sum(shares) / len(shares)
    variance = sum((share - mean) ** 2 for share in shares) / (pairs - 1) / pairs
    return mean * (1 - mean) / variance if variance > 1e-12 else float(pairs)


def of_these_pairs(votes: Sequence[tuple[float, float]]) -> Share:
    """The mean share over exactly these pairs, each pair counting once; `votes` are (first, second), never (0, 0).

    Only the people are a sample here. Answers to different pairs are strata, whose variance is at most that of as many
    answers to one question with the mean share (Cochran, Sampling Techniques, 3rd ed., 5.6); so Wilson's interval with
    the effective number of answers, pairs² / Σ 1/answers, errs on the wide side.
    """
    return wilson(sum(shares_of(votes)) / len(votes), effective_size(votes))


def of_pairs_like_these(votes: Sequence[tuple[float, float]]) -> Share:
    """The mean share over the population that the pairs were drawn from, each pair counting once.

    Answers to one pair belong together: the pairs are clusters, and the variance is that between their shares
    (Cochran, 9A.2). Wilson's interval with the effective sample size which that variance amounts to, and Student's t
    with pairs - 1 degrees of freedom, stays within 0 and 1 and keeps its coverage near them (Korn and Graubard 1998,
    Survey Methodology 24, 193-201; Dean and Pagano 2015, J. Survey Statistics and Methodology 3, 484-503). Where all
    pairs have the same share their variance says nothing, and each pair counts as one answer.
    """
    shares = shares_of(votes)
    return wilson(sum(shares) / len(shares), effective_sample(shares), t_quantile(0.975, len(shares) - 1))


def of_job(votes: Sequence[tuple[float, float]]) -> Share:
    """The mean share over a job's pairs: for pairs like these from `MIN_SAMPLE` pairs on, else for these pairs."""
    return of_pairs_like_these(votes) if len(votes) >= MIN_SAMPLE else of_these_pairs(votes)


def majority_probability(a_votes: float, b_votes: float) -> float:
    """The probability that more than half of all people prefer the first item, given these votes.

    The posterior under a uniform prior, Beta(a + 1, b + 1), above one half (Gelman et al., Bayesian Data Analysis, 3rd
    ed., 2.1).
    """
    return 1 - beta_cdf(0.5, a_votes + 1, b_votes + 1)
