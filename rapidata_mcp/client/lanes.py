"""Connections to the cloud, taken by hand, which halves what a request costs.

httpcore's pool looks at each of its connections for each request, and asks the system about the idle ones: with fifty
that costs more than all the rest. Here the connection that was used last is used next, after one look at it.
"""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import TracebackType
from typing import Any

import anyio
import httpcore2 as httpcore
import httpx2 as httpx

KEEP_S = 5.0
"""How long an idle connection is used again, as in httpx."""
MOST_HELD = 64 * 1024
"""Bytes of a request that wait for more."""


class Lanes(httpx.AsyncBaseTransport):
    """As many connections as there are requests at once; how many that are is for the caller to limit."""

    def __init__(self) -> None:
        self._context = httpx.create_ssl_context()
        self._open: set[httpcore.AsyncHTTPConnection] = set()
        self._free: deque[tuple[float, httpcore.AsyncHTTPConnection]] = deque()  # since when, the latest on the right

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request over a free connection, or a new one; it is free again when the answer is closed."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        lane = await self._lane(asked.url.origin)
        try:
            with _told_as_httpx():
                answer = await lane.handle_async_request(asked)
        except BaseException:
            self._open.discard(lane)  # it has closed itself
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Leased(answer.stream, lane, self),
            extensions=answer.extensions,
        )

    def give_back(self, lane: httpcore.AsyncHTTPConnection) -> None:
        """An answer has been read, or given up; then its connection has been closed."""
        if lane.is_available():
            self._free.append((monotonic(), lane))
        else:
            self._open.discard(lane)

    async def _lane(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        while self._free and monotonic() - self._free[0][0] > KEEP_S:  # after a burst only those on the right are used
            await self._close(self._free.popleft()[1])
        while self._free:
            lane = self._free.pop()[1]
            if lane.is_available() and lane.can_handle_request(origin) and not lane.has_expired():
                return lane
            await self._close(lane)
        lane = httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._context, keepalive_expiry=KEEP_S, network_backend=_Network()
        )
        self._open.add(lane)
        return lane

    async def _close(self, lane: httpcore.AsyncHTTPConnection) -> None:
        self._open.discard(lane)
        with anyio.CancelScope(shield=True):
            await lane.aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close all connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections, also when whoever used them was cancelled."""
        with anyio.CancelScope(shield=True):
            while self._open:
                await self._open.pop().aclose()


class _Leased(httpx.AsyncByteStream):
    """The body of an answer, which gives its connection back at the end."""

    def __init__(self, body: Any, lane: httpcore.AsyncHTTPConnection, lanes: Lanes) -> None:
        self._body: AsyncIterable[bytes] = body
        self._close = body.aclose
        self._lane: httpcore.AsyncHTTPConnection | None = lane
        self._lanes = lanes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told_as_httpx():
            async for chunk in self._body:
                yield chunk

    async def aclose(self) -> None:
        try:
            with anyio.CancelScope(shield=True):  # half an answer would leave its connection open
                await self._close()
        finally:
            if self._lane is not None:
                self._lanes.give_back(self._lane)
                self._lane = None


@contextmanager
def _told_as_httpx() -> Iterator[None]:
    """httpx names its errors as httpcore does."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
    ) as error:
        told: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
        raise told(str(error)) from error


class _Network(httpcore.AnyIOBackend):
    """Connects as httpcore does, and sends the head of a request together with its body."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Joined(await super().connect_tcp(host, port, timeout, local_address, socket_options))


class _Joined(httpcore.AsyncNetworkStream):
    """What is written is held until an answer is waited for: one packet and one call of the system, not two."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._held = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as above
        if self._held:
            await self._flush(timeout)
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        self._held += buffer
        if len(self._held) >= MOST_HELD:
            await self._flush(timeout)

    async def _flush(self, timeout: float | None) -> None:  # noqa: ASYNC109 - as above
        data, self._held = bytes(self._held), bytearray()
        await self._stream.write(data, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Joined(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:  # also when it was cancelled, which httpcore leaves open
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
