"""Orders of pairs that cursors hold on to, so that paging meets every pair once while responses come in."""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Sequence

KEPT = 32
"""Orders kept in memory; 400 kB each for a job of a hundred thousand pairs."""


class Orders:
    """The latest orders, each under a name that follows from its content."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, array[int]] = OrderedDict()

    def keep(self, job_id: str, positions: Sequence[int]) -> str:
        """Remember an order of a job's pairs; its name."""
        order = array("I", positions)
        name = hashlib.blake2b(job_id.encode() + b"\n" + order.tobytes(), digest_size=6).hexdigest()
        self._kept[name] = order
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return name

    def find(self, name: str) -> Sequence[int] | None:
        """The order of this name, unless it is forgotten."""
        return self._kept.get(name)
