"""Serves the platform's pages on loopback for an MCP server, one address per data directory."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import anyio
import httpx2 as httpx
import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
TAKEOVER_S = 5.0
"""How often a process looks whether the one that serves the pages has ended."""


class QuietServer(uvicorn.Server):
    """uvicorn inside another program: signals and logs are that program's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


@asynccontextmanager
async def serve_pages(app: ASGIApp, data_id: str, port: int) -> AsyncIterator[str]:
    """Serve `app` on loopback while the context lasts; yields its base URL. `data_id` identifies its data.

    On `port` where it is free. Where another process serves the same data there, its URL is used, and the address is
    taken over when that process ends. Where a stranger has the port, another one is taken.
    """
    listener = _listen(port)
    if listener is None and not await _serves(port, data_id):
        listener = _listen(0)
    async with anyio.create_task_group() as group:
        if listener is None:
            group.start_soon(_take_over, app, port)
            url = f"http://{HOST}:{port}"
        else:
            url = f"http://{HOST}:{listener.getsockname()[1]}"
            group.start_soon(_serve, app, listener)
        try:
            yield url
        finally:
            group.cancel_scope.cancel()


def _listen(port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # here, because two processes may bind one port before either of them listens
    except OSError:
        listener.close()
        return None
    return listener


async def _serves(port: int, data_id: str) -> bool:
    """Whether the server on this port serves the same data."""
    try:
        async with httpx.AsyncClient(timeout=1.0, trust_env=False) as client:
            answer = await client.get(f"http://{HOST}:{port}/healthz")
    except httpx.HTTPError:
        return False
    return data_id in answer.text


async def _serve(app: ASGIApp, listener: socket.socket) -> None:
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = QuietServer(config)
    with closing(listener):
        try:
            await server.serve(sockets=[listener])
        finally:
            if server.started:
                with anyio.CancelScope(shield=True):  # or the event loop would go on watching a closed socket
                    await server.shutdown([listener])


async def _take_over(app: ASGIApp, port: int) -> None:
    while True:
        await anyio.sleep(TAKEOVER_S)
        listener = _listen(port)
        if listener is not None:
            await _serve(app, listener)
            return
