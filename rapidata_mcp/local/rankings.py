"""The votes on the pairs of a ranking job, put together for each of its lists (contract G.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local.cards import item_asset
from rapidata_mcp.local.media import Media, stored_media
from rapidata_mcp.local.pairs import RankedList, budget_of, lists_of
from rapidata_mcp.local.tables import datapoints, job_datapoints, responses
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.ranking import RANDOM_SHARE, GroupedRankingWorkflow, scores_of
from rapidata_mcp.tasks.task import Vote


async def votes_by_list(
    connection: AsyncConnection, job: RowMapping, revision: Revision, votes: Mapping[int, Sequence[Vote]]
) -> list[tuple[RankedList, list[Vote]]]:
    """Each list with its votes, which name as their choice the item that won and as their value the one that lost.

    `votes` are those on the pairs, by position; the order of time is kept.
    """
    lists = await lists_of(connection, revision.dataset_id)
    places = {one.name: {name: at for at, name in enumerate(one.names)} for one in lists}
    given: dict[str, list[Vote]] = {one.name: [] for one in lists}
    rows = await connection.execute(
        select(job_datapoints.c.position, datapoints.c.group_name, datapoints.c.item_names)
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
        .order_by(job_datapoints.c.position)
    )
    for position, group, names in rows:
        at = [places[group or ""][name] for name in names]
        for vote in votes.get(position, ()):
            given[group or ""].append(replace(vote, choice=at[vote.choice], value=at[1 - vote.choice]))
    return [(one, given[one.name]) for one in lists]


async def ranked_groups(connection: AsyncConnection, job: RowMapping, revision: Revision) -> list[dict[str, Any]]:
    """Each list with the scores of its items, the best first; `ids` are those of its datapoints."""
    workflow = cast(GroupedRankingWorkflow, revision.asked)
    rows = await connection.execute(
        select(responses.c.position, responses.c.choice)
        .where(responses.c.job_id == job["id"])
        .order_by(responses.c.position, responses.c.at)
    )
    votes: dict[int, list[Vote]] = defaultdict(list)
    for position, choice in rows:
        votes[position].append(Vote(choice, 0.0, "", "", "", "", "", simulated=False))
    by_list = await votes_by_list(connection, job, revision, votes)
    media = await stored_media(connection, [name for one, _ in by_list for name in one.names])
    return [_group(job, workflow, one, cast_votes, media) for one, cast_votes in by_list]


def _group(
    job: RowMapping,
    workflow: GroupedRankingWorkflow,
    one: RankedList,
    votes: Sequence[Vote],
    media: Mapping[str, Media],
) -> dict[str, Any]:
    outcomes = [(vote.choice, vote.value) for vote in votes]
    scores = scores_of(outcomes, len(one.names), workflow)
    ranked = sorted(range(len(scores)), key=lambda at: -scores[at])
    return {
        "id": f"grp_{job['id'].removeprefix('job_')}_{one.name}",
        "name": one.name,
        "state": "Done" if job["settled_count"] >= job["datapoint_count"] else "Labeling",
        "pairMakerInformation": _pair_maker(workflow, len(votes)),
        "datapoints": [
            {"datapointId": one.ids[at], "asset": item_asset(one.names[at], media), "elo": scores[at]} for at in ranked
        ],
        "totalVotes": len(votes),
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
