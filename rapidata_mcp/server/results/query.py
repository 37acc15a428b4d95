"""A query for results, as a caller of get_results makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rapidata_mcp.calls import NextStep
from rapidata_mcp.server.results.labeler_groups import Dimension
from rapidata_mcp.tasks.results import OutcomeOrder, Selection

Detail = Literal["verdict", "pairs", "responses"]


@dataclass(frozen=True)
class ResultsQuery:
    """The part of the results that is shown. `fix` is the step that gets the job moving again if it has stalled."""

    detail: Detail = "pairs"
    only: Selection = "all"
    text: str = ""
    order: OutcomeOrder = "informative"
    slice_by: Literal["none", Dimension] = "none"
    people_only: bool = False
    cursor: str = ""
    fix: NextStep = field(default_factory=NextStep)

    def selects(self, matching: int, total: int) -> bool:
        """Whether it leaves out outcomes, here or on the page that its cursor comes from."""
        return self.only != "all" or bool(self.text) or matching < total
