"""Who answered, and how each group of labelers sees it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal

from pydantic import BaseModel

from rapidata_mcp.aggregate.share import of_job
from rapidata_mcp.server.replies import Outside, clean
from rapidata_mcp.tasks.compare_results import CompareResults

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


def groups(results: CompareResults, dimension: Dimension, *, shares: bool, most: int = MOST_GROUPS) -> list[Group]:
    """The largest groups along a dimension.

    Results do not say who answered, but nobody answers a pair twice: a group has at least as many people as it gave
    responses to one pair. Where these are fewer than `MIN_PEOPLE` the group is left out.
    """
    people: dict[str, int] = defaultdict(int)
    responses: Counter[str] = Counter()
    votes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for pair in results.pairs:
        here: dict[str, list[int]] = {}
        for answer in pair.answers():
            counts = here.setdefault(getattr(answer, dimension), [0, 0, 0])
            counts[2 if answer.side is None else "ab".index(answer.side)] += 1
        for value, (a, b, neither) in here.items():
            people[value] = max(people[value], a + b + neither)
            responses[value] += a + b + neither
            if a or b:
                votes[value].append((a, b))
    shown = [value for value, _ in responses.most_common() if value and people[value] >= MIN_PEOPLE][:most]
    return [_group(dimension, value, responses[value], votes[value] if shares else []) for value in shown]


def _group(dimension: Dimension, value: str, responses: int, votes: list[tuple[int, int]]) -> Group:
    group = Group(by=dimension, value=clean(value, 30), responses=responses)
    if votes:
        share = of_job(votes)
        group.share, group.low, group.high = (round(part, 3) for part in (share.value, share.low, share.high))
    return group
