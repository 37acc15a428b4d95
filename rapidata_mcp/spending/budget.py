"""Budgets: what the user allows, set outside the conversation. Counted by estimate, over all processes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import LOCAL_ACCOUNT, spends
from rapidata_mcp.errors import Refused

START = "start "
"""How the keys of starts begin."""
RAISE_IT = "Only the user can raise it, outside the conversation, with {}."


class Allowance(NamedTuple):
    """The day on which the start of a job was approved, and the estimate for the whole of it, in US dollars."""

    day: str
    estimate: float

    def covers(self, estimate: float) -> bool:
        """Whether a job that is estimated at this much now is within what was approved."""
        return estimate <= self.estimate * (1 + 1e-9)


class Budget:
    """The most that a job, and the jobs of a day, may be estimated at, in US dollars; None is no limit."""

    def __init__(
        self, database: Database, clock: Clock, account: str, max_spend: float | None, max_spend_per_day: float | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._max_spend = max_spend
        self._max_spend_per_day = max_spend_per_day

    async def require_affordable(self, estimate: float) -> None:
        """Room for a job, before anybody is asked for a yes in vain; what counts in the end is `reserve`.

        Starts whose outcome is not known yet are left out: this may be one of them, called again.

        Raises:
            Refused: names the limit, and who can raise it.
        """
        self.require_job(estimate)
        async with self._database.read() as connection:
            await self._require_day(connection, estimate, spends.c.job_id.is_not(None))

    def require_job(self, estimate: float) -> None:
        """One job within the limit for one job.

        Raises:
            Refused: names the limit, and who can raise it.
        """
        if self._max_spend is not None and estimate > self._max_spend:
            raise Refused(
                f"The estimate of ${estimate:,.2f} exceeds the limit of ${self._max_spend:,.2f} for one job. "
                "Nothing was started.",
                RAISE_IT.format("RAPIDATA_MCP_MAX_SPEND"),
            )

    async def _require_day(self, connection: AsyncConnection, estimate: float, *which: ColumnElement[bool]) -> None:
        rehearsed = spends.c.account == LOCAL_ACCOUNT
        same = rehearsed if self._account == LOCAL_ACCOUNT else ~rehearsed  # money of rehearsals is not real
        total = select(func.coalesce(func.sum(spends.c.estimate), 0.0)).where(
            spends.c.day == self.today(), same, *which
        )
        spent = float((await connection.execute(total)).scalar_one())
        if self._max_spend_per_day is not None and spent + estimate > self._max_spend_per_day + 1e-9:
            left = max(0.0, self._max_spend_per_day - spent)
            raise Refused(
                f"The estimate of ${estimate:,.2f} exceeds what is left of today's limit: ${left:,.2f} of "
                f"${self._max_spend_per_day:,.2f} (UTC day). Nothing was started.",
                RAISE_IT.format("RAPIDATA_MCP_MAX_SPEND_PER_DAY"),
            )

    async def reserve(self, key: str, estimate: float) -> bool:
        """Count an estimate towards today, once for a key. Two at the same time cannot slip past the limit together.

        What was reserved for an earlier try is moved: it counts on the day and at the estimate of the try that can take
        effect now. What did take effect stays where it counted. False where anything was reserved for the key before.

        Raises:
            Refused: when a limit is exceeded; nothing is changed then.
        """
        self.require_job(estimate)
        mine = spends.c.key == key
        async with self._database.write() as connection:
            earlier = (await connection.execute(select(spends.c.job_id).where(mine))).one_or_none()
            if earlier is not None and earlier.job_id is not None:
                return False
            await self._require_day(connection, estimate, ~mine)
            now: dict[str, Any] = {"day": self.today(), "estimate": estimate}
            if earlier is not None:
                await connection.execute(spends.update().where(mine).values(now))
                return False
            await connection.execute(insert(spends), now | {"key": key, "account": self._account, "job_id": None})
        return True

    async def release(self, key: str) -> None:
        """Take back a reservation for what certainly was not started; what did take effect stays counted."""
        async with self._database.write() as connection:
            await connection.execute(delete(spends).where(spends.c.key == key, spends.c.job_id.is_(None)))

    async def settle(self, key: str, job_id: str) -> None:
        """Note which job a reservation was for."""
        async with self._database.write() as connection:
            await connection.execute(spends.update().where(spends.c.key == key).values(job_id=job_id))

    async def allowance(self, job_id: str) -> Allowance | None:
        """What was approved here for the start of a job; None when it was not, whatever resumed it since."""
        query = select(spends.c.day, spends.c.estimate).where(
            spends.c.job_id == job_id, spends.c.account == self._account, spends.c.key.startswith(START)
        )
        async with self._database.read() as connection:
            found = (await connection.execute(query)).one_or_none()
        return None if found is None else Allowance(found.day, found.estimate)

    def key_of_start(self, entry_id: int) -> str:
        """The key of the start that an entry of the ledger describes."""
        return f"{START}{entry_id}"

    def key_of_resumption(self, job_id: str) -> str:
        """The key of whatever lets a job go on today."""
        return f"resume {job_id} {self.today()}"

    def today(self) -> str:
        """The UTC day."""
        return datetime.fromtimestamp(self._clock.now(), UTC).date().isoformat()
