"""Which items meet, and what becomes of their ratings."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from rapidata_mcp.aggregate.elo import elo_ratings
from rapidata_mcp.aggregate.pairing import close_pairs, every_pair, random_pairs


@pytest.mark.parametrize(("items", "pairs"), [(2, 5), (7, 21), (11, 25), (30, 100)])
def test_random_pairs_are_fair(items: int, pairs: int) -> None:
    """As many as asked for, items about equally often, pairs again only when all have been."""
    found = random_pairs(Random(1), items, pairs)
    played = Counter(item for pair in found for item in pair)
    assert len(found) == pairs
    assert all(first < second for first, second in found)
    assert max(played.values()) - min(played.values()) <= 2
    assert max(Counter(found).values()) == -(-pairs // len(every_pair(items)))


def test_close_pairs_are_neighbours_first() -> None:
    """In the order of strength; those who met already meet others, as long as there are any."""
    strengths = [3.0, -1.0, 2.5, -1.2, 0.4, 0.5]
    first = close_pairs(Random(1), strengths, 3)
    assert sorted(first) == [(0, 2), (1, 3), (4, 5)]
    second = close_pairs(Random(1), strengths, 3, Counter(first))
    assert not set(first) & set(second)
    assert sorted(close_pairs(Random(1), strengths, 15)) == every_pair(6)
    assert len(close_pairs(Random(1), [1.0, 2.0], 4)) == 4
    assert close_pairs(Random(1), strengths, 0) == random_pairs(Random(1), 4, 0) == []


def test_elo_is_that_of_the_textbook() -> None:
    """Equals exchange half the factor; a favourite wins little (FIDE's table: 0.76 expected at 200 points)."""
    assert elo_ratings([(0, 1)], 2, 1200, 32) == [1216, 1184]
    won = elo_ratings([(0, 1)], 2, 1200, 32)[0] - 1200
    again = elo_ratings([(0, 1)] * 30 + [(0, 1)], 2, 1200, 32)
    assert again[0] - elo_ratings([(0, 1)] * 30, 2, 1200, 32)[0] < won / 4
    assert sum(elo_ratings([(0, 1), (1, 2), (2, 0)], 3)) == pytest.approx(3600)
