"""Connections to the cloud, each in a pool of its own.

For each request httpcore looks at every connection of the pool, and asks the system about the idle ones: with fifty
connections that costs more than all the rest of a request. In a pool of one there is nothing to look through.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import TracebackType

import httpx2 as httpx


class Lanes(httpx.AsyncBaseTransport):
    """As many connections as there are requests at once; the one that was used last is used next."""

    def __init__(self) -> None:
        self._context = httpx.create_ssl_context()
        self._limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
        self._lanes: list[httpx.AsyncHTTPTransport] = []
        self._free: list[httpx.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request over a free connection; it is free again when the answer is closed."""
        lane = self._free.pop() if self._free else self._another()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._free.append(lane)
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - what an async transport answers with
        response.stream = _Leased(response.stream, lane, self._free)
        return response

    def _another(self) -> httpx.AsyncHTTPTransport:
        lane = httpx.AsyncHTTPTransport(verify=self._context, limits=self._limits)
        self._lanes.append(lane)
        return lane

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close all connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        for lane in self._lanes:
            await lane.aclose()


class _Leased(httpx.AsyncByteStream):
    """The body of an answer, which gives its connection back at the end."""

    def __init__(
        self, stream: httpx.AsyncByteStream, lane: httpx.AsyncHTTPTransport, free: list[httpx.AsyncHTTPTransport]
    ) -> None:
        self._stream = stream
        self._lane: httpx.AsyncHTTPTransport | None = lane
        self._free = free

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            if self._lane is not None:
                self._free.append(self._lane)
                self._lane = None
