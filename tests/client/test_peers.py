"""Faulty servers over a real socket."""

from __future__ import annotations

import asyncio
import socket

import httpx2 as httpx
import pytest

from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.connection_pool import ConnectionPool
from rapidata_mcp.client.http import Http
from rapidata_mcp.errors import Unreachable
from rapidata_mcp.models.jobs import Job
from tests.assistant import MovingClock
from tests.faults import failure_of


async def test_a_refused_connection_fails_at_once() -> None:
    """The error says that the request had no effect."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", transport=ConnectionPool()) as client:
        http = Http(client, MovingClock(), FixedAuthorization())
        failure = await failure_of(http.send("POST", "/job", Job))
    assert isinstance(failure, Unreachable)
    assert failure.applied is False


@pytest.mark.parametrize("reply", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"SSH-2.0-OpenSSH\r\n"])
async def test_the_outcome_is_unknown_if_the_server_closes_the_connection(reply: bytes) -> None:
    """After nothing, half a response, or something else than HTTP."""

    async def reply_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        writer.close()
        await writer.wait_closed()

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    async with (
        await asyncio.start_server(reply_and_close, sock=listener),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", transport=ConnectionPool()) as client,
    ):
        failure = await failure_of(Http(client, MovingClock(), FixedAuthorization()).send("POST", "/job", Job))
    assert isinstance(failure, Unreachable)
    assert failure.applied is None
