"""A platform that fails on request, in front of the embedded one: each rule meets the next requests that it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import anyio
import httpx2 as httpx
import pytest

from rapidata_mcp.errors import RapidataError

Failing = Callable[[httpx.Request, Callable[[], Awaitable[httpx.Response]]], Awaitable[httpx.Response]]
SECRET = ("internal-hostname-7", "Rapidata.Secret.Stack.Frame")
"""What foreign bodies hold, and no error may repeat."""


class Pieces(httpx.AsyncByteStream):
    """A body in pieces, the last of which may be an error."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def answer(status: int, body: bytes = b"", kind: str = "text/html", **headers: str) -> Failing:
    """This answer, without asking the platform."""

    async def fail(request: httpx.Request, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        message = {"content-type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers=message, stream=Pieces(body))

    return fail


def passed() -> Failing:
    """Nothing goes wrong."""

    async def fail(request: httpx.Request, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        return await ask()

    return fail


def broken(error: type[httpx.TransportError], *, applied: bool) -> Failing:
    """The connection breaks, before or after the platform did what was asked."""

    async def fail(request: httpx.Request, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        if applied:
            await ask()
        raise error(SECRET[0])

    return fail


def stalled(*, applied: bool) -> Failing:
    """No answer ever, before or after the platform did what was asked."""

    async def fail(request: httpx.Request, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        if applied:
            await ask()
        await anyio.sleep_forever()
        raise AssertionError

    return fail


def replaced(status: int, *body: bytes | Exception, kind: str = "application/json") -> Failing:
    """The platform does what was asked, but something else comes back."""

    async def fail(request: httpx.Request, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        await ask()
        return httpx.Response(status, headers={"content-type": kind}, stream=Pieces(*body))

    return fail


@dataclass
class Rule:
    """How the next `times` requests fail whose method and path match."""

    pattern: re.Pattern[str]
    failing: Failing
    times: int


@dataclass
class Faults(httpx.AsyncBaseTransport):
    """The transport to a platform, with faults. `asked` counts what reached the platform itself."""

    platform: httpx.AsyncBaseTransport
    rules: list[Rule] = field(default_factory=list)
    sent: list[httpx.Request] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def on(self, pattern: str, failing: Failing, times: int = 1) -> None:
        """Let the next requests fail whose "METHOD /path" matches."""
        self.rules.append(Rule(re.compile(pattern), failing, times))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Fail by a rule, or ask the platform."""
        self.sent.append(request)
        asked = f"{request.method} {request.url.path}"

        async def ask() -> httpx.Response:
            self.asked[asked] += 1
            return await self.platform.handle_async_request(request)

        for rule in self.rules:
            if rule.times and rule.pattern.search(asked):
                rule.times -= 1
                return await rule.failing(request, ask)
        return await ask()


async def failure_of(work: Awaitable[object]) -> RapidataError:
    """The error that this ends in, which holds nothing of what somebody else sent."""
    with pytest.raises(RapidataError) as failure:
        await work
    message = f"{failure.value} {failure.value.args} {vars(failure.value)}"
    assert not any(word in message for word in SECRET)
    assert failure.value.__cause__ is None
    return failure.value
