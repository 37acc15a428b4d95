"""The choice of pairs to show: every pair, random pairs, or pairs of items of similar strength."""

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


def random_pairs(random: Random, items: int, pairs: int, earlier: Mapping[Pair, int] | None = None) -> list[Pair]:
    """Choose random pairs. Items occur about equally often, and no pair occurs again before all pairs have.

    The pairs are rounds in which every item meets another, as at the beginning of a tournament. `earlier` counts the
    pairs of earlier rounds.
    """
    meetings, found = _Meetings(items, earlier or {}), list[Pair]()
    while len(found) < pairs:
        order = sorted(range(items), key=lambda item: (meetings.played[item], random.random()))
        found += meetings.round(order, pairs - len(found))
    return found


def close_pairs(
    random: Random, strengths: Sequence[float], pairs: int, earlier: Mapping[Pair, int] | None = None
) -> list[Pair]:
    """Choose pairs of items of similar strength, which say most about their order.

    A comparison between equals has the largest information of the Bradley-Terry model, p (1 - p) (Glickman 2005,
    J. Applied Statistics 32, 667-678): neighbours in the order of strength meet, as in the Swiss system, and others
    again only when those nearer have.
    """
    meetings, found = _Meetings(len(strengths), earlier or {}), list[Pair]()
    while len(found) < pairs:
        order = sorted(range(len(strengths)), key=lambda item: (-strengths[item], random.random()))
        if len(order) % 2:
            order.append(order.pop(random.randrange(len(order))))  # another one sits out each time
        found += meetings.round(order, pairs - len(found))
    return found


class _Meetings:
    """Who has met whom, kept up to date pair by pair: looking through all pairs for each would take minutes.

    `played` counts the comparisons of each item.
    """

    def __init__(self, items: int, earlier: Mapping[Pair, int]) -> None:
        self.played = [0] * items
        self._met = Counter(earlier)
        for pair, times in self._met.items():
            for item in pair:
                self.played[item] += times
        self._least: list[set[int]] = []
        """By item those with whom it has met as rarely as any two have."""
        self._left = 0
        """How many such pairs there are."""

    def round(self, order: Sequence[int], most: int) -> list[Pair]:
        """Everybody with the next one in this order whom they met least, at most so many pairs.

        Those sit out who would meet again while others have not met as often: so at least two meet.
        """
        if not self._left:
            self._begin_cycle()
        places = {item: place for place, item in enumerate(order)}
        waiting, found = set(order), list[Pair]()
        for place, one in enumerate(order):
            if len(found) >= most:
                break
            if one in waiting:
                waiting.remove(one)
                other = self._next(order, place, self._least[one], waiting, places)
                if other is not None:
                    waiting.remove(other)
                    found.append(self._meet(one, other))
        return found

    def _next(
        self, order: Sequence[int], place: int, wanted: set[int], waiting: set[int], places: Mapping[int, int]
    ) -> int | None:
        """The first one behind a place in the order that is wanted and waits; many wanted are found by going on."""
        if len(wanted) ** 2 < len(order):
            return min(wanted & waiting, key=places.__getitem__, default=None)
        behind = (order[at] for at in range(place + 1, len(order)))
        return next((item for item in behind if item in wanted and item in waiting), None)

    def _meet(self, one: int, other: int) -> Pair:
        pair = (one, other) if one < other else (other, one)
        self._met[pair] += 1
        self._left -= 1
        for item, opponent in (pair, pair[::-1]):
            self.played[item] += 1
            self._least[item].remove(opponent)
        return pair

    def _begin_cycle(self) -> None:
        pairs = every_pair(len(self.played))
        fewest = min(self._met[pair] for pair in pairs)
        self._least = [set() for _ in self.played]
        for one, other in pairs:
            if self._met[one, other] == fewest:
                self._least[one].add(other)
                self._least[other].add(one)
                self._left += 1
