"""Agreement between labelers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence


def krippendorff_alpha(units: Sequence[Mapping[str, int]]) -> float | None:
    """Krippendorff's alpha for nominal answers, any number of them per unit: 1 full agreement, 0 as by chance.

    A unit maps each answer to how many gave it. None where nothing could disagree: nobody shares a unit, or all
    answers in all units are the same. Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C.
    """
    disagreement, totals = 0.0, defaultdict[str, int](int)
    for unit in units:
        answers = sum(unit.values())
        if answers < 2:
            continue
        disagreement += (answers * answers - sum(count * count for count in unit.values())) / (answers - 1)
        for answer, count in unit.items():
            totals[answer] += count
    everything = sum(totals.values())
    by_chance = everything * everything - sum(count * count for count in totals.values())
    return 1 - (everything - 1) * disagreement / by_chance if by_chance else None
