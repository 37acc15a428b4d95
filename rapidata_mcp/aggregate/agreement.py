"""Agreement between labelers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, repeat


def krippendorff_alpha(units: Sequence[Mapping[str, int]], times: Sequence[int] | None = None) -> float | None:
    """Return Krippendorff's alpha for nominal answers: 1 is full agreement, 0 is agreement as by chance.

    A unit maps each answer to its count. It may have any number of answers. `times` repeats each unit, by default once.
    None if no disagreement is possible: no unit has two answers, or all answers in all units are the same. Source:
    Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C.
    """
    disagreement, totals = 0.0, defaultdict[str, int](int)
    for unit, repeats in zip(units, times or repeat(1), strict=times is not None):
        answers = sum(unit.values())
        if answers < 2:
            continue
        disagreement += repeats * (answers * answers - sum(count * count for count in unit.values())) / (answers - 1)
        for answer, count in unit.items():
            totals[answer] += repeats * count
    total = sum(totals.values())
    by_chance = total * total - sum(count * count for count in totals.values())
    return 1 - (total - 1) * disagreement / by_chance if by_chance else None


def ordinal_alpha(units: Sequence[Mapping[str, int]], scale: Sequence[str]) -> float | None:
    """Return Krippendorff's alpha for answers on an ordered `scale`, where distant answers disagree more.

    The difference of two steps is the number of answers between them, with half of the answers on each of the two.
    None as for nominal answers. Source: Krippendorff 2011, part D.
    """
    shared = [unit for unit in units if sum(unit.values()) > 1]
    totals = [sum(unit.get(step, 0) for unit in shared) for step in scale]
    steps = [
        (low, high, (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2)
        for low, high in combinations(range(len(scale)), 2)
    ]
    disagreement = 0.0
    for unit in shared:
        counts = [unit.get(step, 0) for step in scale]
        apart = sum(counts[low] * counts[high] * difference for low, high, difference in steps)
        disagreement += apart / (sum(counts) - 1)
    by_chance = sum(totals[low] * totals[high] * difference for low, high, difference in steps)
    return 1 - (sum(totals) - 1) * disagreement / by_chance if by_chance else None
