"""Connections: used again, one for each request at once, and closed whatever happens."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator

import anyio
import httpx2 as httpx
import pytest

from rapidata_mcp.client import lanes
from rapidata_mcp.client.lanes import Lanes


class Peer:
    """Answers everything after a moment, over connections that it counts; "/hang" never, "/goodbye" for the last time.

    `gone` tells when none is open any more.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.open = 0
        self.silent = False
        self.gone = anyio.Event()
        self.packets: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.gone = anyio.Event()
        while request := await reader.read(64 * 1024):
            self.packets.append(request)
            await asyncio.sleep(0.01)
            if b"/hang" not in request and not self.silent:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            if b"/goodbye" in request:
                break
        writer.close()
        await writer.wait_closed()
        self.open -= 1
        if not self.open:
            self.gone.set()


@pytest.fixture
async def peer() -> Peer:
    return Peer()


@pytest.fixture
async def client(peer: Peer) -> AsyncIterator[httpx.AsyncClient]:
    listener = socket.create_server(("127.0.0.1", 0))
    async with await asyncio.start_server(peer.serve, sock=listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, transport=Lanes()) as one:
            yield one
        with anyio.fail_after(60):
            await peer.gone.wait()


async def test_one_after_another_share_a_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """And a request goes out in one piece, head and body."""
    for _ in range(3):
        assert (await client.post("/thing", content=b"body")).json() == {}
    assert peer.connections == 1
    assert [packet.endswith(b"\r\n\r\nbody") for packet in peer.packets] == [True] * 3


async def test_at_once_each_has_its_own(client: httpx.AsyncClient, peer: Peer) -> None:
    """And no more are opened later."""
    for _ in range(2):
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(client.get, "/thing")
    assert peer.connections == 5


async def test_after_a_burst_idle_connections_are_closed(
    client: httpx.AsyncClient, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the next request, which takes none of them."""
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(client.get, "/thing")
    monkeypatch.setattr(lanes, "monotonic", lambda: time.monotonic() + 2 * lanes.KEEP_S)
    await client.get("/goodbye")
    with anyio.fail_after(60):
        await peer.gone.wait()
    assert peer.connections == 6


async def test_a_cancelled_request_closes_its_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """Its answer must not be taken for that of the next request."""
    with anyio.move_on_after(0.1):
        await client.get("/hang")
    assert (await client.get("/thing")).json() == {}
    assert peer.connections == 2


async def test_a_connection_that_the_peer_closed_is_not_used_again(client: httpx.AsyncClient, peer: Peer) -> None:
    """So that an idle one does not make an outcome unknown."""
    await client.get("/goodbye")
    await peer.gone.wait()
    assert (await client.post("/thing", content=b"x")).json() == {}
    assert peer.connections == 2


async def test_a_handshake_that_fails_or_is_given_up_closes_its_connection(
    client: httpx.AsyncClient, peer: Peer
) -> None:
    """The peer does not speak TLS; and one that says nothing is not waited for."""
    secure = str(client.base_url).replace("http:", "https:")
    with pytest.raises(httpx.ConnectError):
        await client.get(secure)
    with anyio.fail_after(60):
        await peer.gone.wait()
    peer.silent = True
    with anyio.move_on_after(0.1):
        await client.get(secure)
    assert peer.connections == 2
