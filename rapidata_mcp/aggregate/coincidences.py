"""Answers of different labelers to the same question, two by two: what agreement and confusion are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Coincidences = dict[tuple[str, str], float]


def coincidences(units: Iterable[Mapping[str, int]]) -> Coincidences:
    """How often two labelers of one unit gave these two answers, in both orders.

    A unit maps each answer to how many gave it. Every answer weighs one, so that a unit with many answers does not
    count by all its pairs; units with a single answer say nothing. Source: Krippendorff 2011, Computing
    Krippendorff's Alpha-Reliability, part C.
    """
    found: Coincidences = defaultdict(float)
    for unit in units:
        answers = sum(unit.values())
        if answers < 2:
            continue
        given = [(answer, count) for answer, count in unit.items() if count]
        for first, count in given:
            for second, other in given:
                found[first, second] += count * (other - (first == second)) / (answers - 1)
    return dict(found)
