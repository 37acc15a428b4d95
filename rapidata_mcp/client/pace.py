"""The pace of a job: how fast responses come in, told from the times at which they were counted.

No platform tells when a response came (contract G.9), so what is not seen coming in is not claimed.
"""

from __future__ import annotations

from dataclasses import dataclass

QUIET_S = 60.0
"""Seconds without a response after which a job is said to have stopped moving."""
RECENT_S = 300.0
"""Counts older than this say nothing of the pace now, unless there is no newer one to compare with."""
APART_S = 5.0
"""Counts that are less than this apart say little of a pace; only the latest of them is kept."""


@dataclass(frozen=True)
class Pace:
    """Responses a minute in the last minutes, None where that was not seen; seconds since one was seen coming in."""

    per_minute: float | None = None
    quiet_s: float = 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has come in for a while."""
        return self.quiet_s >= QUIET_S


class Counts:
    """How many responses a running job had, and when: in seconds since the epoch, oldest first."""

    def __init__(self, begun_at: float, now: float) -> None:
        young = 0 <= now - begun_at < QUIET_S  # an older job may have stood still, paused or queued, for part of that
        self._seen: list[tuple[float, int]] = [(begun_at, 0)] if young else []
        self._grew_at = now

    def add(self, responses: int, now: float) -> None:
        """Note how many there are now."""
        if self._seen and responses < self._seen[-1][1]:
            self._seen = []  # some were withdrawn, and are asked for anew
        if not self._seen or responses != self._seen[-1][1]:
            self._grew_at = now
        if len(self._seen) > 1 and self._seen[-1][0] - self._seen[-2][0] < APART_S:
            self._seen.pop()
        self._seen.append((now, responses))
        while len(self._seen) > 2 and self._seen[1][0] <= now - RECENT_S:
            self._seen.pop(0)

    def pace(self, now: float) -> Pace:
        """The pace up to now, by the oldest of the recent counts and the newest."""
        quiet = now - self._grew_at
        if len(self._seen) < 2 or quiet >= QUIET_S:
            return Pace(quiet_s=quiet)
        recent = [count for count in self._seen[:-1] if now - RECENT_S < count[0] <= now - APART_S]
        (at, responses), latest = (recent or self._seen)[0], self._seen[-1][1]
        return Pace(60 * (latest - responses) / (now - at) if latest > responses and now > at else None, quiet)
