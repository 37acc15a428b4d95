"""Rates: how much anybody may ask for in a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from rapidata_mcp.clock import Clock

MOST_KEPT = 20_000
"""Askers whose rate is remembered; the one who asked least recently is forgotten first."""


@dataclass(frozen=True)
class Rate:
    """A number of requests per second in the long run, and a number at once."""

    per_second: float
    at_once: int


class Rates:
    """Counts requests by who asks: a bucket each, which fills up again as time passes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, rate: Rate) -> float:
        """Seconds until one more request is within the rate; 0 where it is, and it is counted."""
        now = self._clock.now()
        left, since = self._buckets.pop(who, (float(rate.at_once), now))
        passed = max(0.0, now - since)  # or a clock that is set back would lock everybody out
        left = min(rate.at_once, left + passed * rate.per_second)
        allowed = left >= 1
        self._buckets[who] = (left - 1 if allowed else left, now)
        if len(self._buckets) > MOST_KEPT:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / rate.per_second
