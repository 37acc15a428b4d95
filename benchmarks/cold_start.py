"""The time from the start of the process to the answer to `tools/list`, over stdio.

An assistant starts the server in every session, and has no tools before this answer. Starts of the bare SDK alternate
with ours, so that the ratio holds on a slow or busy computer too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from stdio_peer import BARE_SERVER, OUR_SERVER, StdioPeer

ROUNDS = 9
MAX_RATIO = 1.25
"""Our time divided by that of the bare SDK."""


def main() -> int:
    """Measure, print both medians and their ratio, and return the exit status."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory:
        for _ in range(1 + ROUNDS):
            bare.append(start_ms(BARE_SERVER, Path(directory)))
            ours.append(start_ms(OUR_SERVER, Path(directory)))
    bare_ms, our_ms = median(bare[1:]), median(ours[1:])  # the first round compiles and fills the caches
    ratio = our_ms / bare_ms
    print(f"Process start to the answer to tools/list, median of {ROUNDS}:")
    print(f"  bare SDK      {bare_ms:8.1f} ms")
    print(f"  rapidata-mcp  {our_ms:8.1f} ms")
    print(f"  ratio         {ratio:8.2f}     (at most {MAX_RATIO:.2f})")
    return 0 if ratio <= MAX_RATIO else 1


def start_ms(server: Sequence[str], directory: Path) -> float:
    """Return the milliseconds from the start of the process of a server to its answer to `tools/list`."""
    with StdioPeer(server, directory) as peer:
        begin = time.perf_counter()
        peer.start()
        peer.initialize()
        answer = peer.request("tools/list")
        end = time.perf_counter()
    if not answer["tools"]:
        raise RuntimeError("the server listed no tools")
    return (end - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
