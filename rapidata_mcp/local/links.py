"""Label links: what a person can work on who was given the link of an audience, or of one job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local.problems import missing
from rapidata_mcp.local.tables import audiences, jobs

ENDED = ("Completed", "StaleResults", "Failed")
"""States in which a job asks nobody any more."""


@dataclass(frozen=True)
class Link:
    """What stands behind the id of an audience, its jobs that go on, the oldest first; or behind that of one job.

    `pool` is the audience whose examples are answered first, which of a slice is the one it was cut from; None where
    it was deleted.
    """

    id: str
    audience_id: str
    pool: RowMapping | None
    jobs: Sequence[RowMapping]


async def find_link(connection: AsyncConnection, identifier: str) -> Link:
    """Follow the link of a job or an audience. Raises ProblemError (404) where there is nothing behind it."""
    one = identifier.startswith("job_")
    which = jobs.c.id == identifier if one else (jobs.c.audience_id == identifier) & jobs.c.state.not_in(ENDED)
    rows = await connection.execute(
        select(jobs).where(which, jobs.c.deleted_at.is_(None)).order_by(jobs.c.created_at, jobs.c.id)
    )
    found = list(rows.mappings())
    audience_id = found[0]["audience_id"] if one and found else identifier
    pool = await _audience(connection, audience_id)
    if pool is None and not found:
        raise missing("audience or job", identifier)
    if pool is not None and pool["kind"] == "filtered":
        pool = await _audience(connection, pool["base_id"])
    return Link(identifier, audience_id, pool, found)


async def _audience(connection: AsyncConnection, audience_id: str) -> RowMapping | None:
    found = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    return found.mappings().one_or_none()
