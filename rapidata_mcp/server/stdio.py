"""MCP over standard input and output, which most clients start."""

from __future__ import annotations

import sys

from rapidata_mcp.errors import RapidataError
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import load_settings


def main() -> None:
    """Serve until the input ends. A setting that cannot be used is explained on standard error."""
    try:
        server = build_server(load_settings())
    except RapidataError as error:
        sys.stderr.write(f"rapidata-mcp: {error}\n")
        raise SystemExit(1) from None
    server.run("stdio")
