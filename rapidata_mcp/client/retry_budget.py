"""How long to wait before a request is repeated, and when it must not be (contract A.8)."""

from __future__ import annotations

import random

from rapidata_mcp.errors import PlatformFailure, Throttled, Unreachable

MOST_RECONNECTS = 3
LONGEST_PAUSE_S = 10.0
FIRST_PAUSE_S = 0.25


class RetryBudget:
    """The pauses of one request: `budget` seconds together, `harmless` when repeating it changes nothing."""

    def __init__(self, budget: float, *, harmless: bool) -> None:
        self._left = budget
        self._harmless = harmless
        self._repeats = 0
        self._reconnects = 0

    def pause_after(self, failure: PlatformFailure) -> float | None:
        """Seconds to wait before the request is repeated; None when it must not be, or would come too late.

        What may have taken effect is not repeated. As long as the platform asks for, and longer each time, with
        jitter, so that many clients do not come back together.
        """
        if not failure.transient or not (self._harmless or failure.applied is False):
            return None
        if isinstance(failure, Unreachable):
            self._reconnects += 1
            if self._reconnects > MOST_RECONNECTS:
                return None
        step = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0**self._repeats)
        pause = step / 2 + random.random() * step / 2
        if isinstance(failure, Throttled) and failure.retry_after is not None:
            pause = max(pause, failure.retry_after)
        if pause >= self._left:
            return None
        self._left -= pause
        self._repeats += 1
        return pause
