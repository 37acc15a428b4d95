"""Revisions of definitions: what is asked of which data set, and what it would cost (contract F.7, F.9)."""

from __future__ import annotations

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, definitions, revisions
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.store.account import OWNER_ID, OWNER_MAIL, moment
from rapidata_mcp.models.definitions import CostEstimate, Revision

PRICING_SECONDS = 2.0
"""Where responses cost something, an estimate is there this long after creation (contract F.9)."""


async def revision_of(connection: AsyncConnection, definition_id: str, number: int) -> Revision:
    """One revision of a definition."""
    found = await connection.execute(
        select(revisions).where(revisions.c.definition_id == definition_id, revisions.c.number == number)
    )
    return revision_model(found.mappings().one())


def revision_model(row: RowMapping) -> Revision:
    """A revision's row as the contract shows it (F.7)."""
    return Revision.model_validate(
        {
            **row,
            "revision_number": row["number"],
            "created_at": moment(row["created_at"]),
            "created_by_id": OWNER_ID,
            "created_by_mail": OWNER_MAIL,
        }
    )


async def definition_row(connection: AsyncConnection, definition_id: str) -> RowMapping:
    """One definition. Raises ProblemError (404) when there is none, or none any more."""
    found = await connection.execute(
        select(definitions).where(definitions.c.id == definition_id, definitions.c.deleted_at.is_(None))
    )
    row = found.mappings().one_or_none()
    if row is None:
        raise missing("job definition", definition_id)
    return row


async def revision_row(connection: AsyncConnection, definition_id: str, number: int | None) -> RowMapping:
    """One revision, the latest where no number is given. Raises ProblemError (404) when there is none."""
    await definition_row(connection, definition_id)
    query: Select[tuple[object, ...]] = select(revisions).where(revisions.c.definition_id == definition_id)
    query = query.order_by(revisions.c.number.desc()) if number is None else query.where(revisions.c.number == number)
    row = (await connection.execute(query.limit(1))).mappings().one_or_none()
    if row is None:
        raise missing("revision of the job definition", definition_id)
    return row


async def datapoint_count(connection: AsyncConnection, dataset_id: str) -> int:
    """The number of datapoints of a data set."""
    query = select(func.count()).select_from(datapoints).where(datapoints.c.dataset_id == dataset_id)
    return int((await connection.execute(query)).scalar_one())


def estimate(platform: LocalPlatform, revision: Revision, count: int, created_at: float) -> CostEstimate:
    """What a revision costs at most: the responses count at their maximum (contract F.9).

    Raises ProblemError (409) until it is priced. Where the platform is free there is nothing to wait for.
    """
    if platform.price is not None and platform.clock.now() < created_at + PRICING_SECONDS:
        raise ProblemError(409, "The cost estimate is not available yet.")
    responses, price = count * revision.referee.max_responses, platform.price or 0.0
    return CostEstimate(
        estimated_cost=round(responses * price, 6),
        cost_per_response=price,
        datapoint_count=count,
        required_responses=responses,
    )
