"""MCP over Streamable HTTP serves both eras, and over a network only the owner."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import httpx2 as httpx
import pytest
import uvicorn
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from rapidata_mcp.errors import SettingsError
from rapidata_mcp.local.listener import QuietServer
from rapidata_mcp.server.http import http_app
from rapidata_mcp.settings import Settings
from rapidata_mcp.sharing import Sharing, read_sharing

HELLO = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@asynccontextmanager
async def serving(settings: Settings, host: str, sharing: Sharing | None) -> AsyncIterator[str]:
    """Run a server, and return its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = http_app(settings, host, sharing)
    server = QuietServer(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    async with anyio.create_task_group() as group:
        group.start_soon(server.serve, [listener])
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    """The address of a server that only this computer can reach."""
    async with serving(settings, "127.0.0.1", None) as address:
        yield address


@pytest.fixture
async def shared(settings: Settings) -> AsyncIterator[tuple[str, Sharing]]:
    """The address of a server that others can reach, and its sharing with the owner's token."""
    public = Settings(**settings.model_dump() | {"public_url": "http://office.test:8808"})
    sharing = await read_sharing(public)
    assert sharing is not None
    async with serving(public, "0.0.0.0", sharing) as address:  # noqa: S104 - only the name; it listens on loopback
        yield address, sharing


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_both_eras_over_http(url: str, era: str) -> None:
    """Each lists the tools and calls them."""
    with anyio.fail_after(30):
        async with Client(f"{url}/mcp", mode=era) as client:
            assert len((await client.list_tools()).tools) >= 12
            audiences = await client.call_tool("find_audiences", {})
    assert audiences.structured_content is not None
    assert audiences.structured_content["total"] == 2


async def test_health(url: str) -> None:
    """A monitor sees that the process runs."""
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{url}/healthz")).json() == {"status": "ok"}


@pytest.mark.parametrize(("headers", "status"), [({"Host": "evil.test"}, 421), ({"Origin": "https://evil.test"}, 403)])
async def test_a_foreign_host_or_origin_is_refused(url: str, headers: dict[str, str], status: int) -> None:
    """A page in a browser cannot reach the server under another name."""
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.post(f"{url}/mcp", json=HELLO, headers=ACCEPT | headers)
    assert response.status_code == status


def test_a_server_on_the_network_needs_a_token(settings: Settings) -> None:
    """Otherwise anybody could spend the owner's money."""
    with pytest.raises(SettingsError, match="RAPIDATA_MCP_PUBLIC_URL"):
        http_app(settings, "0.0.0.0", None)  # noqa: S104 - it is refused


@pytest.mark.parametrize("host", ["localhost", "office.test"])
async def test_requests_without_the_owners_token_are_refused(shared: tuple[str, Sharing], host: str) -> None:
    """Under every name of the server. A cookie, which browsers send by themselves, does not count."""
    url, sharing = shared
    strangers = [
        {},
        {"Authorization": f"Bearer {sharing.owner_token[:-1]}x"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {sharing.key('global')}"},
        {"Cookie": f"owner={sharing.owner_token}"},
    ]
    async with httpx.AsyncClient(trust_env=False, headers=ACCEPT | {"Host": host}) as client:
        for stranger in strangers:
            response = await client.post(f"{url}/mcp", json=HELLO, headers=stranger)
            assert response.status_code == 401
            assert response.headers["www-authenticate"] == "Bearer"
            assert "owner's token" in response.json()["error"]
        assert (await client.get(f"{url}/healthz")).status_code == 200


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_the_owner_can_use_the_server_over_the_network(shared: tuple[str, Sharing], era: str) -> None:
    """With the token, under the public name."""
    url, sharing = shared
    headers = {"Authorization": f"Bearer {sharing.owner_token}", "Host": "office.test:8000"}
    with anyio.fail_after(30):
        async with (
            httpx.AsyncClient(trust_env=False, headers=headers) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=era) as client,
        ):
            audiences = await client.call_tool("find_audiences", {})
    assert audiences.structured_content is not None
    assert audiences.structured_content["total"] == 2
