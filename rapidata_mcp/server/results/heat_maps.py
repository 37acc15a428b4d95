"""Heat maps: the density of answers in a picture, drawn for people."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from rapidata_mcp.tasks.results import JobResults

MOST = 4
"""Pictures in one answer."""

CELL = 5
"""Pixels along the side of a cell, so that a picture of 50 cells is 250 pixels wide and costs few tokens."""
_Color = tuple[int, int, int]
_COLD, _WARM, _HOT = (247, 245, 241), (240, 140, 50), (110, 10, 40)
_EDGE = (150, 143, 134)


def heat_maps(results: JobResults, positions: Sequence[int]) -> dict[int, bytes]:
    """Return pictures of the first few of these datapoints, by position; none if answers do not lie in a picture."""
    pictures: dict[int, bytes] = {}
    for position in positions[:MOST]:
        density = results.kind.density(results.outcomes[position - 1])
        if density is not None:
            pictures[position] = heat_map_png(density)
    return pictures


def heat_map_png(density: Sequence[Sequence[float]]) -> bytes:
    """Draw a density as PNG, row by row from the top: the lightest color is 0, the darkest is the maximum.

    It is written by hand (PNG Specification, 3rd ed., W3C 2025, 5), since nothing else here needs an imaging library.
    """
    peak = max(map(max, density)) or 1.0
    rows = [[_color(value / peak) for value in row] for row in density]
    wide = [[color for color in row for _ in range(CELL)] for row in rows]
    lines = [row for row in wide for _ in range(CELL)]
    width = len(lines[0])
    edge = [_EDGE] * width
    framed = [edge, *([_EDGE, *line[1:-1], _EDGE] for line in lines[1:-1]), edge]
    pixels = b"".join(b"\0" + bytes(part for color in line for part in color) for line in framed)
    header = struct.pack(">IIBBBBB", width, len(framed), 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _color(heat: float) -> _Color:
    """Between cold and warm for the lower half, between warm and hot for the upper."""
    start, end, way = (_COLD, _WARM, 2 * heat) if heat < 0.5 else (_WARM, _HOT, 2 * heat - 1)
    red, green, blue = (round(a + (b - a) * way) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
