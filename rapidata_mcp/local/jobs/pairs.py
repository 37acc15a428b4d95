"""The pairs of ranking jobs: made when a job starts and, where its workflow asks for that, while it runs.

A pair is a datapoint like any other, in a data set that only its job has. So labelers, crowd and referees need to know
nothing of rankings; `rankings.py` puts the votes of a list together again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from random import Random
from typing import Any, cast

from anyio import to_thread
from sqlalchemy import RowMapping, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.bradley_terry import MAX_ITEMS, estimate_values
from rapidata_mcp.aggregate.pairing import Pair, close_pairs, every_pair, random_pairs
from rapidata_mcp.database.tables import (
    datapoints,
    dataset_groups,
    datasets,
    job_datapoints,
    jobs,
    responses,
)
from rapidata_mcp.local.jobs.revisions import datapoint_count, revision_of
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.ranking import RANDOM_SHARE, GroupedRankingWorkflow, OnlinePairMaker

BUDGET = 50
"""Comparisons of a list where an online pair maker does not say."""


@dataclass
class RankedList:
    """The items of a list, in order: their datapoints' ids, names, and assets as they were sent."""

    name: str
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    assets: list[dict[str, Any]] = field(default_factory=list)
    context: str | None = None
    context_segments: list[dict[str, Any]] = field(default_factory=list)


async def lists_of(connection: AsyncConnection, dataset_id: str) -> list[RankedList]:
    """The lists of a data set, in the order of their first items; an item that occurs twice in one counts once."""
    content = datapoints.c
    rows = await connection.execute(
        select(content.id, content.item_names, content.segments, content.context, content.group_name)
        .where(content.dataset_id == dataset_id)
        .order_by(content.sort_index, content.arrived_at, content.id)
    )
    lists: dict[str, RankedList] = {}
    known: set[tuple[str, str]] = set()
    for datapoint_id, names, segments, context, group in rows:
        one = lists.setdefault(
            group or "", RankedList(group or "", context=context, context_segments=_context_segments(segments))
        )
        if (one.name, names[0]) not in known:
            known.add((one.name, names[0]))
            one.ids.append(datapoint_id)
            one.names.append(names[0])
            one.assets.append(next(part["asset"] for part in segments if part["key"] == "asset"))
    groups = await connection.execute(select(dataset_groups).where(dataset_groups.c.dataset_id == dataset_id))
    for row in groups.mappings():
        if row["name"] in lists:
            lists[row["name"]].context, lists[row["name"]].context_segments = (
                row["context"],
                _context_segments(row["segments"]),
            )
    return list(lists.values())


def _context_segments(segments: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(part) for part in segments if part["key"] != "asset"]


def planned(workflow: GroupedRankingWorkflow, items: int) -> int:
    """Return the number of comparisons for a list with this number of items (contract F.5)."""
    if items < 2:
        return 0
    return items * (items - 1) // 2 if workflow.online is None else budget_of(workflow.online)


def budget_of(online: OnlinePairMaker) -> int:
    """How many comparisons of a list it makes."""
    return online.total_comparison_budget or BUDGET


def is_ranking(revision: Revision) -> bool:
    """Whether a revision asks about pairs of its datapoints."""
    return isinstance(revision.spec, GroupedRankingWorkflow)


def _workflow(revision: Revision) -> GroupedRankingWorkflow:
    return cast(GroupedRankingWorkflow, revision.spec)


async def unit_count(connection: AsyncConnection, revision: Revision) -> int:
    """How many units of work a revision has: its datapoints, or the comparisons of its lists.

    Raises ProblemError (400) where a list is too long to be ranked.
    """
    if not is_ranking(revision):
        return await datapoint_count(connection, revision.dataset_id)
    lists = await lists_of(connection, revision.dataset_id)
    if max((len(one.names) for one in lists), default=0) > MAX_ITEMS:
        raise ProblemError(400, f"A list to rank has at most {MAX_ITEMS} items here.")
    return sum(planned(_workflow(revision), len(one.names)) for one in lists)


async def drafted_pairs(
    connection: AsyncConnection, revision: Revision, first: int, most: int
) -> tuple[int, list[tuple[Any, ...]]]:
    """How many different pairs a draft may lead to, and at most `most` of them, from the one at `first` on.

    Of each the names of its items, its context, and its segments. What a budget has beyond every pair repeats some.
    """
    count, shown = 0, []
    for one in await lists_of(connection, revision.dataset_id):
        pairs = min(len(one.names) * (len(one.names) - 1) // 2, planned(_workflow(revision), len(one.names)))
        here = islice(
            combinations(range(len(one.names)), 2), max(0, first - count), max(0, min(pairs, first + most - count))
        )
        shown += [tuple(_columns(one, pair).values()) for pair in here]
        count += pairs
    return count, shown


async def lay_out(connection: AsyncConnection, job_id: str, revision: Revision, now: float) -> dict[str, Any]:
    """Make the first pairs of a ranking job, in a data set of its own; what its row has to know of them."""
    workflow, random, dataset_id = _workflow(revision), Random(job_id), new_id("dst")
    name = f"Pairs of {job_id}"
    await connection.execute(insert(datasets), {"id": dataset_id, "name": name, "schema": None, "created_at": now})
    lists = await lists_of(connection, revision.dataset_id)

    def make() -> list[tuple[RankedList, Pair]]:
        made = [(one, pair) for one in lists for pair in _first_pairs(random, workflow, len(one.names))]
        random.shuffle(made)
        return made

    first = await to_thread.run_sync(make)
    await _add(connection, job_id, dataset_id, first, 0, now)
    return {"pairs_dataset_id": dataset_id, "pairs_made": len(first)}


def _first_pairs(random: Random, workflow: GroupedRankingWorkflow, items: int) -> list[Pair]:
    if items < 2 or workflow.online is None:
        return every_pair(items)
    budget, share = budget_of(workflow.online), workflow.online.random_matches_ratio
    at_random = round(budget * (RANDOM_SHARE if share is None else share))
    return random_pairs(random, items, min(budget, max(at_random, (items + 1) // 2)))


async def make_more(connection: AsyncConnection, job: RowMapping, made: int, now: float) -> None:
    """Make the next pairs of each list, of items with similar strengths so far; `made` have been made."""
    revision = await revision_of(connection, job["definition_id"], job["revision"])
    workflow, random = _workflow(revision), Random(f"{job['id']} {made}")
    lists = await lists_of(connection, revision.dataset_id)
    tallies = await _tallies(connection, job["id"])

    def make() -> list[tuple[RankedList, Pair]]:
        met = _met(lists, tallies)
        return [(one, pair) for one in lists for pair in _close_pairs(random, workflow, one, met[one.name])]

    more = await to_thread.run_sync(make)  # strengths of many long lists take seconds, in which others are served
    await _add(connection, job["id"], job["pairs_dataset_id"], more, made, now)
    await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(pairs_made=made + len(more)))


def _close_pairs(random: Random, workflow: GroupedRankingWorkflow, one: RankedList, met: _Met) -> list[Pair]:
    """The next pairs of a list, as long as its budget lasts."""
    items = len(one.names)
    wanted = min(planned(workflow, items) - met.pairs.total(), max(1, items // 2))
    return close_pairs(random, estimate_values(met.wins, items), wanted, met.pairs) if wanted > 0 else []


@dataclass
class _Met:
    """Who has met whom in a list: comparisons of two items, and how often the first of two won."""

    pairs: Counter[Pair] = field(default_factory=Counter)
    wins: Counter[tuple[int, int]] = field(default_factory=Counter)


def _met(lists: Sequence[RankedList], tallies: Iterable[Any]) -> dict[str, _Met]:
    places = {one.name: {name: at for at, name in enumerate(one.names)} for one in lists}
    met = {one.name: _Met() for one in lists}
    for group, names, first_won, votes in tallies:
        first, second = (places[group or ""][name] for name in names)
        here = met[group or ""]
        here.pairs[(first, second) if first < second else (second, first)] += 1
        for outcome, times in (((first, second), first_won or 0), ((second, first), (votes or 0) - (first_won or 0))):
            if times:
                here.wins[outcome] += times
    return met


async def _tallies(connection: AsyncConnection, job_id: str) -> Iterable[Any]:
    """List and items of each pair of a job, in order, how often the first of the two won, and how many votes it has."""
    content, given = datapoints.c, responses.c
    counted = (
        select(
            given.position, func.sum(case((given.choice == 0, 1), else_=0)).label("first"), func.count().label("votes")
        )
        .where(given.job_id == job_id)
        .group_by(given.position)
        .subquery()
    )
    return await connection.execute(
        select(content.group_name, content.item_names, counted.c.first, counted.c.votes)
        .join(job_datapoints, job_datapoints.c.datapoint_id == content.id)
        .join(counted, counted.c.position == job_datapoints.c.position, isouter=True)
        .where(job_datapoints.c.job_id == job_id)
        .order_by(job_datapoints.c.position)
    )


async def _add(
    connection: AsyncConnection,
    job_id: str,
    dataset_id: str,
    pairs: Sequence[tuple[RankedList, Pair]],
    made: int,
    now: float,
) -> None:
    rows = [
        {
            "id": new_id("dpt"),
            "dataset_id": dataset_id,
            "sort_index": position,
            "arrived_at": now,
            "group_name": one.name,
            **_columns(one, pair),
        }
        for position, (one, pair) in enumerate(pairs, start=made)
    ]
    if rows:
        await connection.execute(insert(datapoints), rows)
        units = [
            {"job_id": job_id, "position": row["sort_index"], "datapoint_id": row["id"], "settled": False}
            for row in rows
        ]
        await connection.execute(insert(job_datapoints), units)


def _columns(one: RankedList, pair: Pair) -> dict[str, Any]:
    shown = {"_t": "MultiAssetInput", "assets": [one.assets[at] for at in pair]}
    return {
        "item_names": [one.names[at] for at in pair],
        "context": one.context,
        "segments": [{"key": "asset", "kind": "Asset", "asset": shown}, *one.context_segments],
    }
