"""The pool reuses connections, opens one per concurrent request, and closes every connection in the end."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator

import anyio
import httpx2 as httpx
import pytest

from rapidata_mcp.client import connection_pool
from rapidata_mcp.client.connection_pool import ConnectionPool


class Peer:
    """A server that counts connections and answers after 10 ms.

    It never answers "/hang", and closes the connection after "/goodbye". `all_closed` is set while no connection is
    open.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.open = 0
        self.silent = False
        self.all_closed = anyio.Event()
        self.packets: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.all_closed = anyio.Event()
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
            self.all_closed.set()


@pytest.fixture
async def peer() -> Peer:
    return Peer()


@pytest.fixture
async def client(peer: Peer) -> AsyncIterator[httpx.AsyncClient]:
    listener = socket.create_server(("127.0.0.1", 0))
    async with await asyncio.start_server(peer.serve, sock=listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, transport=ConnectionPool()) as opened:
            yield opened
        with anyio.fail_after(60):
            await peer.all_closed.wait()


async def test_consecutive_requests_share_a_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """The head and the body of a request are one packet."""
    for _ in range(3):
        assert (await client.post("/thing", content=b"body")).json() == {}
    assert peer.connections == 1
    assert [packet.endswith(b"\r\n\r\nbody") for packet in peer.packets] == [True] * 3


async def test_each_concurrent_request_has_its_own_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """Later requests open no more."""
    for _ in range(2):
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(client.get, "/thing")
    assert peer.connections == 5


async def test_idle_connections_are_closed_after_a_burst(
    client: httpx.AsyncClient, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next request closes them and uses none of them."""
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(client.get, "/thing")
    monkeypatch.setattr(connection_pool, "monotonic", lambda: time.monotonic() + 2 * connection_pool.KEEP_ALIVE_S)
    await client.get("/goodbye")
    with anyio.fail_after(60):
        await peer.all_closed.wait()
    assert peer.connections == 6


async def test_a_cancelled_request_closes_its_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """The next request must not read its response."""
    with anyio.move_on_after(0.1):
        await client.get("/hang")
    assert (await client.get("/thing")).json() == {}
    assert peer.connections == 2


async def test_a_connection_that_the_peer_closed_is_not_reused(client: httpx.AsyncClient, peer: Peer) -> None:
    """A request over it would have an unknown outcome."""
    await client.get("/goodbye")
    await peer.all_closed.wait()
    assert (await client.post("/thing", content=b"x")).json() == {}
    assert peer.connections == 2


async def test_a_failed_or_cancelled_handshake_closes_its_connection(client: httpx.AsyncClient, peer: Peer) -> None:
    """The peer does not speak TLS. Then it does not respond at all."""
    secure = str(client.base_url).replace("http:", "https:")
    with pytest.raises(httpx.ConnectError):
        await client.get(secure)
    with anyio.fail_after(60):
        await peer.all_closed.wait()
    peer.silent = True
    with anyio.move_on_after(0.1):
        await client.get(secure)
    assert peer.connections == 2
