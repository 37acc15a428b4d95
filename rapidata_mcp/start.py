"""The entry point of the program."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Serve MCP over stdio; with arguments, run a command.

    Objects from imports live as long as the process, and searching them for garbage takes a tenth of the start. A start
    without arguments does not import the command line, which takes 40 ms.
    """
    gc.disable()
    if sys.argv[1:]:
        from rapidata_mcp.cli import main as run
    else:
        from rapidata_mcp.server.stdio import main as run
    gc.freeze()
    collect_rarely()
    gc.enable()
    run()


def collect_rarely() -> None:
    """Make garbage collection less frequent.

    A page of results has thousands of objects. With the usual threshold of 700, most of the time of reading a job with
    a thousand pairs is garbage collection.
    """
    gc.set_threshold(50_000, 20, 50)
