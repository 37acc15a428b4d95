"""What a caller of get_results asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.server.results.labeler_groups import Dimension
from rapidata_mcp.tasks.compare_verdict import Only, Order

Detail = Literal["verdict", "pairs", "responses"]


@dataclass(frozen=True)
class Request:
    """What a caller of get_results wants to see, and what mends its job where that stands still."""

    detail: Detail = "pairs"
    only: Only = "all"
    text: str = ""
    order: Order = "informative"
    slice_by: Literal["none", Dimension] = "none"
    people_only: bool = False
    cursor: str = ""
    fix: NextStep | Call | str = ""

    def filters(self, matching: int, total: int) -> bool:
        """Whether not everything was asked for, here or on the page that a cursor comes from."""
        return self.only != "all" or bool(self.text) or matching < total
