"""Budgets: limits that the user sets outside the conversation. They count estimates, across all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import LOCAL_ACCOUNT, spends
from rapidata_mcp.errors import Refused
from rapidata_mcp.usd import ROUNDING_ERROR, Usd, dollars

START_PREFIX = "start "
"""The keys of starts begin with this."""
RAISE_LIMIT = "Only the user can raise the limit, outside the conversation, with {}."


@dataclass(frozen=True)
class StartApproval:
    """The approval of the start of a job: its UTC day, and the estimate for the whole job."""

    day: str
    estimated_cost: Usd

    def covers(self, estimated_cost: Usd) -> bool:
        """Whether a job with this estimate is within the approval."""
        return estimated_cost <= self.estimated_cost * (1 + ROUNDING_ERROR)


class Budget:
    """Limits for the estimate of a job, and for the estimates of a UTC day together; None is no limit.

    An estimate is reserved before the request that spends is sent. It is settled if the request took effect, and
    released if it certainly did not.
    """

    def __init__(
        self, database: Database, clock: Clock, account: str, max_spend: float | None, max_spend_per_day: float | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._max_spend = max_spend
        self._max_spend_per_day = max_spend_per_day

    async def require_affordable(self, estimated_cost: Usd) -> None:
        """Check both limits before the user is asked; `reserve` decides in the end.

        Starts with an unknown outcome do not count here: this may be one of them, called again.

        Raises:
            Refused: names the limit, and who can raise it.
        """
        self.require_within_job_limit(estimated_cost)
        async with self._database.read() as connection:
            await self._require_within_day_limit(connection, estimated_cost, spends.c.job_id.is_not(None))

    def require_within_job_limit(self, estimated_cost: Usd) -> None:
        """Check the limit for one job.

        Raises:
            Refused: names the limit, and who can raise it.
        """
        if self._max_spend is not None and estimated_cost > self._max_spend:
            raise Refused(
                f"The estimate of {dollars(estimated_cost)} exceeds the limit of {dollars(self._max_spend)} for one "
                "job. Nothing was started.",
                RAISE_LIMIT.format("RAPIDATA_MCP_MAX_SPEND"),
            )

    async def _require_within_day_limit(
        self, connection: AsyncConnection, estimated_cost: Usd, *conditions: ColumnElement[bool]
    ) -> None:
        if self._max_spend_per_day is None:
            return
        rehearsed = spends.c.account == LOCAL_ACCOUNT
        same_money = rehearsed if self._account == LOCAL_ACCOUNT else ~rehearsed
        total = select(func.coalesce(func.sum(spends.c.estimate), 0.0)).where(
            spends.c.day == self.today(), same_money, *conditions
        )
        spent = float((await connection.execute(total)).scalar_one())
        if Usd(spent + estimated_cost).exceeds(self._max_spend_per_day):
            remaining = max(0.0, self._max_spend_per_day - spent)
            raise Refused(
                f"The estimate of {dollars(estimated_cost)} exceeds what is left of today's limit: "
                f"{dollars(remaining)} of {dollars(self._max_spend_per_day)} (UTC day). Nothing was started.",
                RAISE_LIMIT.format("RAPIDATA_MCP_MAX_SPEND_PER_DAY"),
            )

    async def reserve(self, key: str, estimated_cost: Usd) -> bool:
        """Count an estimate towards today, once for a key. Return False if the key had a reservation before.

        Concurrent calls cannot exceed the limit together. An earlier reservation that is not settled moves to today
        and to this estimate. A settled one stays as it is.

        Raises:
            Refused: a limit is exceeded. Nothing is changed.
        """
        self.require_within_job_limit(estimated_cost)
        has_key = spends.c.key == key
        async with self._database.write() as connection:
            earlier = (await connection.execute(select(spends.c.job_id).where(has_key))).one_or_none()
            if earlier is not None and earlier.job_id is not None:
                return False
            await self._require_within_day_limit(connection, estimated_cost, ~has_key)
            values: dict[str, Any] = {"day": self.today(), "estimate": estimated_cost}
            if earlier is not None:
                await connection.execute(spends.update().where(has_key).values(values))
                return False
            await connection.execute(insert(spends), values | {"key": key, "account": self._account, "job_id": None})
        return True

    async def release(self, key: str) -> None:
        """Delete the reservation of a request that certainly had no effect. A settled one stays."""
        async with self._database.write() as connection:
            await connection.execute(delete(spends).where(spends.c.key == key, spends.c.job_id.is_(None)))

    async def settle(self, key: str, job_id: str) -> None:
        """Record the job that a reservation was for. It counts for good."""
        async with self._database.write() as connection:
            await connection.execute(spends.update().where(spends.c.key == key).values(job_id=job_id))

    async def approval_of(self, job_id: str) -> StartApproval | None:
        """Return the approval of the start of a job; None if it was not approved here. Resumptions do not count."""
        query = select(spends.c.day, spends.c.estimate).where(
            spends.c.job_id == job_id, spends.c.account == self._account, spends.c.key.startswith(START_PREFIX)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else StartApproval(row.day, Usd(row.estimate))

    def key_of_start(self, entry_id: int) -> str:
        """Return the key for the start in this ledger entry."""
        return f"{START_PREFIX}{entry_id}"

    def key_of_resumption(self, job_id: str) -> str:
        """Return the key for all resumptions of a job today."""
        return f"resume {job_id} {self.today()}"

    def today(self) -> str:
        """Return the UTC day."""
        return datetime.fromtimestamp(self._clock.now(), UTC).date().isoformat()
