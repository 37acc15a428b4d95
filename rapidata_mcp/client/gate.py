"""How many requests are on their way at once: fewer when the platform asks for fewer, more again when all is well."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import anyio

MOST = 50
"""More at once make bulk work slower, not faster: the processor is the limit."""
RECOVERY = 20
"""Successes in a row after which one more request may be on its way."""


class Gate:
    """A capacity that halves on each 429 and recovers step by step."""

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(MOST)
        self._successes = 0

    @property
    def capacity(self) -> int:
        """Requests that may be on their way now."""
        return int(self._limiter.total_tokens)

    def __call__(self) -> AbstractAsyncContextManager[None]:
        """One request's way through."""
        return self._limiter

    def throttled(self) -> None:
        """The platform answered 429."""
        self._limiter.total_tokens = max(1, self.capacity // 2)
        self._successes = 0

    def succeeded(self) -> None:
        """The platform answered as it should."""
        self._successes += 1
        if self._successes >= RECOVERY and self.capacity < MOST:
            self._limiter.total_tokens = self.capacity + 1
            self._successes = 0
