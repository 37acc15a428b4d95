"""The choice of pairs to show: every pair, random pairs, or pairs of items of similar strength."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

Pair = tuple[int, int]
"""The positions of two items, the lower one first."""


def every_pair(items: int) -> list[Pair]:
    """Return every pair of two items."""
    return list(combinations(range(items), 2))


def random_pairs(random: Random, items: int, pairs: int, earlier: Mapping[Pair, int] | None = None) -> list[Pair]:
    """Choose random pairs. Items occur about equally often, and no pair occurs again before all pairs have.

    The pairs are rounds in which every item meets another, as at the beginning of a tournament. `earlier` counts the
    pairs of earlier rounds.
    """
    meetings, chosen = _Meetings(items, earlier or {}), list[Pair]()
    while len(chosen) < pairs:
        order = sorted(range(items), key=lambda item: (meetings.played[item], random.random()))
        chosen += meetings.round(order, pairs - len(chosen))
    return chosen


def close_pairs(
    random: Random, strengths: Sequence[float], pairs: int, earlier: Mapping[Pair, int] | None = None
) -> list[Pair]:
    """Choose pairs of items of similar strength, which say most about their order.

    A comparison between equals has the largest information of the Bradley-Terry model, p (1 - p) (Glickman 2005,
    J. Applied Statistics 32, 667-678). So neighbors in the order of strength meet, as in the Swiss system, and items
    meet again only after the nearer ones have.
    """
    meetings, chosen = _Meetings(len(strengths), earlier or {}), list[Pair]()
    while len(chosen) < pairs:
        order = sorted(range(len(strengths)), key=lambda item: (-strengths[item], random.random()))
        if len(order) % 2:
            order.append(order.pop(random.randrange(len(order))))  # another item rests in each round
        chosen += meetings.round(order, pairs - len(chosen))
    return chosen


class _Meetings:
    """The counts of all pairs, updated with each pair. A search of all pairs for each new one would take minutes.

    `played` counts the comparisons of each item.
    """

    def __init__(self, items: int, earlier: Mapping[Pair, int]) -> None:
        self.played = [0] * items
        self._met = Counter(earlier)
        for pair, times in self._met.items():
            for item in pair:
                self.played[item] += times
        self._least: list[set[int]] = []
        """For each item, the items with which it has met as rarely as any two items have."""
        self._left = 0
        """The number of such pairs."""

    def round(self, order: Sequence[int], limit: int) -> list[Pair]:
        """Pair each item with the next one in this order that it has met least; at most `limit` pairs.

        An item without such a partner rests, so that no pair meets again before all others have. At least two items
        meet.
        """
        if not self._left:
            self._begin_cycle()
        places = {item: place for place, item in enumerate(order)}
        waiting, chosen = set(order), list[Pair]()
        for place, item in enumerate(order):
            if len(chosen) >= limit:
                break
            if item in waiting:
                waiting.remove(item)
                partner = self._next(order, place, self._least[item], waiting, places)
                if partner is not None:
                    waiting.remove(partner)
                    chosen.append(self._meet(item, partner))
        return chosen

    def _next(
        self, order: Sequence[int], place: int, partners: set[int], waiting: set[int], places: Mapping[int, int]
    ) -> int | None:
        """Return the first waiting partner after a place in the order. A scan is faster if there are many partners."""
        if len(partners) ** 2 < len(order):
            return min(partners & waiting, key=places.__getitem__, default=None)
        rest = (order[at] for at in range(place + 1, len(order)))
        return next((item for item in rest if item in partners and item in waiting), None)

    def _meet(self, first: int, second: int) -> Pair:
        pair = (first, second) if first < second else (second, first)
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
        for first, second in pairs:
            if self._met[first, second] == fewest:
                self._least[first].add(second)
                self._least[second].add(first)
                self._left += 1
