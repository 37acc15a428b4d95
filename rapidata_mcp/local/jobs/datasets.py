"""Data sets: the datapoints of a job definition (contract E)."""

from __future__ import annotations

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import (
    datasets,
)
from rapidata_mcp.local.problems import missing


async def dataset_row(connection: AsyncConnection, dataset_id: str) -> RowMapping:
    """Return a data set. Raises ProblemError (404) if there is none."""
    found = await connection.execute(select(datasets).where(datasets.c.id == dataset_id))
    row = found.mappings().one_or_none()
    if row is None:
        raise missing("data set", dataset_id)
    return row
