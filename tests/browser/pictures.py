"""Pictures for pages under test: plain pictures of any size, and a different drawing for each URL."""

from __future__ import annotations

import struct
import zlib
from random import Random


def picture(width: int, height: int, grey: int = 150) -> bytes:
    """Return a PNG in one shade of gray."""
    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    kind, body = part
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def drawing(address: str) -> str:
    """Return an SVG of a flower in a pot. Colors and petals depend on the address."""
    random = Random(address)
    sky, petal, pot = (f"hsl({random.randrange(360)} {sat}% {light}%)" for sat, light in ((45, 86), (85, 62), (45, 45)))
    count, tilt = random.randrange(6, 13), random.randrange(60)
    petals = "".join(
        f'<ellipse cx="320" cy="118" rx="{150 // count + 12}" ry="52" fill="{petal}" '
        f'transform="rotate({tilt + 360 * turn / count:.1f} 320 170)"/>'
        for turn in range(count)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">'
        f'<rect width="640" height="480" fill="{sky}"/><path d="M320 180q{random.randrange(-40, 40)} 90 0 170" '
        f'stroke="#3f7d3f" stroke-width="12" fill="none"/>{petals}<circle cx="320" cy="170" r="30" fill="#f6d04d"/>'
        f'<path d="M250 345h140l-18 110h-104z" fill="{pot}"/></svg>'
    )
