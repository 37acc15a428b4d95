"""How many requests are on their way at once: fewer when the platform asks for fewer, more again when all is well."""

from __future__ import annotations

import anyio

MOST = 50
"""More at once make bulk work slower, not faster: the processor is the limit."""
RECOVERY = 20
"""Successes in a row after which one more request may be on its way."""


class Gate:
    """A capacity that halves when the platform throttles, and recovers step by step.

    `turn` counts the halvings: what was under way before one says nothing about the capacity after it.
    """

    def __init__(self) -> None:
        self.limiter = anyio.CapacityLimiter(MOST)
        self.turn = 0
        self._successes = 0

    @property
    def capacity(self) -> int:
        """Requests that may be on their way now."""
        return int(self.limiter.total_tokens)

    def throttled(self, turn: int) -> None:
        """The platform answered 429 to a request that was sent in this turn."""
        self._successes = 0
        if turn == self.turn:
            self.turn += 1
            self.limiter.total_tokens = max(1, self.capacity // 2)

    def succeeded(self) -> None:
        """The platform answered as it should."""
        self._successes += 1
        if self._successes >= RECOVERY and self.capacity < MOST:
            self.limiter.total_tokens = self.capacity + 1
            self._successes = 0
