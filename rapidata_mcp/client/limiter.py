"""A limit on concurrent requests, which adapts to the platform."""

from __future__ import annotations

import anyio

MAX_CAPACITY = 50
"""A higher limit makes bulk work slower: the processor is the bottleneck."""
RECOVERY = 20
"""Successes in a row after which the capacity grows by one."""


class ConcurrencyLimiter:
    """A capacity that halves when the platform throttles, and recovers step by step.

    `generation` counts the halvings. A 429 to a request from before a halving does not halve the capacity again.
    """

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(MAX_CAPACITY)
        self.generation = 0
        self._successes = 0

    @property
    def capacity(self) -> int:
        """The most concurrent requests at present."""
        return int(self._limiter.total_tokens)

    async def __aenter__(self) -> int:
        """Wait for capacity, and return the generation in which the request is sent."""
        try:
            self._limiter.acquire_nowait()  # acquire() would go through the event loop each time
        except anyio.WouldBlock:
            await self._limiter.acquire()
        return self.generation

    async def __aexit__(self, *_: object) -> None:
        """Release the capacity."""
        self._limiter.release()

    def record_throttling(self, generation: int) -> None:
        """Record a 429 to a request of this generation."""
        self._successes = 0
        if generation == self.generation:
            self.generation += 1
            self._limiter.total_tokens = max(1, self.capacity // 2)

    def record_success(self) -> None:
        """Record a successful request."""
        self._successes += 1
        if self._successes >= RECOVERY and self.capacity < MAX_CAPACITY:
            self._limiter.total_tokens = self.capacity + 1
            self._successes = 0
