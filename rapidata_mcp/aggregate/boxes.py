"""Boxes as the truth of a picture: their area, and the precision and completeness of points and lines.

Points, lines and boxes have their coordinates in the same unit, from the upper left corner of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A box, by two opposite corners."""

    x_min: float
    y_min: float
    x_max: float
    y_max: float

    def contains(self, point: Point) -> bool:
        """Whether a point lies in the box or on its edge."""
        return self.x_min <= point[0] <= self.x_max and self.y_min <= point[1] <= self.y_max


def covered_area(boxes: Sequence[Box]) -> float:
    """Return the area of the union of boxes. With coordinates as shares of the sides, it is a share of the
    picture (contract C.4).

    The left and right edges cut the picture into columns, in which only the heights of boxes can overlap.
    """
    edges = sorted({edge for box in boxes for edge in (box.x_min, box.x_max)})
    area = 0.0
    for left, right in pairwise(edges):
        heights = [(box.y_min, box.y_max) for box in boxes if box.x_min <= left and right <= box.x_max]
        area += (right - left) * _length(heights)
    return area


def point_precision(points: Sequence[Point], boxes: Sequence[Box]) -> float:
    """Return the share of points that lie in a box; 0 without points."""
    return sum(any(box.contains(point) for box in boxes) for point in points) / len(points) if points else 0.0


def point_completeness(points: Sequence[Point], boxes: Sequence[Box]) -> float:
    """Return the share of boxes that contain a point."""
    return sum(any(box.contains(point) for point in points) for box in boxes) / len(boxes)


def line_precision(lines: Iterable[Sequence[Point]], boxes: Sequence[Box]) -> float:
    """Return the share of the length of lines that lies in boxes; 0 without lines. A single point is a short line."""
    inside = total = 0.0
    for start, end in _segments(lines):
        length = max(math.dist(start, end), 1e-9)
        total += length
        inside += length * _length([span for box in boxes if (span := _span(start, end, box))])
    return inside / total if total else 0.0


def line_completeness(lines: Iterable[Sequence[Point]], boxes: Sequence[Box]) -> float:
    """Return the share of boxes that a line crosses or touches."""
    segments = list(_segments(lines))
    return sum(any(_span(start, end, box) for start, end in segments) for box in boxes) / len(boxes)


def _segments(lines: Iterable[Sequence[Point]]) -> Iterable[tuple[Point, Point]]:
    for points in lines:
        yield from pairwise(points if len(points) > 1 else [*points, *points])


def _span(start: Point, end: Point, box: Box) -> tuple[float, float] | None:
    """Return the part of a segment within a box, as shares of its length (Liang and Barsky 1984, ACM TOG 3, 1-22)."""
    enter, leave = 0.0, 1.0
    for axis in (0, 1):
        origin, change = start[axis], end[axis] - start[axis]
        low, high = box[axis], box[axis + 2]
        if change == 0:
            if not low <= origin <= high:
                return None
            continue
        first, second = sorted(((low - origin) / change, (high - origin) / change))
        enter, leave = max(enter, first), min(leave, second)
    return (enter, leave) if enter <= leave else None


def _length(spans: Sequence[tuple[float, float]]) -> float:
    """Return the length of the union of spans."""
    union: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if union and low <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], high))
        else:
            union.append((low, high))
    return sum(high - low for low, high in union)
