"""Regions of a picture that labelers agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidata_mcp.aggregate.agreement import krippendorff_alpha
from rapidata_mcp.aggregate.boxes import Box
from rapidata_mcp.aggregate.grid import SIDE, Cell, counts_of


@dataclass(frozen=True)
class Region:
    """A connected area that more than half of the labelers marked."""

    box: Box
    area: float
    """The share of the picture that it covers, 0 to 1."""
    share: float
    """The mean share of labelers who marked it, 0 to 1."""


def find_regions(answers: Sequence[set[Cell]], side: int = SIDE) -> list[Region]:
    """Find the regions that more than half of the labelers marked, the largest first.

    `answers` are the cells of each labeler. A majority for every cell is the consensus with the smallest total
    disagreement (Warfield, Zou and Wells 2004, IEEE Trans. Medical Imaging 23, 903-921, section I, on voting). Cells
    that share an edge or a corner are connected.
    """
    counts = counts_of(answers)
    agreed = {cell for cell, count in counts.items() if 2 * count > len(answers)}
    found = []
    while agreed:
        area = [agreed.pop()]
        for column, row in area:
            neighbors = {(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & agreed
            agreed -= neighbors
            area += neighbors
        found.append(_region(area, counts, len(answers), side))
    return sorted(found, key=lambda region: (-region.area, region.box))


def _region(area: Sequence[Cell], counts: Counter[Cell], answers: int, side: int) -> Region:
    columns, rows = [column for column, _ in area], [row for _, row in area]
    edge = 100 / side
    box = Box(min(columns) * edge, min(rows) * edge, (max(columns) + 1) * edge, (max(rows) + 1) * edge)
    return Region(box, len(area) / side**2, sum(counts[cell] for cell in area) / len(area) / answers)


def region_alpha(answers: Sequence[set[Cell]], side: int = SIDE) -> float | None:
    """Return Krippendorff's alpha over all cells, marked or not: 1 is full agreement, 0 is agreement as by chance.

    None for fewer than two labelers, and if all labelers marked nothing or everything.
    """
    counts = counts_of(answers)
    units = [{"marked": count, "not": len(answers) - count} for count in counts.values()]
    return krippendorff_alpha(units + [{"not": len(answers)}] * (side**2 - len(units)))
