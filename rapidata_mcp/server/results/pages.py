"""Pages of results: a cursor pins the order of outcomes, so that each is shown once while responses come in."""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Sequence

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server.results.query import ResultsQuery
from rapidata_mcp.tasks.results import JobResults, select_outcomes

KEPT = 32
"""Orders kept in memory; 400 kB each for a job of a hundred thousand pairs."""
SAME_AGAIN = "Pass the same only, order, text and people_only as before, or start again without a cursor."


class PinnedOrders:
    """The latest orders of outcomes, each under a name that is a hash of its content."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, array[int]] = OrderedDict()

    def pin(self, job_id: str, positions: Sequence[int]) -> str:
        """Keep an order of a job's outcomes, and return its name."""
        order = array("I", positions)
        name = hashlib.blake2b(job_id.encode() + b"\n" + order.tobytes(), digest_size=6).hexdigest()
        self._kept[name] = order
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return name

    def find(self, name: str) -> Sequence[int] | None:
        """Return the order of this name; None if it is forgotten."""
        return self._kept.get(name)


class ResultsPage:
    """The outcomes that a query selects, from its cursor on.

    `positions` are those of the whole selection. `skipped` is the number of responses to the first outcome that were
    on the page before.

    Raises:
        InvalidArgument: if the task type has no such selection, or the cursor is not one of this selection.
    """

    def __init__(self, orders: PinnedOrders, job_id: str, results: JobResults, query: ResultsQuery) -> None:
        selections = results.kind.selections
        if query.only not in selections:
            raise InvalidArgument(
                "only", f"'{query.only}' has no meaning for {results.kind.name}.", f"Use {' or '.join(selections)}."
            )
        offset, skipped, name = query.cursor.split(".") if query.cursor else ("0", "0", "")
        pinned = orders.find(name)
        self._offset, self.skipped = int(offset), int(skipped)
        self.positions = select_outcomes(results, query.only, query.text, query.order) if pinned is None else pinned
        self._name = orders.pin(job_id, self.positions)
        if query.cursor and self._name != name:
            problem = "belongs to another job." if pinned else "has expired, since the results have changed."
            raise InvalidArgument("cursor", problem, SAME_AGAIN)
        outcomes = results.outcomes
        self.outcomes = [outcomes[place - 1] for place in self.positions[self._offset :] if place <= len(outcomes)]

    def after(self, passed: int, seen: int) -> str:
        """Return the cursor after `passed` outcomes of this page and `seen` responses to the next; empty at the end."""
        offset = self._offset + passed
        return f"{offset}.{seen}.{self._name}" if offset < len(self.positions) else ""
