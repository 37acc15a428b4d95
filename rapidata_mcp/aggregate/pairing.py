"""Which items to compare: all of them, pairs at random, or those that are hard to tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

Pair = tuple[int, int]
"""The positions of two items, the lower one first."""


def every_pair(items: int) -> list[Pair]:
    """Each item with each other once."""
    return list(combinations(range(items), 2))


def random_pairs(random: Random, items: int, pairs: int, compared: Mapping[Pair, int] | None = None) -> list[Pair]:
    """So many pairs at random, in which items occur about equally often, and pairs again only when all have been.

    Rounds in which everybody meets somebody, as at the beginning of a tournament; `compared` has been already.
    """
    met = Counter(compared or {})
    found: list[Pair] = []
    while len(found) < pairs:
        played = Counter(item for pair in met.elements() for item in pair)
        order = sorted(range(items), key=lambda item: (played[item], random.random()))
        found += _round(order, met, pairs - len(found))
    return found


def close_pairs(
    random: Random, strengths: Sequence[float], pairs: int, compared: Mapping[Pair, int] | None = None
) -> list[Pair]:
    """So many pairs of items of similar strength, which tell most about their order.

    A comparison between equals has the largest information of the Bradley-Terry model, p (1 - p) (Glickman 2005,
    J. Applied Statistics 32, 667-678): neighbours in the order of strength meet, as in the Swiss system, and others
    again only when those nearer have.
    """
    met = Counter(compared or {})
    found: list[Pair] = []
    while len(found) < pairs:
        order = sorted(range(len(strengths)), key=lambda item: (-strengths[item], random.random()))
        if len(order) % 2:
            order.append(order.pop(random.randrange(len(order))))  # another one sits out each time
        found += _round(order, met, pairs - len(found))
    return found


def _round(order: list[int], met: Counter[Pair], most: int) -> list[Pair]:
    """Everybody with the next one in this order whom they met least; `met` is kept up to date.

    Those sit out who would meet again while others have not met as often: so at least two meet.
    """
    waiting = list(order)
    fewest = min(met[pair] for pair in every_pair(len(order)))
    found: list[Pair] = []
    while len(waiting) > 1 and len(found) < most:
        one = waiting.pop(0)
        other = min(waiting, key=lambda item: met[_pair(one, item)])
        if met[_pair(one, other)] == fewest:
            waiting.remove(other)
            met[_pair(one, other)] += 1
            found.append(_pair(one, other))
    return found


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
