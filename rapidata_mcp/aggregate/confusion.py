"""Which options labelers of the same question are split over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidata_mcp.aggregate.coincidences import coincidences


class Confusion(NamedTuple):
    """Two options that labelers of the same question are split over; all shares lie between 0 and 1."""

    first: str
    second: str
    share: float
    """The share of pairs of answers to one question that have one of each."""
    second_given_first: float
    """How likely another labeler says the second where one says the first."""
    first_given_second: float


def confusions(units: Iterable[Mapping[str, int]]) -> list[Confusion]:
    """Every two options that anybody was split over, the most frequent first.

    A unit maps each answer to how many gave it. The shares are those of the coincidences of answers within units
    (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C).
    """
    found = coincidences(units)
    answers: dict[str, float] = defaultdict(float)
    for (first, _), count in found.items():
        answers[first] += count
    whole = sum(answers.values())
    pairs = [
        Confusion(first, second, 2 * split / whole, split / answers[first], split / answers[second])
        for (first, second), split in found.items()
        if first < second and split
    ]
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))
