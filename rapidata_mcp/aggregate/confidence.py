"""Confidence stopping: the probability of each option, from votes of labelers with known scores."""

from __future__ import annotations

import math
from collections.abc import Iterable

CAREFUL = 0.9
"""The user score of a careful labeler, for the forecast of the votes that a datapoint still needs."""


class Posterior:
    """The posterior probabilities of the options of a datapoint.

    Assumptions: a labeler with score s is right with probability s + (1 - s) / K for K options, wrong answers are
    equally likely, the prior is uniform, and labelers are independent. Source: contract H.8, whose published sample it
    reproduces.
    """

    def __init__(self, options: int) -> None:
        self._log_weights = [0.0] * options

    def add(self, choice: int, score: float) -> None:
        """Add a vote for an option by a labeler with this user score."""
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
    """Return the posterior probability of each option, from votes `(option, user score)`."""
    posterior = Posterior(options)
    for choice, score in votes:
        posterior.add(choice, score)
    return posterior.shares


class Confidence:
    """A vote counter that stops when the probability of an option exceeds `threshold`, or at `max_votes`."""

    def __init__(self, options: int, threshold: float, max_votes: int) -> None:
        self.count = 0
        self._posterior = Posterior(options)
        self._options = options
        self._threshold = threshold
        self._max_votes = max_votes

    def add(self, choice: int, score: float) -> None:
        """Add a vote for an option by a labeler with this user score."""
        self.count += 1
        self._posterior.add(choice, score)

    @property
    def is_enough(self) -> bool:
        """Whether the datapoint has enough votes."""
        certain = bool(self.count) and max(self._posterior.shares) > self._threshold
        return certain or self.count >= self._max_votes

    def min_more_votes(self) -> int:
        """Return the votes that are enough if careful labelers agree on the most likely option, at least 1.

        Each vote adds the same step to the log-odds of the option.
        """
        top, left = max(self._posterior.shares), max(1, self._max_votes - self.count)
        if top > self._threshold:
            return 1
        right, wrong = _chances(CAREFUL, self._options)
        steps = (_log_odds(self._threshold) - _log_odds(top)) / math.log(right / wrong)
        return min(left, math.floor(steps) + 1)


def _chances(score: float, options: int) -> tuple[float, float]:
    """Return the probabilities that a labeler with this score chooses the right option, and each wrong one."""
    right = min(max(score + (1 - score) / options, 1e-9), 1 - 1e-9)
    return right, (1 - right) / (options - 1)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
