"""Clusters of points of several labelers in a picture."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidata_mcp.aggregate.share import Share, wilson

RADIUS = 5.0
"""Distance within which two points mean the same place, in percent of the picture's sides."""
MIN_SHARE = 0.05
"""Share of the labelers that a cluster needs. It needs at least two labelers."""

Point = tuple[float, float]
_Cell = tuple[int, int]


@dataclass(frozen=True)
class Cluster:
    """A cluster: its center, the root mean square distance of its points from it, and its labelers.

    Coordinates and distances are in percent of the picture's sides.
    """

    x: float
    y: float
    radius: float
    points: int
    labelers: int
    share: Share
    """The share of the labelers of the picture."""


def find_clusters(answers: Sequence[Sequence[Point]], radius: float = RADIUS) -> list[Cluster]:
    """Find the clusters of points, the most frequent first. `answers` are the points of each labeler.

    DBSCAN (Ester et al. 1996, KDD-96, 226-231), with a density in labelers instead of points: a labeler who taps one
    place five times counts once. Points are rounded to whole percents, so that thousands of labelers take no longer. A
    finger is not more exact.
    """
    cells: dict[_Cell, list[tuple[Point, int]]] = defaultdict(list)
    for labeler, points in enumerate(answers):
        for x, y in points:
            cells[round(x), round(y)].append(((x, y), labeler))
    minimum = min(len(answers), max(2, math.ceil(MIN_SHARE * len(answers) - 1e-9)))
    near = {cell: [other for other in _around(cell, radius) if other in cells] for cell in cells}
    dense = {cell for cell in cells if len({labeler for other in near[cell] for _, labeler in cells[other]}) >= minimum}
    clusters = []
    visited: set[_Cell] = set()
    for cell in sorted(dense):
        if cell not in visited:
            members = _reachable(cell, near, dense, visited)
            clusters.append(_cluster([entry for member in members for entry in cells[member]], len(answers)))
    return sorted(clusters, key=lambda cluster: (-cluster.labelers, -cluster.points, cluster.y, cluster.x))


def _around(cell: _Cell, radius: float) -> Iterable[_Cell]:
    span = int(radius)
    for dx in range(-span, span + 1):
        for dy in range(-span, span + 1):
            if dx * dx + dy * dy <= radius * radius:
                yield cell[0] + dx, cell[1] + dy


def _reachable(start: _Cell, near: dict[_Cell, list[_Cell]], dense: set[_Cell], visited: set[_Cell]) -> list[_Cell]:
    """Return the cells that a chain of dense cells connects to the start, including the cells at its edge."""
    visited.add(start)
    members = [start]
    for cell in members:
        if cell in dense:
            new = [other for other in near[cell] if other not in visited]
            visited.update(new)
            members += new
    return members


def _cluster(entries: Sequence[tuple[Point, int]], answers: int) -> Cluster:
    points = [point for point, _ in entries]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    radius = math.sqrt(sum((px - x) ** 2 + (py - y) ** 2 for px, py in points) / len(points))
    labelers = len({labeler for _, labeler in entries})
    share = wilson(labelers / answers, answers)
    return Cluster(x, y, radius, len(points), labelers, share)
