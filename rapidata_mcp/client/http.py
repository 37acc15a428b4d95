"""The one place that sends requests: deadline, retries, sizes, and errors as our own (contract A.8, A.9)."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TypeVar, overload
from urllib.parse import quote

import anyio
import httpx2 as httpx
from pydantic import ValidationError

from rapidata_mcp.client.auth import Authorization
from rapidata_mcp.client.gate import Gate
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import (
    AccessDenied,
    BadAnswer,
    NotAuthenticated,
    NotFound,
    NotYet,
    PlatformFailure,
    RapidataError,
    Refused,
    Throttled,
    Unreachable,
)
from rapidata_mcp.models.problems import Problem
from rapidata_mcp.wire import Wire

Model = TypeVar("Model", bound=Wire)
Query = Mapping[str, str | int]

Content = bytes | Callable[[], AsyncIterator[bytes]]
CHECK_FIRST = "Look whether it took effect before you repeat it."
DEADLINE_S = 30.0
"""Seconds for a request with all its repetitions, unless the caller sets another."""
MAX_ANSWER = 8 * 1024 * 1024
"""Bytes of an ordinary answer that are read at most."""
MOST_RECONNECTS = 3
_TRANSIENT = frozenset({502, 503, 504})
_LONGEST_PAUSE_S = 10.0


def segment(identifier: str) -> str:
    """An id as one segment of a path, whatever it contains."""
    return quote(identifier, safe="")


def newest(name: str, page: int, page_size: int) -> Query:
    """The query of a list: newest first, name contains `name`; an empty name is sent too, as the SDK does."""
    return {"page": page, "page_size": page_size, "sort": "-created_at", "name[contains]": name}


class Http:
    """Sends requests to one platform."""

    def __init__(self, client: httpx.AsyncClient, clock: Clock, authorization: Authorization) -> None:
        self._client = client
        self._clock = clock
        self._authorization = authorization
        self._gate = Gate()

    @overload
    async def send(
        self, method: str, path: str, answer: type[Model], *, body: Wire | None = ..., query: Query | None = ...
    ) -> Model: ...

    @overload
    async def send(
        self, method: str, path: str, answer: None = ..., *, body: Wire | None = ..., query: Query | None = ...
    ) -> None: ...

    async def send(
        self,
        method: str,
        path: str,
        answer: type[Model] | None = None,
        *,
        body: Wire | None = None,
        query: Query | None = None,
    ) -> Model | None:
        """Send one request and read its answer as a model of the contract (None: no answer is expected).

        Reads are repeated on 429, 502, 503, 504 and broken connections. Anything else is repeated only when it
        certainly had no effect: on 429, and when no connection came about.

        Raises:
            RapidataError: one of the tree, within the deadline.
        """
        content = None if body is None else body.model_dump_json(by_alias=True, exclude_unset=True).encode()
        data = await self.send_raw(method, path, content=content, query=query)
        if answer is None:
            return None
        try:
            return answer.model_validate_json(data)
        except ValidationError as exc:
            places = sorted({".".join(map(str, error["loc"])) for error in exc.errors()})[:5]
            raise BadAnswer(
                f"The platform's answer to {method} {path} is not what the contract says ({', '.join(places)}).",
                "Try again; if it stays, update rapidata-mcp.",
            ) from None

    async def send_raw(
        self,
        method: str,
        path: str,
        *,
        content: Content | None = None,
        content_type: str = "application/json",
        query: Query | None = None,
        accept: str = "application/json",
        deadline: float = DEADLINE_S,
        limit: int = MAX_ANSWER,
    ) -> bytes:
        """Send one request and return the body of a successful answer, at most `limit` bytes of it.

        Content that is not bytes is a function, called for each attempt, that yields the body piece by piece.

        Raises:
            RapidataError: one of the tree, within `deadline` seconds.
        """
        target = path + (f"?{_encoded(query)}" if query else "")
        headers = {"Accept": accept} | ({"Content-Type": content_type} if content is not None else {})
        last: RapidataError | None = None
        with anyio.move_on_after(deadline):
            attempt = 0
            while True:
                try:
                    return await self._authorized(method, target, headers, content, limit)
                except PlatformFailure as failure:
                    last = failure
                    pause = _pause_before_repeating(method, failure, attempt)
                    if pause is None:
                        raise
                attempt += 1
                await self._clock.sleep(pause)
        raise last or Unreachable(
            f"The platform did not answer {method} {path} within {deadline:g} seconds.",
            "Try again later." if method == "GET" else CHECK_FIRST,
        )

    async def _authorized(
        self, method: str, target: str, headers: dict[str, str], content: Content | None, limit: int
    ) -> bytes:
        """One attempt; a second one with a renewed token where the first was not let in (it had no effect)."""
        entitled = await self._authorization.headers()
        try:
            return await self._once(method, target, headers | entitled, content, limit)
        except NotAuthenticated:
            if not await self._authorization.renew(entitled):
                raise
        return await self._once(method, target, headers | await self._authorization.headers(), content, limit)

    async def _once(
        self, method: str, target: str, headers: dict[str, str], content: Content | None, limit: int
    ) -> bytes:
        body = content if content is None or isinstance(content, bytes) else content()
        request = self._client.build_request(method, target, content=body, headers=headers)
        try:
            async with self._gate():
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    data = await _read(response, limit)
                finally:
                    await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise Unreachable(
                "The platform cannot be reached.", "Check the network and try again.", applied=False
            ) from None
        except httpx.HTTPError as exc:
            raise Unreachable(f"The connection to the platform broke ({type(exc).__name__}).", CHECK_FIRST) from None
        if response.is_success:
            self._gate.succeeded()
            return data
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self._gate.throttled()
        raise error_of(response, data, method)


async def _read(response: httpx.Response, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise BadAnswer(f"The platform's answer is larger than {limit} bytes.", "Ask for less at a time.")
    return bytes(body)


def error_of(response: httpx.Response, data: bytes, method: str) -> RapidataError:
    """The error that an unsuccessful answer means. The body's text is used only where it is problem+json."""
    status = response.status_code
    problem = _problem(response, data)
    said = problem.title or problem.detail or ""
    trace = problem.trace_id or str(response.headers.get("x-trace-id", ""))
    if status in (401, 403):
        denied = NotAuthenticated if status == 401 else AccessDenied
        return denied(
            said or "The platform refuses access with these credentials.", "`rapidata-mcp doctor` checks them."
        )
    if status == 404:
        return NotFound(said or "The platform has nothing under this id.", "")
    if status == 409:
        return NotYet(said or "The platform cannot answer this yet.", "Ask again in a few seconds.", trace_id=trace)
    if status == 429:
        return Throttled(
            "The platform asks for fewer requests.",
            "Wait a little and try again.",
            retry_after=_retry_after(response.headers.get("retry-after", "")),
        )
    if 400 <= status < 500:
        fields = "".join(f" {name}: {'; '.join(messages)}." for name, messages in (problem.errors or {}).items())
        return Refused(
            f"{said or f'The platform refused the request (status {status}).'}{fields}",
            fields=problem.errors,
            trace_id=trace,
        )
    return BadAnswer(
        f"The platform failed (status {status}).",
        "Try again later." if method == "GET" else CHECK_FIRST,
        transient=status in _TRANSIENT,
        trace_id=trace,
    )


def _problem(response: httpx.Response, data: bytes) -> Problem:
    kind = response.headers.get("content-type", "").split(";")[0]
    if not (kind == "application/json" or kind.endswith("+json")):
        return Problem()
    try:
        return Problem.model_validate(json.loads(data))
    except ValueError:
        return Problem()


def _pause_before_repeating(method: str, failure: PlatformFailure, attempt: int) -> float | None:
    """Seconds to wait before the request is repeated; None when it must not be."""
    if not failure.transient or (method != "GET" and failure.applied is not False):
        return None
    if isinstance(failure, Unreachable) and attempt >= MOST_RECONNECTS:
        return None
    if isinstance(failure, Throttled) and failure.retry_after is not None:
        return failure.retry_after
    step: float = min(_LONGEST_PAUSE_S, 0.25 * 2**attempt)
    return step / 2 + random.random() * step / 2


def _retry_after(value: str) -> float | None:
    """Seconds to wait, from a number of seconds or an HTTP date; None when it is neither."""
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    try:
        seconds: float = parsedate_to_datetime(value).timestamp() - time.time()
        return max(0.0, seconds)
    except ValueError:
        return None


def _encoded(query: Query) -> str:
    """A query string in the SDK's encoding: spaces as %20, brackets encoded, slashes bare (contract A.7)."""
    return "&".join(f"{quote(name, safe='')}={quote(str(value), safe='/')}" for name, value in query.items())
