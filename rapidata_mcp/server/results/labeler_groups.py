"""Groups of labelers: who answered, and the verdict of each group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from pydantic import BaseModel

from rapidata_mcp.aggregate.share import share_of_job
from rapidata_mcp.server.replies import UntrustedText, clean, count_of
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.results import JobResults

Dimension = Literal["country", "language", "age", "gender"]
DIMENSIONS: tuple[Dimension, ...] = ("country", "language", "age", "gender")
MIN_PEOPLE = 5
"""Groups of fewer people are not shown by name."""
MOST_GROUPS = 6
MOST_GROUPS_OF_ALL = 4
"""Groups along each dimension if all dimensions are shown."""
WHEN_SHOWN = (
    f"A group is shown if at least {MIN_PEOPLE} of its labelers have answered the same datapoint. More responses per "
    "datapoint show more groups."
)
NO_TEST = (
    "Each interval is that of one group alone. Whether groups differ is not tested; overlapping intervals are no "
    "evidence that they do."
)


class LabelerGroup(BaseModel):
    """Labelers with a value in common: their responses, and their share for the first item or the leading answer."""

    by: Dimension
    value: UntrustedText
    responses: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class LabelerGroups:
    """The groups that are shown, with remarks on groups that are left out and on the figures."""

    rows: list[LabelerGroup]
    remarks: list[str]


@dataclass
class _Cell:
    """The labelers who have a value in common."""

    people: int = 0
    responses: int = 0
    votes: list[tuple[int, int]] = field(default_factory=list)


def largest_groups(
    results: JobResults, outcomes: Sequence[Outcome], by: Dimension | None, *, shares: bool
) -> LabelerGroups:
    """Return the largest groups along one dimension or along all, counted in these outcomes.

    Results do not name labelers. But nobody answers a datapoint twice, so the most responses of a group to one
    datapoint are the least number of its people. A group that may have fewer than `MIN_PEOPLE` is left out.
    """
    dimensions, most = (DIMENSIONS, MOST_GROUPS_OF_ALL) if by is None else ((by,), MOST_GROUPS)
    cells = _count(results, outcomes, dimensions, shares=shares)
    rows = [row for dimension in dimensions for row in _largest(cells, dimension, most)]
    remarks = [remark for dimension in dimensions if (remark := _left_out(cells, dimension, most))]
    if any(value and cell.people < MIN_PEOPLE for (_, value), cell in cells.items()):
        remarks.append(WHEN_SHOWN)
    if any(row.share is not None for row in rows):
        remarks.append(NO_TEST)
    return LabelerGroups(rows, remarks)


def _count(
    results: JobResults, outcomes: Sequence[Outcome], dimensions: Sequence[Dimension], *, shares: bool
) -> Mapping[tuple[Dimension, str], _Cell]:
    cells: dict[tuple[Dimension, str], _Cell] = defaultdict(_Cell)
    side_of, leader = results.kind.side, results.verdict.leader
    for outcome in outcomes:
        responses = list(outcome.responses())
        sides = [side_of(outcome, response.answer, leader) if shares else None for response in responses]
        for dimension in dimensions:
            alike = Counter(zip(map(attrgetter(dimension), responses), sides, strict=True))
            for value in {value for value, _ in alike}:
                a, b, neither = alike[value, "a"], alike[value, "b"], alike[value, None]
                cell = cells[dimension, value]
                cell.people = max(cell.people, a + b + neither)
                cell.responses += a + b + neither
                if a or b:
                    cell.votes.append((a, b))
    return cells


def _largest(cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension, most: int) -> list[LabelerGroup]:
    return [_group(dimension, value, cell) for value, cell in _known(cells, dimension)[:most]]


def _known(cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension) -> list[tuple[str, _Cell]]:
    """The groups along a dimension that may be shown, the largest first."""
    known = [
        (value, cell)
        for (along, value), cell in cells.items()
        if along == dimension and value and cell.people >= MIN_PEOPLE
    ]
    return sorted(known, key=lambda entry: (-entry[1].responses, entry[0]))


def _left_out(cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension, most: int) -> str:
    """A remark on the groups and responses that are not shown; empty if all are."""
    of_dimension = {value: cell for (along, value), cell in cells.items() if along == dimension}
    small = [cell.responses for value, cell in of_dimension.items() if value and cell.people < MIN_PEOPLE]
    unknown = of_dimension[""].responses if "" in of_dimension else 0
    known = _known(cells, dimension)
    beyond = [cell.responses for _, cell in known[most:]]
    each = " each" if len(small) > 1 else ""
    parts = [
        f"{'all ' if len(small) > 1 and not known else ''}{count_of(len(small), 'group')} that may be fewer than "
        f"{MIN_PEOPLE} people{each} ({count_of(sum(small), 'response')}{' together' if each else ''})"
        if small
        else "",
        f"{count_of(len(beyond), 'smaller group')} ({count_of(sum(beyond), 'response')})" if beyond else "",
        f"{count_of(unknown, 'response')} without a known {dimension}" if unknown else "",
    ]
    text = "; ".join(part for part in parts if part)
    return f"Left out by {dimension}: {text}." if text else ""


def _group(dimension: Dimension, value: str, cell: _Cell) -> LabelerGroup:
    group = LabelerGroup(by=dimension, value=clean(value, 30), responses=cell.responses)
    if cell.votes:
        share = share_of_job(cell.votes)
        group.share, group.low, group.high = (round(part, 3) for part in (share.value, share.low, share.high))
    return group
