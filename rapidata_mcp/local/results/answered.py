"""The datapoints of a job, or the lists of a ranking, with the votes on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, job_datapoints
from rapidata_mcp.local.jobs.pairs import is_ranking
from rapidata_mcp.local.jobs.tallies import Who, votes_of
from rapidata_mcp.local.questions.media import Media, context_names, items_shown, stored_media
from rapidata_mcp.local.questions.questions import question_of
from rapidata_mcp.local.results.rankings import votes_by_list
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.task import DatapointVotes, Vote


@dataclass(frozen=True)
class Answered:
    """A datapoint at a position of a job, from 0, with the votes on it. `names` are the stored names of its items."""

    position: int
    names: Sequence[str]
    context: str | None
    segments: Sequence[dict[str, Any]] | None
    private_metadata: Mapping[str, str] | None
    votes: Sequence[Vote]

    def with_question(self, revision: Revision, media: Mapping[str, Media], base: str) -> DatapointVotes:
        """Return the datapoint with its question and items; stored files are below the URL `base`."""
        contexts = context_names(self.segments)
        sources = {name: media[name].source for name in (*self.names, *contexts) if name in media}
        return DatapointVotes(
            question=question_of(revision, self.names, self.context, self.segments, sources),
            items=items_shown(self.names, media, base),
            votes=self.votes,
            private_metadata=self.private_metadata,
            spec=revision.spec,
        )


async def read_answered(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    who: Who | None = None,
    positions: Sequence[int] | None = None,
) -> list[Answered]:
    """Read the datapoints of a job, or those at these positions, with all votes or those of some labelers."""
    if is_ranking(revision):
        ranked = await votes_by_list(connection, job, revision, who)
        return [
            Answered(position, each.names, each.context, each.context_segments, None, votes)
            for position, (each, votes) in enumerate(ranked)
            if positions is None or position in positions
        ]
    votes = await votes_of(connection, job["id"], who, positions)
    content = datapoints.c
    query = (
        select(
            job_datapoints.c.position, content.item_names, content.context, content.segments, content.private_metadata
        )
        .join(datapoints, content.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
        .order_by(job_datapoints.c.position)
    )
    if positions is not None:
        query = query.where(job_datapoints.c.position.in_(positions))
    rows = await connection.execute(query)

    def put_together() -> list[Answered]:
        return [Answered(*row, votes=votes.get(row.position, ())) for row in rows]

    return await to_thread.run_sync(put_together)


async def media_of(connection: AsyncConnection, answered: Iterable[Answered]) -> dict[str, Media]:
    """Return the media among the items and contexts of datapoints, by stored name."""

    def names() -> list[str]:
        return [name for each in answered for name in (*each.names, *context_names(each.segments))]

    return await stored_media(connection, await to_thread.run_sync(names))
