"""Who answered, and how each group of labelers sees it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from pydantic import BaseModel

from rapidata_mcp.aggregate.share import of_job
from rapidata_mcp.server.replies import Outside, clean
from rapidata_mcp.tasks.compare_results import Answer, CompareResults
from rapidata_mcp.tasks.outcomes import Response

Dimension = Literal["country", "language", "age", "gender"]
DIMENSIONS: tuple[Dimension, ...] = ("country", "language", "age", "gender")
MIN_PEOPLE = 5
"""Groups of fewer people are not shown by name."""
MOST_GROUPS = 6


class Group(BaseModel):
    """Labelers with something in common: their responses, and their share for the first item."""

    by: Dimension
    value: Outside
    responses: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass
class _Cell:
    """The labelers who have a value in common."""

    people: int = 0
    responses: int = 0
    votes: list[tuple[int, int]] = field(default_factory=list)


def groups(
    results: CompareResults, dimensions: Sequence[Dimension], *, shares: bool, most: int = MOST_GROUPS
) -> list[Group]:
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
) -> list[Group]:
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
    return [row for dimension in dimensions for row in _largest(cells, dimension, shares, most)]


def _largest(
    cells: Mapping[tuple[Dimension, str], _Cell], dimension: Dimension, shares: bool, most: int
) -> list[Group]:
    known = [
        (value, cell)
        for (along, value), cell in cells.items()
        if along == dimension and value and cell.people >= MIN_PEOPLE
    ]
    known.sort(key=lambda entry: (-entry[1].responses, entry[0]))
    return [_group(dimension, value, cell.responses, cell.votes if shares else []) for value, cell in known[:most]]


def _group(dimension: Dimension, value: str, responses: int, votes: list[tuple[int, int]]) -> Group:
    group = Group(by=dimension, value=clean(value, 30), responses=responses)
    if votes:
        share = of_job(votes)
        group.share, group.low, group.high = (round(part, 3) for part in (share.value, share.low, share.high))
    return group
