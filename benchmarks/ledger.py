"""The time that the ledger adds to a create on the local platform."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import anyio

from rapidata_mcp.clock import SystemClock
from rapidata_mcp.connect import connect
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.ledger import Ledger

ROUNDS = 200
WARM_UP = 20
MAX_MS = 5.0


async def measure(directory: Path) -> tuple[float, float]:
    """Return the median milliseconds of a create without the ledger, and with it. The two alternate."""
    clock = SystemClock()
    without: list[float] = []
    with_ledger: list[float] = []
    async with connect(Settings(data_dir=directory, platform="local"), clock, pages=False) as connection:
        ledger = Ledger(connection.database, clock, connection.account)
        audiences = connection.platform.audiences
        for number in range(ROUNDS + WARM_UP):
            began = time.perf_counter()
            await audiences.create(f"without {number}", 0.75, 3, 3)
            between = time.perf_counter()
            await ledger.create_once(
                "audience",
                {"name": f"with {number}"},
                make=lambda attempt, name=f"with {number}": audiences.create(name, 0.75, 3, 3, attempt),
                exists=audiences.exists,
            )
            if number >= WARM_UP:
                without.append(1000 * (between - began))
                with_ledger.append(1000 * (time.perf_counter() - between))
    return statistics.median(without), statistics.median(with_ledger)


def main() -> int:
    """Print both medians and their difference, and return the exit status."""
    with tempfile.TemporaryDirectory() as directory:
        without, with_ledger = anyio.run(measure, Path(directory))
    added = with_ledger - without
    figures = f"create without the ledger {without:.2f} ms, with it {with_ledger:.2f} ms: {added:+.2f} ms"
    print(f"{figures} (at most {MAX_MS:g})")
    return int(added > MAX_MS)


if __name__ == "__main__":
    sys.exit(main())
