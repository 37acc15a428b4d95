"""Confidence stopping: how sure the votes of labelers with known scores make us of each option."""

from __future__ import annotations

import math
from collections.abc import Iterable


def confidence(votes: Iterable[tuple[int, float]], options: int) -> list[float]:
    """The posterior probability of each of `options` options, from votes `(option, user score)`.

    A labeler with score s is taken to be right with probability s + (1 - s) / K, wrong answers to spread evenly, the
    prior to be uniform and labelers to be independent. Source: contract H.8, where it reproduces the published sample.
    """
    log_weights = [0.0] * options
    for choice, score in votes:
        right = min(max(score + (1 - score) / options, 1e-9), 1 - 1e-9)
        wrong = (1 - right) / (options - 1)
        for option in range(options):
            log_weights[option] += math.log(right if option == choice else wrong)
    top = max(log_weights)
    weights = [math.exp(weight - top) for weight in log_weights]
    return [weight / sum(weights) for weight in weights]
