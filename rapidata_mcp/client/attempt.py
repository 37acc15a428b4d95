"""Making a thing once although answers get lost: what is remembered between tries, and the look before a repeat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import PlatformFailure, RapidataError

SETTLE_S = 1.0
"""A request whose answer was lost gets this long to take effect before one looks."""
TRIES = 3


class Attempt(Protocol):
    """A try at making something that may have been begun before, by this process or one that ended."""

    @property
    def resumed(self) -> bool:
        """Whether an earlier try at the same thing ended without a result."""

    def noted(self, name: str) -> str | None:
        """What an earlier step wrote down."""

    async def note(self, name: str, value: str) -> None:
        """Write down what a step led to, for a later try."""

    async def claim(self, made_id: str) -> bool:
        """Take what was found for what this try made; False where something else is known to have made it."""


class FirstAttempt:
    """A try of which nothing is remembered."""

    resumed = False

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
) -> str:
    """Send a request that makes something; its id is returned.

    Where an answer was lost, now or in an earlier try, what it may have made is looked up before it is sent again.

    Raises:
        RapidataError: when the request was refused, or the outcome is still unknown after some tries.
    """
    if attempt.resumed:
        await clock.sleep(SETTLE_S)
        found = await find()
        if found is not None:
            return found
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
            if not failure.transient or tries >= TRIES:
                raise
        except RapidataError as refusal:
            if not tries:
                raise
            raise PlatformFailure(refusal.message, refusal.next_step) from None
