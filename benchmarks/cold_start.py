"""How long a user waits for our tools: from the start of the process to the answer to `tools/list`, over stdio.

Assistants start the server with every session and show no tools before this answer. The bare SDK's share of the time is
measured in the same run, in alternation, so that the ratio holds on a slow or busy computer too.
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
MOST_RATIO = 1.25
"""Our start may take this many times as long as that of the bare SDK."""


def main() -> int:
    """Measure, print both medians and their ratio; the exit status."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory:
        for _ in range(1 + ROUNDS):
            bare.append(start_ms(BARE_SERVER, Path(directory)))
            ours.append(start_ms(OUR_SERVER, Path(directory)))
    bare_ms, our_ms = median(bare[1:]), median(ours[1:])  # the first round compiles, and warms the caches
    ratio = our_ms / bare_ms
    print(f"Process start to the answer to tools/list, median of {ROUNDS}:")
    print(f"  bare SDK      {bare_ms:8.1f} ms")
    print(f"  rapidata-mcp  {our_ms:8.1f} ms")
    print(f"  ratio         {ratio:8.2f}     (at most {MOST_RATIO:.2f})")
    return 0 if ratio <= MOST_RATIO else 1


def start_ms(server: Sequence[str], directory: Path) -> float:
    """Milliseconds from the start of a server's process to its answer to `tools/list`; its end is not counted."""
    with StdioPeer(server, directory) as peer:
        begin = time.perf_counter()
        peer.start()
        peer.initialize()
        listed = peer.request("tools/list")
        end = time.perf_counter()
    if not listed["tools"]:
        raise RuntimeError("the server listed no tools")
    return (end - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
