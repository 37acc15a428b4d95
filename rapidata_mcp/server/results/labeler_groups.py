"""Who answered, and how each group of labelers sees it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from pydantic import BaseModel

from rapidata_mcp.aggregate.share import of_job
from rapidata_mcp.server.replies import UntrustedText, clean, count_of
from rapidata_mcp.tasks.compare_results import Answer, CompareResults
from rapidata_mcp.tasks.outcomes import Response

Dimension = Literal["country", "language", "age", "gender"]
DIMENSIONS: tuple[Dimension, ...] = ("country", "language", "age", "gender")
MIN_PEOPLE = 5
"""Groups of fewer people are not shown by name."""
MOST_GROUPS = 6
WHEN_SHOWN = (
    f"A group is shown once {MIN_PEOPLE} of it have answered the same datapoint: more responses to each bring that "
    "about."
)
NO_TEST = (
    "Intervals are those of each group alone: whether groups differ is not tested, and overlapping intervals are no "
    "evidence that they do."
)


class Group(BaseModel):
    """Labelers with something in common: their responses, and their share for the first item."""

    by: Dimension
    value: UntrustedText
    responses: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Groups:
    """The groups that are shown, and in words what is left out and what the figures are."""

    rows: list[Group]
    remarks: list[str]


@dataclass
class _Cell:
    """The labelers who have a value in common."""

    people: int = 0
    responses: int = 0
    votes: list[tuple[int, int]] = field(default_factory=list)


def groups(
    results: CompareResults, dimensions: Sequence[Dimension], *, shares: bool, most: int = MOST_GROUPS
) -> Groups:
    """The largest groups along each dimension.

    Results do not say who answered, but nobody answers a pair twice: a group has at least as many people as it gave
    responses to one pair. Where these are fewer than `MIN_PEOPLE` the group is left out.
    """
    pairs = results.pairs if results.single else results.sample
    units = ([(answer, answer.side) for answer in pair.answers()] for pair in pairs)
    return grouped(units, dimensions, shares=shares, most=most)


def grouped(
    units: Iterable[Sequence[tuple[Answer | Response, Literal["a", "b"] | None]]],
    dimensions: Sequence[Dimension],
    *,
    shares: bool,
    most: int = MOST_GROUPS,
) -> Groups:
    """The same of responses to each datapoint, with the side that each is on; shares are those of side `a`."""
    cells: dict[tuple[Dimension, str], _Cell] = defaultdict(_Cell)
    for unit in units:
        answers, sides = [answer for answer, _ in unit], [side for _, side in unit]
        for dimension in dimensions:
            values = map(attrgetter(dimension), answers)
            here = Counter(zip(values, sides, strict=True))
            for value in {value for value, _ in here}:
                a, b, neither = here[value, "a"], here[value, "b"], here[value, None]
                cell = cells[dimension, value]
                cell.people = max(cell.people, a + b + neither)
                cell.responses += a + b + neither
                if a or b:
                    cell.votes.append((a, b))
    rows = [row for dimension in dimensions for row in _largest(cells, dimension, shares, most)]
    told = shares and any(row.share is not None for row in rows)
    remarks = [left for dimension in dimensions if (left := _left_out(cells, dimension, most))]
    small = any(value and cell.people < MIN_PEOPLE for (_, value), cell in cells.items())
    return Groups(rows, [*remarks, *([WHEN_SHOWN] if small else []), *([NO_TEST] if told else [])])


def _largest(
    cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension, shares: bool, most: int
) -> list[Group]:
    known = _known(cells, dimension)
    return [_group(dimension, value, cell.responses, cell.votes if shares else []) for value, cell in known[:most]]


def _known(cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension) -> list[tuple[str, _Cell]]:
    """The groups along a dimension that may be shown, the largest first."""
    known = [
        (value, cell)
        for (along, value), cell in cells.items()
        if along == dimension and value and cell.people >= MIN_PEOPLE
    ]
    return sorted(known, key=lambda entry: (-entry[1].responses, entry[0]))


def _left_out(cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension, most: int) -> str:
    """How many groups and responses are not shown, and why; empty where all are."""
    of_dimension = {value: cell for (along, value), cell in cells.items() if along == dimension}
    small = [cell.responses for value, cell in of_dimension.items() if value and cell.people < MIN_PEOPLE]
    unknown = of_dimension[""].responses if "" in of_dimension else 0
    known = _known(cells, dimension)
    beyond = [cell.responses for _, cell in known[most:]]
    each = " each" if len(small) > 1 else ""
    left = [
        f"{'all ' if len(small) > 1 and not known else ''}{count_of(len(small), 'group')} that may be fewer than "
        f"{MIN_PEOPLE} people{each} ({count_of(sum(small), 'response')}{' together' if each else ''})"
        if small
        else "",
        f"{count_of(len(beyond), 'smaller group')} ({count_of(sum(beyond), 'response')})" if beyond else "",
        f"{count_of(unknown, 'response')} without a known {dimension}" if unknown else "",
    ]
    told = "; ".join(part for part in left if part)
    return f"By {dimension} are left out: {told}." if told else ""


def _group(dimension: Dimension, value: str, responses: int, votes: list[tuple[int, int]]) -> Group:
    group = Group(by=dimension, value=clean(value, 30), responses=responses)
    if votes:
        share = of_job(votes)
        group.share, group.low, group.high = (round(part, 3) for part in (share.value, share.low, share.high))
    return group
