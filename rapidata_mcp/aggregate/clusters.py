"""Places in a picture that several labelers pointed at."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidata_mcp.aggregate.share import Share, wilson

REACH = 5.0
"""Percent of the picture's sides within which two points mean the same place."""
LEAST_SHARE = 0.05
"""Share of the labelers that makes a place, if they are two at least."""

Point = tuple[float, float]
_Cell = tuple[int, int]


@dataclass(frozen=True)
class Cluster:
    """A place: its centre, how far its points lie from it in the mean, and who pointed there. Percent of the sides."""

    x: float
    y: float
    radius: float
    points: int
    labelers: int
    share: Share
    """Of the labelers of this picture who pointed here."""


def clusters(answers: Sequence[Sequence[Point]], reach: float = REACH) -> list[Cluster]:
    """The places that labelers pointed at, the most frequent first; `answers` are the points of each labeler.

    DBSCAN (Ester et al. 1996, KDD-96, 226-231), with labelers instead of points as what makes a place dense, so that
    somebody who taps one place five times counts once. Points are taken together by whole percents, which no finger
    is more exact than, so that it takes no longer for thousands of labelers.
    """
    cells: dict[_Cell, list[tuple[Point, int]]] = defaultdict(list)
    for labeler, points in enumerate(answers):
        for x, y in points:
            cells[round(x), round(y)].append(((x, y), labeler))
    least = min(len(answers), max(2, math.ceil(LEAST_SHARE * len(answers) - 1e-9)))
    near = {cell: [other for other in _around(cell, reach) if other in cells] for cell in cells}
    dense = {cell for cell in cells if len({who for other in near[cell] for _, who in cells[other]}) >= least}
    found = []
    taken: set[_Cell] = set()
    for cell in sorted(dense):
        if cell not in taken:
            place = _reached(cell, near, dense, taken)
            found.append(_cluster([entry for one in place for entry in cells[one]], len(answers)))
    return sorted(found, key=lambda cluster: (-cluster.labelers, -cluster.points, cluster.y, cluster.x))


def _around(cell: _Cell, reach: float) -> Iterable[_Cell]:
    span = int(reach)
    for dx in range(-span, span + 1):
        for dy in range(-span, span + 1):
            if dx * dx + dy * dy <= reach * reach:
                yield cell[0] + dx, cell[1] + dy


def _reached(start: _Cell, near: dict[_Cell, list[_Cell]], dense: set[_Cell], taken: set[_Cell]) -> list[_Cell]:
    """All cells that lead on from here, from one dense cell to the next; what is at their edge belongs to them."""
    taken.add(start)
    place = [start]
    for cell in place:
        if cell in dense:
            fresh = [other for other in near[cell] if other not in taken]
            taken.update(fresh)
            place += fresh
    return place


def _cluster(entries: Sequence[tuple[Point, int]], answers: int) -> Cluster:
    points = [point for point, _ in entries]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    radius = math.sqrt(sum((px - x) ** 2 + (py - y) ** 2 for px, py in points) / len(points))
    labelers = len({labeler for _, labeler in entries})
    share = wilson(labelers / answers, answers)
    return Cluster(x, y, radius, len(points), labelers, share)
