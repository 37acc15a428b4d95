"""MCP over Streamable HTTP."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import anyio
import httpx2 as httpx
import pytest
import uvicorn
from mcp import Client

from rapidata_mcp.local.listener import QuietServer
from rapidata_mcp.server.http import http_app
from rapidata_mcp.settings import Settings


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    """A running server."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = QuietServer(uvicorn.Config(http_app(settings, "127.0.0.1"), log_config=None, timeout_graceful_shutdown=1))
    async with anyio.create_task_group() as group:
        group.start_soon(server.serve, [listener])
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_both_eras_over_http(url: str, era: str) -> None:
    """Tools are listed and called."""
    with anyio.fail_after(30):
        async with Client(f"{url}/mcp", mode=era) as client:
            assert len((await client.list_tools()).tools) >= 12
            found = await client.call_tool("find_audiences", {})
    assert found.structured_content is not None
    assert found.structured_content["total"] == 2


async def test_health(url: str) -> None:
    """For whoever watches the process."""
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{url}/healthz")).json() == {"status": "ok"}


@pytest.mark.parametrize(("headers", "status"), [({"Host": "evil.test"}, 421), ({"Origin": "https://evil.test"}, 403)])
async def test_only_this_computer_may_ask(url: str, headers: dict[str, str], status: int) -> None:
    """A page in a browser cannot reach the server, by whatever name."""
    hello = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{url}/mcp", json=hello, headers=accept | headers)
    assert answer.status_code == status
