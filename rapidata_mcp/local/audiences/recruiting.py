"""Recruiting: an audience begins to qualify labelers, and its simulated candidates go on with the clock."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.admission import MIN_EXAMPLES
from rapidata_mcp.database.tables import (
    audiences,
    candidates,
    examples,
)
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.problems import ProblemError, missing

MOST_BROUGHT_UP_TO_DATE = 100
"""Audiences whose candidates go on before audiences are listed."""


async def audience_row(connection: AsyncConnection, audience_id: str) -> RowMapping:
    """Return an audience. Raises ProblemError (404) if there is none."""
    found = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    row = found.mappings().one_or_none()
    if row is None:
        raise missing("audience", audience_id)
    return row


async def require_base(connection: AsyncConnection, audience: RowMapping) -> None:
    """Raise ProblemError (400) if the base of a filtered audience was deleted: nobody could answer."""
    base = select(audiences.c.id).where(audiences.c.id == audience["base_id"])
    if audience["kind"] == "filtered" and (await connection.execute(base)).one_or_none() is None:
        raise ProblemError(400, "The audience of which this is a slice was deleted.")


async def example_counts(connection: AsyncConnection, audience: RowMapping) -> tuple[int, int]:
    """Return how many examples recruiting needs, and how many the audience has."""
    found = await connection.execute(
        select(func.count()).select_from(examples).where(examples.c.audience_id == audience["id"])
    )
    return max(MIN_EXAMPLES, qualification.rule_of(audience).min_tasks), found.scalar_one()


async def start_recruiting(connection: AsyncConnection, platform: LocalPlatform, audience: RowMapping) -> None:
    """Begin to recruit. Repeating it is harmless."""
    if audience["status"] != "Created":
        return
    now = platform.clock.now()
    await connection.execute(
        update(audiences).where(audiences.c.id == audience["id"]).values(status="Recruiting", recruiting_since=now)
    )
    await qualification.invite(connection, audience, platform.crowd, now)


async def current_audience(platform: LocalPlatform, audience_id: str) -> RowMapping:
    """Return an audience after its simulated candidates have given the answers that are due.

    Raises:
        ProblemError: 404 if there is no such audience.
    """
    async with platform.database.read() as connection:
        audience = await audience_row(connection, audience_id)
        waiting = await qualification.is_due(connection, audience, platform.clock.now())
    if waiting:
        async with platform.database.write() as connection:
            audience = await audience_row(connection, audience_id)
            await qualification.replay(connection, audience, platform.scenario, platform.clock.now())
            audience = await audience_row(connection, audience_id)
    return audience


async def bring_audiences_up_to_date(platform: LocalPlatform, ids: Sequence[str] | None = None) -> None:
    """Let the newest audiences with something due go on to now, so that a list shows their present state.

    With `ids`, only these audiences.
    """
    due = exists().where(candidates.c.audience_id == audiences.c.id, candidates.c.next_due <= platform.clock.now())
    query = select(audiences.c.id).where(due).order_by(audiences.c.created_at.desc()).limit(MOST_BROUGHT_UP_TO_DATE)
    if ids is not None:
        query = query.where(audiences.c.id.in_(ids))
    async with platform.database.read() as connection:
        waiting = (await connection.execute(query)).scalars().all()
    for audience_id in waiting:
        await current_audience(platform, audience_id)
