"""Boxes as the truth of a picture: what they cover, and how well points and lines meet them.

Points, lines and boxes have their coordinates in the same unit, counted from the upper left of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A box by its corners."""

    x_min: float
    y_min: float
    x_max: float
    y_max: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.x_min <= point[0] <= self.x_max and self.y_min <= point[1] <= self.y_max


def covered(boxes: Sequence[Box]) -> float:
    """The area that boxes cover, what several of them cover counted once; in shares of the sides it is that of the
    picture (contract C.4).

    The picture is cut into columns at all left and right edges, within which only heights have to be joined.
    """
    edges = sorted({edge for box in boxes for edge in (box.x_min, box.x_max)})
    area = 0.0
    for left, right in pairwise(edges):
        heights = [(box.y_min, box.y_max) for box in boxes if box.x_min <= left and right <= box.x_max]
        area += (right - left) * _length(heights)
    return area


def point_precision(points: Sequence[Point], boxes: Sequence[Box]) -> float:
    """The share of points that lie in a box; 0 without points."""
    return sum(any(box.holds(point) for box in boxes) for point in points) / len(points) if points else 0.0


def point_completeness(points: Sequence[Point], boxes: Sequence[Box]) -> float:
    """The share of boxes in which a point lies."""
    return sum(any(box.holds(point) for point in points) for box in boxes) / len(boxes)


def line_precision(lines: Iterable[Sequence[Point]], boxes: Sequence[Box]) -> float:
    """The share of the length of lines that lies in boxes; 0 without lines. A single point counts as a short line."""
    inside = whole = 0.0
    for start, end in _segments(lines):
        length = max(math.dist(start, end), 1e-9)
        whole += length
        inside += length * _length([span for box in boxes if (span := _span(start, end, box))])
    return inside / whole if whole else 0.0


def line_completeness(lines: Iterable[Sequence[Point]], boxes: Sequence[Box]) -> float:
    """The share of boxes that a line passes through or touches."""
    segments = list(_segments(lines))
    return sum(any(_span(start, end, box) for start, end in segments) for box in boxes) / len(boxes)


def _segments(lines: Iterable[Sequence[Point]]) -> Iterable[tuple[Point, Point]]:
    for points in lines:
        yield from pairwise(points if len(points) > 1 else [*points, *points])


def _span(start: Point, end: Point, box: Box) -> tuple[float, float] | None:
    """From where to where a segment runs within a box, as shares of it (Liang and Barsky 1984, ACM TOG 3, 1-22)."""
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
    """The length of spans that may overlap."""
    joined: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return sum(high - low for low, high in joined)
