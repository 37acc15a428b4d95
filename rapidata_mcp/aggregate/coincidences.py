"""Pairs of answers of different labelers to the same question, the basis of agreement and confusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Coincidences = dict[tuple[str, str], float]


def coincidences(units: Iterable[Mapping[str, int]]) -> Coincidences:
    """Count how often two labelers of a unit gave these two answers, in both orders.

    A unit maps each answer to its count. Each answer has the weight 1, however many pairs it is part of. Units with one
    answer do not count. Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C.
    """
    pairs: Coincidences = defaultdict(float)
    for unit in units:
        answers = sum(unit.values())
        if answers < 2:
            continue
        counts = [(answer, count) for answer, count in unit.items() if count]
        for first, count in counts:
            for second, other in counts:
                pairs[first, second] += count * (other - (first == second)) / (answers - 1)
    return dict(pairs)
