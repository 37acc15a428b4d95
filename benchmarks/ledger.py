"""What the ledger adds to a create on the local platform: at most 5 ms in the median, alternately in one run."""

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
from rapidata_mcp.spending import ledger

ROUNDS = 200
WARM_UP = 20
LIMIT_MS = 5.0


async def measure(directory: Path) -> tuple[float, float]:
    """Median milliseconds of a create alone, and of one that goes through the ledger."""
    clock = SystemClock()
    alone: list[float] = []
    through: list[float] = []
    async with connect(Settings(data_dir=directory, platform="local"), clock, pages=False) as connection:
        book = ledger.Ledger(connection.database, clock, connection.account)
        audiences = connection.platform.audiences
        for number in range(ROUNDS + WARM_UP):
            began = time.perf_counter()
            await audiences.create(f"alone {number}", 0.75, 3, 3)
            between = time.perf_counter()
            await book.create_once(
                "audience",
                {"name": f"through {number}"},
                make=lambda attempt, name=f"through {number}": audiences.create(name, 0.75, 3, 3, attempt),
                exists=audiences.exists,
            )
            if number >= WARM_UP:
                alone.append(1000 * (between - began))
                through.append(1000 * (time.perf_counter() - between))
    return statistics.median(alone), statistics.median(through)


def main() -> int:
    """Print both medians and their difference; 1 when it is above the limit."""
    with tempfile.TemporaryDirectory() as directory:
        alone, through = anyio.run(measure, Path(directory))
    print(f"create alone {alone:.2f} ms, through the ledger {through:.2f} ms: {through - alone:+.2f} ms")
    return int(through - alone > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
