"""The rate at which a job receives responses, estimated from response counts at different times.

No platform returns the time of a response (contract G.9). So the rate is known only while this program reads the job.
"""

from __future__ import annotations

from dataclasses import dataclass

IDLE_S = 60.0
"""Seconds without a response after which a job counts as idle."""
WINDOW_S = 300.0
"""Counts older than this are ignored, unless there is only one newer count."""
MIN_INTERVAL_S = 5.0
"""Counts closer together than this are merged into the newer one."""


@dataclass(frozen=True)
class ResponseRate:
    """Responses per minute, None if unknown; and the seconds since the count last grew."""

    per_minute: float | None = None
    idle_s: float = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no response has arrived for a while."""
        return self.idle_s >= IDLE_S


class ResponseCounts:
    """The response counts of a running job, each with its time in seconds since the epoch, oldest first."""

    def __init__(self, created_at: float, now: float) -> None:
        is_new = 0 <= now - created_at < IDLE_S  # an older job may have been paused or queued in between
        self._counts: list[tuple[float, int]] = [(created_at, 0)] if is_new else []
        self._grew_at = now

    def add(self, responses: int, now: float) -> None:
        """Add a count."""
        counts = self._counts
        if counts and responses < counts[-1][1]:
            counts.clear()  # the platform withdrew responses and collects them again
        if not counts or responses != counts[-1][1]:
            self._grew_at = now
        if len(counts) > 1 and counts[-1][0] - counts[-2][0] < MIN_INTERVAL_S:
            counts.pop()
        counts.append((now, responses))
        while len(counts) > 2 and counts[1][0] <= now - WINDOW_S:
            counts.pop(0)

    def rate(self, now: float) -> ResponseRate:
        """Return the rate between the oldest count of the window and the newest count."""
        idle = now - self._grew_at
        if len(self._counts) < 2 or idle >= IDLE_S:
            return ResponseRate(idle_s=idle)
        recent = [count for count in self._counts[:-1] if now - WINDOW_S < count[0] <= now - MIN_INTERVAL_S]
        (at, responses), newest = (recent or self._counts)[0], self._counts[-1][1]
        return ResponseRate(60 * (newest - responses) / (now - at) if newest > responses and now > at else None, idle)
