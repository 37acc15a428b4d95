"""Pairs of options that labelers of the same question disagree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidata_mcp.aggregate.coincidences import coincidences


class Confusion(NamedTuple):
    """Two options that labelers of the same question disagree on. All shares are between 0 and 1."""

    first: str
    second: str
    share: float
    """The share of pairs of answers to a question that have one of each."""
    second_given_first: float
    """The probability that another labeler chooses the second, given that a labeler chose the first."""
    first_given_second: float


def confusions(units: Iterable[Mapping[str, int]]) -> list[Confusion]:
    """Return all pairs of options with a disagreement, the most frequent first.

    A unit maps each answer to its count. The shares are those of the coincidences of answers within units
    (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C).
    """
    counts = coincidences(units)
    answers: dict[str, float] = defaultdict(float)
    for (first, _), count in counts.items():
        answers[first] += count
    total = sum(answers.values())
    pairs = [
        Confusion(first, second, 2 * split / total, split / answers[first], split / answers[second])
        for (first, second), split in counts.items()
        if first < second and split
    ]
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))
