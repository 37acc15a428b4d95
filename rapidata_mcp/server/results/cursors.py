"""Cursors: what is shown next, in an order that stays while responses come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server.results.orders import Orders

SAME_AGAIN = "Give the same only, order, text and people_only as for the page before, or start again without a cursor."


class Cursor:
    """Where a caller is in the results of a job; `choose` gives the positions asked for, in their order.

    `here` are the positions from the cursor on, `skipped` the responses to the first of them that were shown before.

    Raises:
        InvalidArgument: when the cursor does not lead on from here.
    """

    def __init__(self, orders: Orders, job_id: str, cursor: str, choose: Callable[[], Sequence[int]]) -> None:
        self._offset, self.skipped = 0, 0
        self.positions: Sequence[int]
        if cursor:
            offset, skipped, self._name = cursor.split(".")
            self._offset, self.skipped = int(offset), int(skipped)
            self.positions = _pinned(orders, job_id, self._name, choose)
        else:
            self.positions = choose()
            self._name = orders.keep(job_id, self.positions)
        self.here = self.positions[self._offset :]

    def after(self, passed: int, seen: int) -> str:
        """The cursor behind so many positions of this page, and so many responses of the next; empty at the end."""
        offset = self._offset + passed
        return f"{offset}.{seen}.{self._name}" if offset < len(self.positions) else ""


def _pinned(orders: Orders, job_id: str, name: str, choose: Callable[[], Sequence[int]]) -> Sequence[int]:
    """The order that a cursor holds on to; made again where the server has forgotten it and nothing has changed.

    Raises:
        InvalidArgument: when it is forgotten and the responses are others by now, or the cursor is of another job.
    """
    kept = orders.find(name)
    if kept is not None:
        if orders.keep(job_id, kept) != name:
            raise InvalidArgument("cursor", "belongs to another job.", SAME_AGAIN)
        return kept
    positions = choose()
    if orders.keep(job_id, positions) != name:
        raise InvalidArgument("cursor", "does not lead on from here any more.", SAME_AGAIN)
    return positions
