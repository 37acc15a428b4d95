"""Creates and deletes that take effect once, even if a response is lost.

The platform has no idempotency keys (contract A.8). So after a lost response, the program looks for the effect of the
request before it sends the request again. An `Attempt` holds what has to survive between two tries.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from rapidata_mcp.calls import NextStep
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import PlatformFailure, RapidataError

SETTLE_S = 1.0
"""Seconds that a request with a lost response gets to take effect before its effect is looked for."""
TRIES = 3
PREEXISTING = "there before"
"""The checkpoint with the ids of similar things that existed before the first try."""


class Attempt(Protocol):
    """A try at a create. This process, or one that was killed, may have tried before."""

    @property
    def tried_at(self) -> float | None:
        """The time at which an earlier try ended without a result, or began if it was killed; None without one."""

    def rule_out_earlier(self) -> None:
        """Record that no earlier try created anything or still can."""

    def checkpoint(self, name: str) -> str | None:
        """Return what an earlier step saved under this name."""

    async def save_checkpoint(self, name: str, value: str) -> None:
        """Save the result of a step for a later try."""

    async def claim(self, made_id: str) -> bool:
        """Record that this attempt created the thing; return False if something else is known to have created it."""


class FirstAttempt:
    """An attempt without a memory."""

    tried_at = None

    def rule_out_earlier(self) -> None:
        """Do nothing: there was no earlier try."""

    def checkpoint(self, name: str) -> str | None:
        """Return None: nothing was saved."""
        return None

    async def save_checkpoint(self, name: str, value: str) -> None:
        """Do nothing: no later try would read it."""

    async def claim(self, made_id: str) -> bool:
        """Return True: nothing else is known."""
        return True


async def send_once(
    send: Callable[[], Awaitable[str]],
    find: Callable[[], Awaitable[str | None]],
    attempt: Attempt,
    clock: Clock,
    *,
    late_s: float = 0.0,
) -> str:
    """Send a request that creates something, and return the id of the thing.

    If a response was lost, now or in an earlier try, `find` looks for the thing before the request is sent again. A
    request that must not take effect twice gets `late_s`: for so long after a lost response it is not sent again,
    because the lost one may still take effect.

    Raises:
        RapidataError: if the request was refused, or its outcome is still unknown after some tries.
    """
    if attempt.tried_at is not None:
        await clock.sleep(SETTLE_S)
        made_id = await find()
        if made_id is not None:
            return made_id
        wait = attempt.tried_at + late_s - clock.now()
        if wait > 0:
            raise PlatformFailure(
                "An earlier request for the same thing got no response, and it may still take effect.",
                f"Call again in {wait:.0f} seconds. The program then looks for its effect before it sends another.",
            )
        if late_s:
            attempt.rule_out_earlier()
    tries = 0
    while True:
        try:
            return await send()
        except PlatformFailure as failure:
            if tries:
                failure.applied = None  # an earlier try may still take effect
            if failure.applied is False:
                raise
            tries += 1
            await clock.sleep(SETTLE_S)
            try:
                made_id = await find()
            except RapidataError:
                raise failure from None  # the outcome is still unknown
            if made_id is not None:
                return made_id
            if late_s:
                failure.next_step = NextStep(
                    f"Call again in {late_s:.0f} seconds. The program then looks for the effect of this request "
                    "before it sends another"
                )
            if late_s or not failure.transient or tries >= TRIES:
                raise
        except RapidataError as refusal:
            if not tries:
                raise
            raise PlatformFailure(refusal.message, refusal.next_step) from None


async def create_distinct(
    send: Callable[[], Awaitable[str]],
    similar: Callable[[], Awaitable[Iterable[str]]],
    attempt: Attempt,
    clock: Clock,
    *,
    late_s: float = 0.0,
) -> str:
    """Create a thing that may look like others, and return its id. `similar` returns the ids of all, newest first.

    After a lost response, the created thing is one that did not exist before the first try and that nothing else is
    known to have created.

    Raises:
        RapidataError: as `send_once`, or if `similar` fails before anything is sent.
    """
    preexisting = await _read_preexisting(attempt, similar)

    async def find() -> str | None:
        for made_id in await similar():
            if made_id not in preexisting and await attempt.claim(made_id):
                return made_id
        return None

    return await send_once(send, find, attempt, clock, late_s=late_s)


async def _read_preexisting(attempt: Attempt, similar: Callable[[], Awaitable[Iterable[str]]]) -> frozenset[str]:
    """Return the ids of similar things from before the first try. They are saved before anything is sent.

    Times cannot replace the ids: two clocks never agree, and to take an older thing for the created one is as bad as to
    miss it. If an earlier try saved nothing, any similar thing may be its work.
    """
    saved = attempt.checkpoint(PREEXISTING)
    if saved is not None:
        return frozenset(json.loads(saved))
    if attempt.tried_at is not None:
        return frozenset()
    try:
        ids = frozenset(await similar())
    except PlatformFailure as failure:
        failure.applied = False
        raise
    await attempt.save_checkpoint(PREEXISTING, json.dumps(sorted(ids)))
    return ids


async def delete_once(send: Callable[[], Awaitable[None]], exists: Callable[[], Awaitable[bool]], clock: Clock) -> None:
    """Send a request that deletes something. If its response is lost, `exists` is asked before it is sent again.

    Raises:
        RapidataError: if the request was refused, or its outcome is still unknown after some tries.
    """

    async def delete() -> str:
        await send()
        return "deleted"

    async def find() -> str | None:
        return None if await exists() else "deleted"

    await send_once(delete, find, FirstAttempt(), clock)
