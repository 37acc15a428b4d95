"""The only place that sends requests: deadlines, retries, size limits, and errors (contract A.8, A.9)."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import overload
from urllib.parse import quote

import anyio
import httpx2 as httpx

from rapidata_mcp.client.authorization import Authorization
from rapidata_mcp.client.http_responses import CHECK_FIRST, Model, error_from_response, parse_body, read_body
from rapidata_mcp.client.limiter import ConcurrencyLimiter
from rapidata_mcp.client.retry_budget import RetryBudget
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotAuthenticated, PlatformFailure, Unreachable
from rapidata_mcp.wire import WireModel

Query = Mapping[str, str | int]
Content = bytes | Callable[[], AsyncIterator[bytes]]

DEADLINE_S = 30.0
"""Seconds for a request with all its retries, unless the caller sets another deadline."""
CONNECT_S = 15.0
MAX_BODY = 8 * 1024 * 1024
"""Bytes that are read of a body, unless the caller sets another limit."""


def segment(identifier: str) -> str:
    """Encode an id as one segment of a path, whatever it contains."""
    return quote(identifier, safe="")


def newest(name: str, page: int, page_size: int) -> Query:
    """Return the query for a list of things whose name contains `name`, newest first.

    An empty name is sent too, as the SDK does.
    """
    return {"page": page, "page_size": page_size, "sort": "-created_at", "name[contains]": name}


@dataclass(slots=True)
class _PendingRequest:
    """A request that may be sent several times. `in_flight` is true while it may be taking effect."""

    method: str
    target: str
    headers: dict[str, str]
    content: Content | None
    limit: int
    timeout: dict[str, float | None]
    in_flight: bool = False


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
        self._limiter = ConcurrencyLimiter()
        # Merged once: a client's build_request merges URLs, headers and cookies for each of thousands of datapoints.
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
        model: type[Model],
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
        model: None = ...,
        *,
        body: WireModel | None = ...,
        query: Query | None = ...,
        deadline: float | None = ...,
    ) -> None: ...

    async def send(
        self,
        method: str,
        path: str,
        model: type[Model] | None = None,
        *,
        body: WireModel | None = None,
        query: Query | None = None,
        deadline: float | None = None,
    ) -> Model | None:
        """Send a request and parse its body as a model of the contract. Without a model, return None.

        A GET is retried on 429, 502, 503, 504 and broken connections. Any other request is retried only if it had no
        effect: on 429, and if no connection was established.

        Raises:
            RapidataError: after at most `deadline` seconds (None: the deadline of this platform).
        """
        content = None if body is None else body.model_dump_json(by_alias=True, exclude_unset=True).encode()
        data = await self.send_raw(method, path, content=content, query=query, deadline=deadline)
        return None if model is None else parse_body(data, model, f"{method} {path}")

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
        limit: int = MAX_BODY,
    ) -> bytes:
        """Send a request as `send` does, and return the body, which is empty for a 202.

        `content` may be a function that yields the body piece by piece. It is called for each try. `limit` is the
        most bytes that are read.

        Raises:
            RapidataError: after at most `deadline` seconds (None: the deadline of this platform).
        """
        deadline = self.deadline if deadline is None else deadline
        headers = {"Accept": accept}
        if content is not None:
            headers["Content-Type"] = content_type
        reads = method == "GET"
        # A GET that stalls is abandoned early enough for a retry. Another request has the whole deadline.
        timeout = _timeouts(deadline / 2 if reads else deadline)
        target = f"{path}?{_encoded(query)}" if query else path
        pending = _PendingRequest(method, target, headers, content, limit, timeout)
        budget = RetryBudget(deadline, harmless=reads)
        last: PlatformFailure | None = None
        with anyio.move_on_after(deadline):
            while True:
                try:
                    return await self._authorized(pending)
                except PlatformFailure as failure:
                    last = failure
                    pause = budget.pause_after(failure)
                    if pause is None:
                        raise
                await self._clock.sleep(pause)
        if last is not None and not pending.in_flight:
            raise last
        raise Unreachable(
            f"The platform did not answer {method} {path} within {deadline:g} seconds.",
            "Try again later." if reads or not pending.in_flight else CHECK_FIRST,
            applied=None if pending.in_flight else False,
        )

    async def _authorized(self, pending: _PendingRequest) -> bytes:
        """Send a request. After a 401, which means that it had no effect, send it again with a new token."""
        authorization = await self._authorization.headers()
        try:
            return await self._send(pending, authorization)
        except NotAuthenticated:
            if not await self._authorization.renew(authorization):
                raise
        return await self._send(pending, await self._authorization.headers())

    async def _send(self, pending: _PendingRequest, authorization: dict[str, str]) -> bytes:
        content = (
            pending.content if pending.content is None or isinstance(pending.content, bytes) else pending.content()
        )
        request = httpx.Request(
            pending.method,
            self._url(pending.target),
            headers=[*self._headers, *pending.headers.items(), *authorization.items()],
            content=content,
            extensions={"timeout": pending.timeout},
        )
        async with self._limiter as generation:
            pending.in_flight = True
            try:
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    data = await read_body(response, pending.limit)
                finally:
                    await response.aclose()
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
                pending.in_flight = False
                raise _not_connected(exc) from None
            except httpx.HTTPError as exc:
                pending.in_flight = False
                message = f"The connection to the platform broke ({type(exc).__name__})."
                raise Unreachable(message, "Try again." if pending.method == "GET" else CHECK_FIRST) from None
        pending.in_flight = False
        if response.is_success:
            self._limiter.record_success()
            return b"" if response.status_code == httpx.codes.ACCEPTED else data
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self._limiter.record_throttling(generation)
        raise error_from_response(response, data, pending.method, self._clock.now())


@lru_cache(maxsize=16)
def _timeouts(seconds: float) -> dict[str, float | None]:
    """Return the transport's timeouts: to connect, and between two pieces of a body (contract A.8)."""
    return httpx.Timeout(seconds, connect=min(CONNECT_S, seconds)).as_dict()


def _not_connected(exc: httpx.TransportError) -> Unreachable:
    """Return the error for a request without a connection, which had no effect.

    A bad certificate stays bad, so it is not transient (contract A.8).
    """
    cause: BaseException | None = exc
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Unreachable("The platform cannot be reached.", "Check the network and try again.", applied=False)
    error = Unreachable(
        "The platform's certificate is not trusted.", "Check RAPIDATA_MCP_API_URL, or the proxy.", applied=False
    )
    error.transient = False
    return error


def _encoded(query: Query) -> str:
    """Encode a query as the SDK does: spaces as %20, brackets encoded, slashes as they are (contract A.7)."""
    return "&".join(f"{quote(name, safe='')}={quote(str(value), safe='/')}" for name, value in query.items())
