"""The one place that sends requests: deadline, repetition, sizes, and errors as our own (contract A.8, A.9)."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import overload
from urllib.parse import quote

import anyio
import httpx2 as httpx

from rapidata_mcp.client.answers import CHECK_FIRST, Model, error_of, parsed, read_whole
from rapidata_mcp.client.authorization import Authorization
from rapidata_mcp.client.limiter import ConcurrencyLimiter
from rapidata_mcp.client.retry_budget import RetryBudget
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotAuthenticated, PlatformFailure, Unreachable
from rapidata_mcp.wire import WireModel

Query = Mapping[str, str | int]
Content = bytes | Callable[[], AsyncIterator[bytes]]

DEADLINE_S = 30.0
"""Seconds for a request with all its repetitions, unless the caller sets another."""
CONNECT_S = 15.0
MAX_ANSWER = 8 * 1024 * 1024
"""Bytes of an ordinary answer that are read at most."""


def segment(identifier: str) -> str:
    """An id as one segment of a path, whatever it contains."""
    return quote(identifier, safe="")


def newest(name: str, page: int, page_size: int) -> Query:
    """The query of a list: newest first, name contains `name`; an empty name is sent too, as the SDK does."""
    return {"page": page, "page_size": page_size, "sort": "-created_at", "name[contains]": name}


@dataclass(slots=True)
class _Order:
    """One request, as often as it is sent; `under_way` while it may be taking effect."""

    method: str
    target: str
    headers: dict[str, str]
    content: Content | None
    limit: int
    timeout: dict[str, float | None]
    under_way: bool = False


class Http:
    """Sends requests to one platform."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        clock: Clock,
        authorization: Authorization,
        deadline: float = DEADLINE_S,
    ) -> None:
        self._client = client
        self.deadline = deadline
        self._clock = clock
        self._authorization = authorization
        self._gate = ConcurrencyLimiter()
        # A client's build_request merges URLs, headers and cookies anew for each of thousands of datapoints.
        self._headers = [(name, value) for name, value in client.headers.items() if name != "accept"]
        self._base = str(client.base_url).rstrip("/")
        self._url = lru_cache(maxsize=128)(self._whole_url)

    def _whole_url(self, target: str) -> httpx.URL:
        return httpx.URL(target if target.startswith("http") else f"{self._base}{target}")

    @overload
    async def send(
        self,
        method: str,
        path: str,
        answer: type[Model],
        *,
        body: WireModel | None = ...,
        query: Query | None = ...,
        deadline: float | None = ...,
    ) -> Model: ...

    @overload
    async def send(
        self,
        method: str,
        path: str,
        answer: None = ...,
        *,
        body: WireModel | None = ...,
        query: Query | None = ...,
        deadline: float | None = ...,
    ) -> None: ...

    async def send(
        self,
        method: str,
        path: str,
        answer: type[Model] | None = None,
        *,
        body: WireModel | None = None,
        query: Query | None = None,
        deadline: float | None = None,
    ) -> Model | None:
        """Send one request and read its answer as a model of the contract (None: no answer is expected).

        Reads are repeated on 429, 502, 503, 504 and broken connections. Anything else is repeated only when it
        certainly had no effect: on 429, and when no connection came about.

        Raises:
            RapidataError: one of the tree, within `deadline` seconds.
        """
        content = None if body is None else body.model_dump_json(by_alias=True, exclude_unset=True).encode()
        data = await self.send_raw(method, path, content=content, query=query, deadline=deadline)
        return None if answer is None else parsed(data, answer, f"{method} {path}")

    async def send_raw(
        self,
        method: str,
        path: str,
        *,
        content: Content | None = None,
        content_type: str = "application/json",
        query: Query | None = None,
        accept: str = "application/json",
        deadline: float | None = None,
        limit: int = MAX_ANSWER,
    ) -> bytes:
        """Send one request and return the body of a successful answer, at most `limit` bytes; of 202, nothing.

        Content that is not bytes is a function, called for each attempt, that yields the body piece by piece.

        Raises:
            RapidataError: one of the tree, within `deadline` seconds (None: what this platform's requests get).
        """
        deadline = self.deadline if deadline is None else deadline
        headers = {"Accept": accept}
        if content is not None:
            headers["Content-Type"] = content_type
        reads = method == "GET"
        # A read that stalls is given up early enough to be repeated; for anything else there is only the deadline.
        timeout = _timeouts(deadline / 2 if reads else deadline)
        target = f"{path}?{_encoded(query)}" if query else path
        order = _Order(method, target, headers, content, limit, timeout)
        patience = RetryBudget(deadline, harmless=reads)
        last: PlatformFailure | None = None
        with anyio.move_on_after(deadline):
            while True:
                try:
                    return await self._authorized(order)
                except PlatformFailure as failure:
                    last = failure
                    pause = patience.pause_after(failure)
                    if pause is None:
                        raise
                await self._clock.sleep(pause)
        if last is not None and not order.under_way:
            raise last
        raise Unreachable(
            f"The platform did not answer {method} {path} within {deadline:g} seconds.",
            "Try again later." if reads or not order.under_way else CHECK_FIRST,
            applied=None if order.under_way else False,
        )

    async def _authorized(self, order: _Order) -> bytes:
        """One attempt; a second one with a renewed token where the first was not let in (it had no effect)."""
        entitled = await self._authorization.headers()
        try:
            return await self._once(order, entitled)
        except NotAuthenticated:
            if not await self._authorization.renew(entitled):
                raise
        return await self._once(order, await self._authorization.headers())

    async def _once(self, order: _Order, entitled: dict[str, str]) -> bytes:
        content = order.content if order.content is None or isinstance(order.content, bytes) else order.content()
        request = httpx.Request(
            order.method,
            self._url(order.target),
            headers=[*self._headers, *order.headers.items(), *entitled.items()],
            content=content,
            extensions={"timeout": order.timeout},
        )
        async with self._gate as turn:
            order.under_way = True
            try:
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    data = await read_whole(response, order.limit)
                finally:
                    await response.aclose()
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
                order.under_way = False
                raise _unconnected(exc) from None
            except httpx.HTTPError as exc:
                order.under_way = False
                broken = f"The connection to the platform broke ({type(exc).__name__})."
                raise Unreachable(broken, "Try again." if order.method == "GET" else CHECK_FIRST) from None
        order.under_way = False
        if response.is_success:
            self._gate.succeeded()
            return b"" if response.status_code == httpx.codes.ACCEPTED else data
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self._gate.throttled(turn)
        raise error_of(response, data, order.method, self._clock.now())


@lru_cache(maxsize=16)
def _timeouts(seconds: float) -> dict[str, float | None]:
    """Of the transport: until connected, and between two pieces of an answer (contract A.8)."""
    return httpx.Timeout(seconds, connect=min(CONNECT_S, seconds)).as_dict()


def _unconnected(exc: httpx.TransportError) -> Unreachable:
    """No connection came about, so nothing had an effect. A certificate does not mend itself in a second (A.8)."""
    cause: BaseException | None = exc
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Unreachable("The platform cannot be reached.", "Check the network and try again.", applied=False)
    untrusted = Unreachable(
        "The platform's certificate is not trusted.", "Check RAPIDATA_MCP_API_URL, or the proxy.", applied=False
    )
    untrusted.transient = False
    return untrusted


def _encoded(query: Query) -> str:
    """A query string in the SDK's encoding: spaces as %20, brackets encoded, slashes bare (contract A.7)."""
    return "&".join(f"{quote(name, safe='')}={quote(str(value), safe='/')}" for name, value in query.items())
