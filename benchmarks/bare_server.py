"""The baseline: a server of the bare MCP SDK with one tool that does nothing.

The time to start this server, and to call its tool, is the SDK's share of our figures.
"""

from __future__ import annotations

from mcp.server import MCPServer

server = MCPServer("bare", log_level="WARNING")


@server.tool()
async def no_op() -> str:
    """Do nothing."""
    return ""


if __name__ == "__main__":
    server.run("stdio")
