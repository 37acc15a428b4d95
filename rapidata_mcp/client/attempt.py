"""Making a thing once although answers get lost: what is remembered between tries, and the look before a repeat."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from rapidata_mcp.calls import NextStep
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import PlatformFailure, RapidataError

SETTLE_S = 1.0
"""A request whose answer was lost gets this long to take effect before one looks."""
TRIES = 3
EARLIER = "there before"
"""The note of what was there before the first try."""


class Attempt(Protocol):
    """A try at making something that may have been begun before, by this process or one that ended."""

    @property
    def tried_at(self) -> float | None:
        """When an earlier try at the same thing ended without a result, or began where it was killed; None: never."""

    def settle_earlier(self) -> None:
        """Know that no earlier try made anything, or will: it was looked for, late enough."""

    def noted(self, name: str) -> str | None:
        """What an earlier step wrote down."""

    async def note(self, name: str, value: str) -> None:
        """Write down what a step led to, for a later try."""

    async def claim(self, made_id: str) -> bool:
        """Take what was found for what this try made; False where something else is known to have made it."""


class FirstAttempt:
    """A try of which nothing is remembered."""

    tried_at = None

    def settle_earlier(self) -> None:
        """There is none."""

    def noted(self, name: str) -> str | None:
        """Nothing was written down."""
        return None

    async def note(self, name: str, value: str) -> None:
        """Nothing is remembered."""

    async def claim(self, made_id: str) -> bool:
        """Nothing else is known."""
        return True


async def make_once(
    send: Callable[[], Awaitable[str]],
    find: Callable[[], Awaitable[str | None]],
    attempt: Attempt,
    clock: Clock,
    *,
    late_s: float = 0.0,
) -> str:
    """Send a request that makes something; its id is returned.

    Where an answer was lost, now or in an earlier try, what it may have made is looked up before it is sent again; and
    it is not sent again within `late_s` seconds, where it must not happen twice even if it takes effect that late.

    Raises:
        RapidataError: when the request was refused, or the outcome is still unknown after some tries.
    """
    if attempt.tried_at is not None:
        await clock.sleep(SETTLE_S)
        found = await find()
        if found is not None:
            return found
        wait = attempt.tried_at + late_s - clock.now()
        if wait > 0:
            raise PlatformFailure(
                "An earlier request for the same got no answer, and it may still take effect.",
                f"Call again in {wait:.0f} seconds: what it made is looked for before anything is repeated.",
            )
        if late_s:
            attempt.settle_earlier()
    tries = 0
    while True:
        try:
            return await send()
        except PlatformFailure as failure:
            if tries:
                failure.applied = None  # an earlier one may still take effect
            if failure.applied is False:
                raise
            tries += 1
            await clock.sleep(SETTLE_S)
            try:
                found = await find()
            except RapidataError:
                raise failure from None  # the outcome is still unknown, whatever kept us from looking
            if found is not None:
                return found
            if late_s:
                failure.next_step = NextStep(
                    f"Call again in {late_s:.0f} seconds: what it made is looked for before a repeat"
                )
            if late_s or not failure.transient or tries >= TRIES:
                raise
        except RapidataError as refusal:
            if not tries:
                raise
            raise PlatformFailure(refusal.message, refusal.next_step) from None


async def make_new(
    send: Callable[[], Awaitable[str]],
    alike: Callable[[], Awaitable[Iterable[str]]],
    attempt: Attempt,
    clock: Clock,
    *,
    late_s: float = 0.0,
) -> str:
    """Make once what others may have made alike: by `alike`, the ids of what looks the same, newest first.

    Where an answer was lost, ours is one that was not there before the first try, and that nothing else is known to
    have made.

    Raises:
        RapidataError: as `make_once`; or what was there before cannot be read, and nothing was sent.
    """
    before = await _there_before(attempt, alike)

    async def find() -> str | None:
        for made_id in await alike():
            if made_id not in before and await attempt.claim(made_id):
                return made_id
        return None

    return await make_once(send, find, attempt, clock, late_s=late_s)


async def _there_before(attempt: Attempt, look: Callable[[], Awaitable[Iterable[str]]]) -> frozenset[str]:
    """The ids of what was there before the first try, read and written down before anything is sent.

    By ids, not by time: two clocks never agree, and to take an older thing for ours is as bad as to miss ours. Where an
    earlier try wrote nothing down, anything may be its work.
    """
    noted = attempt.noted(EARLIER)
    if noted is not None:
        return frozenset(json.loads(noted))
    if attempt.tried_at is not None:
        return frozenset()
    try:
        ids = frozenset(await look())
    except PlatformFailure as failure:
        failure.applied = False
        raise
    await attempt.note(EARLIER, json.dumps(sorted(ids)))
    return ids


async def remove_once(send: Callable[[], Awaitable[None]], exists: Callable[[], Awaitable[bool]], clock: Clock) -> None:
    """Send a request that removes something. Where its answer was lost, one looks before it is sent again.

    Raises:
        RapidataError: when the request was refused, or the outcome is still unknown after some tries.
    """

    async def remove() -> str:
        await send()
        return "gone"

    async def find() -> str | None:
        return None if await exists() else "gone"

    await make_once(remove, find, FirstAttempt(), clock)
