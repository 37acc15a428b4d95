"""The votes on the pairs of a ranking job, by the list that the pairs are from (contract G.9)."""

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
    """Read the lists of a job, each with the votes of all labelers or of some, oldest first.

    The `choice` of a vote is the item that won, its `value` the item that lost.
    """
    lists = await lists_of(connection, revision.dataset_id)
    votes = await votes_in_time(connection, job["id"], who)
    pairs = await connection.execute(
        select(job_datapoints.c.position, datapoints.c.group_name, datapoints.c.item_names)
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
    )

    def put_together() -> list[tuple[RankedList, list[Vote]]]:
        places, votes_of = _places(lists), {ranked.name: list[Vote]() for ranked in lists}
        shown = {
            position: (group or "", [places[group or ""][name] for name in names]) for position, group, names in pairs
        }
        for position, vote in votes:
            group, items = shown[position]
            votes_of[group].append(replace(vote, choice=items[vote.choice], value=items[1 - vote.choice]))
        return [(ranked, votes_of[ranked.name]) for ranked in lists]

    return await to_thread.run_sync(put_together)


def _places(lists: Sequence[RankedList]) -> dict[str, dict[str, int]]:
    return {ranked.name: {name: place for place, name in enumerate(ranked.names)} for ranked in lists}


async def ranked_groups(
    connection: AsyncConnection, job: RowMapping, revision: Revision, first: int, most: int
) -> tuple[int, list[dict[str, Any]]]:
    """Read the number of lists of a job, and at most `most` lists from `first` on with the scores of their items."""
    lists = await lists_of(connection, revision.dataset_id)
    return len(lists), await _groups(connection, job, revision, lists[first : first + most])


async def ranked_group(
    connection: AsyncConnection, job: RowMapping, revision: Revision, group_id: str
) -> dict[str, Any] | None:
    """Read a list with the scores of its items; None if no list has this id."""
    lists = await lists_of(connection, revision.dataset_id)
    groups = await _groups(connection, job, revision, [each for each in lists if _group_id(job, each) == group_id])
    return next(iter(groups), None)


async def _groups(
    connection: AsyncConnection, job: RowMapping, revision: Revision, lists: Sequence[RankedList]
) -> list[dict[str, Any]]:
    """Read the scores of the items of these lists, the best first."""
    rows = await connection.execute(
        select(datapoints.c.group_name, datapoints.c.item_names, responses.c.choice)
        .join(job_datapoints, job_datapoints.c.datapoint_id == datapoints.c.id)
        .join(
            responses,
            (responses.c.job_id == job_datapoints.c.job_id) & (responses.c.position == job_datapoints.c.position),
        )
        .where(
            job_datapoints.c.job_id == job["id"],
            func.coalesce(datapoints.c.group_name, "").in_([ranked.name for ranked in lists]),
        )
        .order_by(responses.c.at, responses.c.id)
    )
    media = await stored_media(connection, [name for ranked in lists for name in ranked.names])

    def rank() -> list[dict[str, Any]]:
        workflow = cast(GroupedRankingWorkflow, revision.spec)
        places, outcomes = _places(lists), {ranked.name: list[tuple[int, int]]() for ranked in lists}
        for group, names, choice in rows:
            place_of = places[group or ""]
            outcomes[group or ""].append((place_of[names[choice]], place_of[names[1 - choice]]))
        return [_group(job, workflow, ranked, outcomes[ranked.name], media) for ranked in lists]

    return await to_thread.run_sync(rank)  # the strengths of many long lists take seconds


def _group_id(job: RowMapping, ranked: RankedList) -> str:
    return f"grp_{job['id'].removeprefix('job_')}_{ranked.name}"


def _group(
    job: RowMapping,
    workflow: GroupedRankingWorkflow,
    ranked: RankedList,
    outcomes: Sequence[tuple[int, int]],
    media: Mapping[str, Media],
) -> dict[str, Any]:
    scores = scores_of(outcomes, len(ranked.names), workflow)
    return {
        "id": _group_id(job, ranked),
        "name": ranked.name,
        "state": "Done" if job["settled_count"] >= job["datapoint_count"] else "Labeling",
        "pairMakerInformation": _pair_maker(workflow, len(outcomes)),
        "datapoints": [
            {
                "datapointId": ranked.ids[place],
                "asset": item_asset(ranked.names[place], media),
                "elo": scores[place],
            }
            for place in sorted(range(len(scores)), key=lambda place: -scores[place])
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
