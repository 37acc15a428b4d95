"""The entry point: what a client waits for when it starts the server."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Serve MCP over stdio; with arguments, run a command.

    What is made while modules are loaded lives as long as the process: looking for garbage among it costs a tenth of
    the start. And what every client starts needs no command line library.
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
    """Look for garbage less often than usual.

    Thousands of objects live as long as one page of results. With the usual 700 most of the time of reading a job of a
    thousand pairs goes into looking through all of them again and again.
    """
    gc.set_threshold(50_000, 20, 50)
