"""The votes on the pairs of a ranking job, put together for each of its lists (contract G.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from anyio import to_thread
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, job_datapoints, responses
from rapidata_mcp.local.jobs.pairs import RankedList, budget_of, lists_of
from rapidata_mcp.local.jobs.tallies import Who, votes_in_time
from rapidata_mcp.local.questions.media import Media, stored_media
from rapidata_mcp.local.results.cards import item_asset
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.ranking import RANDOM_SHARE, GroupedRankingWorkflow, scores_of
from rapidata_mcp.tasks.task import Vote


async def votes_by_list(
    connection: AsyncConnection, job: RowMapping, revision: Revision, who: Who | None = None
) -> list[tuple[RankedList, list[Vote]]]:
    """Each list with its votes in the order of time, of all or of such labelers.

    A vote names as its choice the item that won, and as its value the one that lost.
    """
    lists = await lists_of(connection, revision.dataset_id)
    votes = await votes_in_time(connection, job["id"], who)
    pairs = await connection.execute(
        select(job_datapoints.c.position, datapoints.c.group_name, datapoints.c.item_names)
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
    )

    def put_together() -> list[tuple[RankedList, list[Vote]]]:
        places, given = _places(lists), {one.name: list[Vote]() for one in lists}
        asked = {
            position: (group or "", [places[group or ""][name] for name in names]) for position, group, names in pairs
        }
        for position, vote in votes:
            group, at = asked[position]
            given[group].append(replace(vote, choice=at[vote.choice], value=at[1 - vote.choice]))
        return [(one, given[one.name]) for one in lists]

    return await to_thread.run_sync(put_together)


def _places(lists: Sequence[RankedList]) -> dict[str, dict[str, int]]:
    return {one.name: {name: at for at, name in enumerate(one.names)} for one in lists}


async def ranked_groups(
    connection: AsyncConnection, job: RowMapping, revision: Revision, first: int, most: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many lists a job ranks, and at most `most` of them from `first` on, each with the scores of its items."""
    lists = await lists_of(connection, revision.dataset_id)
    return len(lists), await _groups(connection, job, revision, lists[first : first + most])


async def ranked_group(
    connection: AsyncConnection, job: RowMapping, revision: Revision, group_id: str
) -> dict[str, Any] | None:
    """A list with the scores of its items; None where no list has this id."""
    lists = await lists_of(connection, revision.dataset_id)
    groups = await _groups(connection, job, revision, [one for one in lists if _group_id(job, one) == group_id])
    return next(iter(groups), None)


async def _groups(
    connection: AsyncConnection, job: RowMapping, revision: Revision, lists: Sequence[RankedList]
) -> list[dict[str, Any]]:
    """These lists with the scores of their items, the best first; `ids` are those of its datapoints."""
    rows = await connection.execute(
        select(datapoints.c.group_name, datapoints.c.item_names, responses.c.choice)
        .join(job_datapoints, job_datapoints.c.datapoint_id == datapoints.c.id)
        .join(
            responses,
            (responses.c.job_id == job_datapoints.c.job_id) & (responses.c.position == job_datapoints.c.position),
        )
        .where(
            job_datapoints.c.job_id == job["id"],
            func.coalesce(datapoints.c.group_name, "").in_([one.name for one in lists]),
        )
        .order_by(responses.c.at, responses.c.id)
    )
    media = await stored_media(connection, [name for one in lists for name in one.names])

    def ranked() -> list[dict[str, Any]]:
        places, outcomes = _places(lists), {one.name: list[tuple[int, int]]() for one in lists}
        for group, names, choice in rows:
            at = places[group or ""]
            outcomes[group or ""].append((at[names[choice]], at[names[1 - choice]]))
        return [
            _group(job, cast(GroupedRankingWorkflow, revision.asked), one, outcomes[one.name], media) for one in lists
        ]

    return await to_thread.run_sync(ranked)  # strengths of many long lists take seconds, in which others are served


def _group_id(job: RowMapping, one: RankedList) -> str:
    return f"grp_{job['id'].removeprefix('job_')}_{one.name}"


def _group(
    job: RowMapping,
    workflow: GroupedRankingWorkflow,
    one: RankedList,
    outcomes: Sequence[tuple[int, int]],
    media: Mapping[str, Media],
) -> dict[str, Any]:
    scores = scores_of(outcomes, len(one.names), workflow)
    ranked = sorted(range(len(scores)), key=lambda at: -scores[at])
    return {
        "id": _group_id(job, one),
        "name": one.name,
        "state": "Done" if job["settled_count"] >= job["datapoint_count"] else "Labeling",
        "pairMakerInformation": _pair_maker(workflow, len(outcomes)),
        "datapoints": [
            {"datapointId": one.ids[at], "asset": item_asset(one.names[at], media), "elo": scores[at]} for at in ranked
        ],
        "totalVotes": len(outcomes),
    }


def _pair_maker(workflow: GroupedRankingWorkflow, votes: int) -> dict[str, Any]:
    if workflow.online is None:
        return {"_t": "FullPermutationPairMakerInformation"}
    budget = budget_of(workflow.online)
    share = workflow.online.random_matches_ratio
    return {
        "_t": "OnlinePairMakerInformation",
        "randomMatchesRatio": RANDOM_SHARE if share is None else share,
        "totalComparisonBudget": budget,
        "currentComparisonBudget": max(0, budget - votes),
    }
