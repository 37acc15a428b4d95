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
    gc.enable()
    run()
