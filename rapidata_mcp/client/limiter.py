"""How many requests are on their way at once: fewer when the platform asks for fewer, more again when all is well."""

from __future__ import annotations

import anyio

MOST = 50
"""More at once make bulk work slower, not faster: the processor is the limit."""
RECOVERY = 20
"""Successes in a row after which one more request may be on its way."""


class ConcurrencyLimiter:
    """A capacity that halves when the platform throttles, and recovers step by step.

    `turn` counts the halvings: what was under way before one says nothing about the capacity after it.
    """

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(MOST)
        self.turn = 0
        self._successes = 0

    @property
    def capacity(self) -> int:
        """Requests that may be on their way now."""
        return int(self._limiter.total_tokens)

    async def __aenter__(self) -> int:
        """Wait until there is room for one more request; the turn in which it is sent."""
        try:
            self._limiter.acquire_nowait()  # without the round through the event loop that acquire() makes
        except anyio.WouldBlock:
            await self._limiter.acquire()
        return self.turn

    async def __aexit__(self, *_: object) -> None:
        """The request has been answered, or never will be."""
        self._limiter.release()

    def throttled(self, turn: int) -> None:
        """The platform answered 429 to a request that was sent in this turn."""
        self._successes = 0
        if turn == self.turn:
            self.turn += 1
            self._limiter.total_tokens = max(1, self.capacity // 2)

    def succeeded(self) -> None:
        """The platform answered as it should."""
        self._successes += 1
        if self._successes >= RECOVERY and self.capacity < MOST:
            self._limiter.total_tokens = self.capacity + 1
            self._successes = 0
