"""Money on the embedded platform: none, unless a price and a balance are set for rehearsal. Amounts are US dollars."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import jobs
from rapidata_mcp.local.api.platform import LocalPlatform

_DUST = 1e-9


async def spent(connection: AsyncConnection) -> float:
    """What the responses of all jobs have cost, those of deleted jobs included."""
    return round(float((await connection.execute(select(func.sum(jobs.c.cost)))).scalar_one() or 0.0), 6)


async def balance(connection: AsyncConnection, platform: LocalPlatform) -> float | None:
    """What is left to spend, never below 0; None for as much as one likes."""
    return None if platform.credit is None else max(0.0, round(platform.credit - await spent(connection), 6))


async def affordable(connection: AsyncConnection, platform: LocalPlatform) -> int | None:
    """How many responses the balance still pays for; None for as many as one likes."""
    left = await balance(connection, platform)
    return None if left is None or not platform.price else int(left / platform.price + _DUST)
