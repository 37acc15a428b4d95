"""The votes on the pairs of a ranking job, put together for each of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local.pairs import RankedList, lists_of
from rapidata_mcp.local.tables import datapoints, job_datapoints
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.task import Vote


async def votes_by_list(
    connection: AsyncConnection, job: RowMapping, revision: Revision, votes: Mapping[int, Sequence[Vote]]
) -> list[tuple[RankedList, list[Vote]]]:
    """Each list with its votes, which name as their choice the item that won and as their value the one that lost.

    `votes` are those on the pairs, by position; the order of time is kept.
    """
    lists = await lists_of(connection, revision.dataset_id)
    places = {one.name: {name: at for at, name in enumerate(one.names)} for one in lists}
    cast: dict[str, list[Vote]] = {one.name: [] for one in lists}
    rows = await connection.execute(
        select(job_datapoints.c.position, datapoints.c.group_name, datapoints.c.item_names)
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
        .order_by(job_datapoints.c.position)
    )
    for position, group, names in rows:
        at = [places[group or ""][name] for name in names]
        for vote in votes.get(position, ()):
            cast[group or ""].append(replace(vote, choice=at[vote.choice], value=at[1 - vote.choice]))
    return [(one, cast[one.name]) for one in lists]
