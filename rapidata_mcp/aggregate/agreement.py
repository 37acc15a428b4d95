"""Agreement between labelers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, repeat


def krippendorff_alpha(units: Sequence[Mapping[str, int]], times: Sequence[int] | None = None) -> float | None:
    """Krippendorff's alpha for nominal answers, any number of them per unit: 1 full agreement, 0 as by chance.

    A unit maps each answer to how many gave it; `times` tells how often each unit occurs, once each if it is left out.
    None where nothing could disagree: nobody shares a unit, or all
    answers in all units are the same. Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C.
    """
    disagreement, totals = 0.0, defaultdict[str, int](int)
    for unit, often in zip(units, times or repeat(1), strict=times is not None):
        answers = sum(unit.values())
        if answers < 2:
            continue
        disagreement += often * (answers * answers - sum(count * count for count in unit.values())) / (answers - 1)
        for answer, count in unit.items():
            totals[answer] += often * count
    everything = sum(totals.values())
    by_chance = everything * everything - sum(count * count for count in totals.values())
    return 1 - (everything - 1) * disagreement / by_chance if by_chance else None


def ordinal_alpha(units: Sequence[Mapping[str, int]], scale: Sequence[str]) -> float | None:
    """Krippendorff's alpha for answers on an ordered `scale`: answers far apart disagree more than neighbours.

    The difference of two steps is the number of answers from one to the other, with half of those on each of the two.
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
