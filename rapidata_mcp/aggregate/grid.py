"""A picture as a grid of cells: the cells that points and lines touch, and heat maps of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

SIDE = 50
"""Cells along each side of the picture. Each is 2 % wide and high."""
Cell = tuple[int, int]
"""Column and row, from the upper left corner."""
Point = tuple[float, float]
Line = tuple[Sequence[Point], float]
"""The points of a stroke and its width, in percent of the picture's sides."""


def cells_of_points(points: Iterable[Point], side: int = SIDE) -> set[Cell]:
    """Return the cells that contain a point."""
    return {(_cell(x, side), _cell(y, side)) for x, y in points}


def cells_of_lines(lines: Iterable[Line], side: int = SIDE) -> set[Cell]:
    """Return the cells whose center lies within the width of a stroke, and the cells that contain one of its points."""
    touched: set[Cell] = set()
    for points, width in lines:
        touched |= cells_of_points(points, side)
        for start, end in pairwise(points):
            touched |= _along(start, end, max(width, 100 / side) / 2, side)
    return touched


def _cell(percent: float, side: int) -> int:
    return min(side - 1, max(0, int(percent * side / 100)))


def _along(start: Point, end: Point, reach: float, side: int) -> set[Cell]:
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    columns = range(_cell(min(x1, x2) - reach, side), _cell(max(x1, x2) + reach, side) + 1)
    rows = range(_cell(min(y1, y2) - reach, side), _cell(max(y1, y2) + reach, side) + 1)
    touched = set()
    for column in columns:
        x = (column + 0.5) * 100 / side
        for row in rows:
            y = (row + 0.5) * 100 / side
            along = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / square)) if square else 0.0
            if math.hypot(x - x1 - along * dx, y - y1 - along * dy) <= reach:
                touched.add((column, row))
    return touched


def counts_of(answers: Iterable[set[Cell]]) -> Counter[Cell]:
    """Count the labelers who touched each cell. `answers` are the cells of each labeler."""
    return Counter(cell for cells in answers for cell in cells)


def heat_map(counts: Counter[Cell], side: int = SIDE, blur: float = 1.0) -> list[list[float]]:
    """Return the density of answers in rows from the top: the counts, blurred by a normal kernel.

    `blur` is the standard deviation in cells. The kernel ends at four standard deviations, and there is nothing beyond
    the edges of the picture (Silverman, Density Estimation, 4.2).
    """
    reach = int(4 * blur + 0.5)
    weights = [math.exp(-(offset**2) / (2 * blur * blur)) for offset in range(-reach, reach + 1)]
    kernel = [weight / sum(weights) for weight in weights]
    rows = [[float(counts.get((column, row), 0)) for column in range(side)] for row in range(side)]
    across = [_blurred(row, kernel, reach) for row in rows]
    down = [_blurred(list(column), kernel, reach) for column in zip(*across, strict=True)]
    return [list(row) for row in zip(*down, strict=True)]


def _blurred(values: list[float], kernel: Sequence[float], reach: int) -> list[float]:
    padded = [0.0] * reach + values + [0.0] * reach
    return [
        sum(weight * value for weight, value in zip(kernel, padded[at : at + len(kernel)], strict=True))
        for at in range(len(values))
    ]
