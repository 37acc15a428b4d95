"""Confidence stopping: how sure the votes of labelers with known scores make us of each option."""

from __future__ import annotations

import math
from collections.abc import Iterable

CAREFUL = 0.9
"""The user score of a careful labeler, by which it is foreseen how soon a datapoint could be certain enough."""


class Posterior:
    """What the votes on one datapoint tell of each of its options.

    A labeler with score s is taken to be right with probability s + (1 - s) / K, wrong answers to spread evenly, the
    prior to be uniform and labelers to be independent. Source: contract H.8, where it reproduces the published sample.
    """

    def __init__(self, options: int) -> None:
        self._log_weights = [0.0] * options

    def add(self, choice: int, score: float) -> None:
        """Take in a vote for an option by a labeler with this user score."""
        right, wrong = _chances(score, len(self._log_weights))
        logs = math.log(right), math.log(wrong)
        for option in range(len(self._log_weights)):
            self._log_weights[option] += logs[option != choice]

    @property
    def shares(self) -> list[float]:
        """The probability of each option."""
        top = max(self._log_weights)
        weights = [math.exp(weight - top) for weight in self._log_weights]
        return [weight / sum(weights) for weight in weights]


def confidence(votes: Iterable[tuple[int, float]], options: int) -> list[float]:
    """The posterior probability of each of `options` options, from votes `(option, user score)`."""
    posterior = Posterior(options)
    for choice, score in votes:
        posterior.add(choice, score)
    return posterior.shares


class Confidence:
    """The votes on one datapoint that are enough when an option is likelier than `threshold`, or `most` in all."""

    def __init__(self, options: int, threshold: float, most: int) -> None:
        self.votes = 0
        self._posterior = Posterior(options)
        self._options = options
        self._threshold = threshold
        self._most = most

    def add(self, choice: int, score: float) -> None:
        """Count a vote for an option by a labeler with this user score."""
        self.votes += 1
        self._posterior.add(choice, score)

    @property
    def is_enough(self) -> bool:
        """Whether collecting ends."""
        certain = bool(self.votes) and max(self._posterior.shares) > self._threshold
        return certain or self.votes >= self._most

    def fewest_more(self) -> int:
        """How many more could be enough at the earliest, if careful labelers agree on the likeliest option.

        Each of them adds the same to the log-odds of that option, so the number is that of steps to the threshold.
        """
        top, left = max(self._posterior.shares), max(1, self._most - self.votes)
        if top > self._threshold:
            return 1
        right, wrong = _chances(CAREFUL, self._options)
        steps = (_log_odds(self._threshold) - _log_odds(top)) / math.log(right / wrong)
        return min(left, math.floor(steps) + 1)


def _chances(score: float, options: int) -> tuple[float, float]:
    """With which probability a labeler with this score votes for the right option, and for each wrong one."""
    right = min(max(score + (1 - score) / options, 1e-9), 1 - 1e-9)
    return right, (1 - right) / (options - 1)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
