"""The pauses between the tries of one request (contract A.8)."""

from __future__ import annotations

import random

from rapidata_mcp.errors import PlatformFailure, Throttled, Unreachable

MAX_RECONNECTS = 3
MAX_PAUSE_S = 10.0
FIRST_PAUSE_S = 0.25


class RetryBudget:
    """`seconds` for all pauses of one request together. A `harmless` request may take effect twice."""

    def __init__(self, seconds: float, *, harmless: bool) -> None:
        self._left = seconds
        self._harmless = harmless
        self._retries = 0
        self._reconnects = 0

    def pause_after(self, failure: PlatformFailure) -> float | None:
        """Return the seconds to wait before a retry; None if a retry is not allowed or would come too late.

        A request that may have taken effect is retried only if it is harmless. The pauses double, with jitter so that
        many clients do not return together, and are at least as long as the platform asks for.
        """
        if not failure.transient or not (self._harmless or failure.applied is False):
            return None
        if isinstance(failure, Unreachable):
            self._reconnects += 1
            if self._reconnects > MAX_RECONNECTS:
                return None
        step = min(MAX_PAUSE_S, FIRST_PAUSE_S * 2.0**self._retries)
        pause = step / 2 + random.random() * step / 2
        if isinstance(failure, Throttled) and failure.retry_after is not None:
            pause = max(pause, failure.retry_after)
        if pause >= self._left:
            return None
        self._left -= pause
        self._retries += 1
        return pause
