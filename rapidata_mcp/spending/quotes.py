"""Quotes: what a start would cost, good for fifteen minutes and for one start."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Boolean, Column, Double, Integer, String, Table, Text, insert, select, update

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.errors import Refused
from rapidata_mcp.spending.ledger import metadata

LIFETIME_S = 15 * 60

quotes = Table(
    "quotes",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("job_definition_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("audience_id", String, nullable=False),
    Column("run_after", String, nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("estimate", Double, nullable=False),
    Column("shortfall", Double, nullable=False),
    Column("question", Text, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("state", String, nullable=False),
    Column("job_id", String),
)


@dataclass(frozen=True)
class Order:
    """What would be started, at which price (US dollars), as things stand now."""

    job_definition_id: str
    revision: int
    audience_id: str
    run_after: str
    repeat: bool
    estimate: float
    balance: float | None

    @property
    def shortfall(self) -> float:
        """What the balance lacks for the estimate."""
        return 0.0 if self.balance is None else max(0.0, round(self.estimate - self.balance, 6))


@dataclass(frozen=True)
class Quote:
    """An order with its price, and the question that goes with it; `job_id` is what it started."""

    id: str
    account: str
    job_definition_id: str
    revision: int
    audience_id: str
    run_after: str
    repeat: bool
    estimate: float
    shortfall: float
    question: str
    expires_at: float
    state: Literal["open", "declined", "used"]
    job_id: str | None

    def is_for(self, order: Order) -> bool:
        """Whether it was issued for these arguments."""
        mine = (self.job_definition_id, self.audience_id, self.run_after)
        return mine == (order.job_definition_id, order.audience_id, order.run_after)

    def outdated(self, order: Order) -> str | None:
        """Why what was approved is no longer what would be started; None when it is."""
        if self.revision != order.revision:
            return f"the draft was changed meanwhile (revision {self.revision}, now {order.revision})"
        if order.estimate > self.estimate + 1e-9:
            return f"the estimate rose from ${self.estimate:,.2f} to ${order.estimate:,.2f}"
        if order.shortfall > self.shortfall + 1e-9:
            return f"the balance is now ${order.shortfall:,.2f} short"
        return None


class Quotes:
    """Issues quotes and finds them again."""

    def __init__(self, database: Database, clock: Clock, account: str) -> None:
        self._database = database
        self._clock = clock
        self._account = account

    async def issue(self, order: Order, question: str) -> Quote:
        """A new quote for an order; the question is kept, so that it stays the same while it is answered."""
        quote = Quote(
            id=f"quo_{secrets.token_hex(12)}",
            account=self._account,
            job_definition_id=order.job_definition_id,
            revision=order.revision,
            audience_id=order.audience_id,
            run_after=order.run_after,
            repeat=order.repeat,
            estimate=order.estimate,
            shortfall=order.shortfall,
            question=question,
            expires_at=self._clock.now() + LIFETIME_S,
            state="open",
            job_id=None,
        )
        async with self._database.write() as connection:
            await connection.execute(insert(quotes), vars(quote))
        return quote

    async def find(self, quote_id: str) -> Quote:
        """The quote with this handle.

        Raises:
            Refused: when there is none for this account.
        """
        async with self._database.read() as connection:
            found = await connection.execute(
                select(quotes).where(quotes.c.id == quote_id, quotes.c.account == self._account)
            )
            row = found.mappings().one_or_none()
        if row is None:
            raise Refused(
                "quote: there is no such quote on this account. Nothing was started.",
                "Call assign_job without quote for a new one.",
            )
        return Quote(**row)

    async def require_open(self, quote_id: str, order: Order) -> Quote:
        """A quote that may still be used for this order, or was used for it.

        Raises:
            Refused: when it was issued for something else, declined, or has expired.
        """
        quote = await self.find(quote_id)
        if not quote.is_for(order):
            raise Refused(
                "quote: it was issued for another draft, audience or run_after. Nothing was started.",
                "Call assign_job with the arguments of the quote, or without quote for a new one.",
            )
        if quote.state == "declined":
            raise Refused("quote: the user declined it. Nothing was started.", "Call assign_job for a new one.")
        if quote.state == "open" and self._clock.now() > quote.expires_at:
            raise Refused(
                "quote: it has expired; quotes are good for 15 minutes. Nothing was started.",
                "Call assign_job without quote for a new one.",
            )
        return quote

    async def close(self, quote_id: str, state: Literal["declined", "used"], job_id: str | None = None) -> None:
        """Write down what became of a quote."""
        async with self._database.write() as connection:
            change = update(quotes).where(quotes.c.id == quote_id, quotes.c.state == "open")
            await connection.execute(change.values(state=state, job_id=job_id))
