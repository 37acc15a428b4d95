"""Heat maps are pictures that any program can open."""

from __future__ import annotations

import struct
import zlib

from rapidata_mcp.server.results.heat_maps import CELL, heat_map_png


def pixels(png: bytes) -> list[list[tuple[int, ...]]]:
    """The colors of a PNG without filters, with its checksums verified."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, parts = 8, {}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + body),)
        parts[kind], at = body, at + 12 + length
    width, height, *form = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert form == [8, 2, 0, 0, 0]
    raw, line = zlib.decompress(parts[b"IDAT"]), 1 + 3 * width
    rows = [raw[start + 1 : start + line] for start in range(0, height * line, line)]
    return [[tuple(row[at : at + 3]) for at in range(0, 3 * width, 3)] for row in rows]


def test_the_hottest_place_is_the_darkest() -> None:
    """All cold places have the same color, and the frame has another."""
    density = [[0.0] * 10 for _ in range(10)]
    density[2][7], density[5][1] = 4.0, 2.0
    image = pixels(heat_map_png(density))
    assert (len(image), len(image[0])) == (10 * CELL, 10 * CELL)

    def at(row: int, column: int) -> int:
        return sum(image[row * CELL + 2][column * CELL + 2])

    others = {at(row, column) for row in range(10) for column in range(10)} - {at(2, 7), at(5, 1)}
    assert at(2, 7) < at(5, 1) < min(others)
    assert len(others) == 1
    assert image[0][3] == image[-1][-1] != image[1][1]


def test_a_map_without_answers_is_light() -> None:
    """A full map has at most 12,000 bytes."""
    assert len({color for row in pixels(heat_map_png([[0.0] * 50] * 50)) for color in row}) == 2
    steep = [[float(row * column) for column in range(50)] for row in range(50)]
    assert len(heat_map_png(steep)) < 12_000
