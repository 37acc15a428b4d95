"""Quotes: what a start would cost, good for fifteen minutes and for one start."""

from __future__ import annotations

import secrets
from typing import Literal

from sqlalchemy import insert, select, update

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import quotes
from rapidata_mcp.errors import Refused
from rapidata_mcp.spending.purchase import RESUMPTION, Order, Quote

LIFETIME_S = 15 * 60


class Quotes:
    """Issues quotes and finds them again."""

    def __init__(self, database: Database, clock: Clock, account: str) -> None:
        self._database = database
        self._clock = clock
        self._account = account

    async def issue(self, order: Order, question: str) -> Quote:
        """A new quote for an order; the question is kept, so that it stays the same while it is answered."""
        quote = Quote(
            id=f"{RESUMPTION if order.resumes else 'quo_'}{secrets.token_hex(12)}",
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
            job_id=order.resumes or None,
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

    async def begun(self, order: Order) -> list[Quote]:
        """The quotes of this order, which may have expired, whose starts have no outcome that is known."""
        query = select(quotes).where(
            quotes.c.account == self._account,
            quotes.c.state == "begun",
            quotes.c.job_definition_id == order.job_definition_id,
            quotes.c.revision == order.revision,
            quotes.c.audience_id == order.audience_id,
            quotes.c.run_after == order.run_after,
            quotes.c.repeat == order.repeat,
        )
        async with self._database.read() as connection:
            return [Quote(**row) for row in (await connection.execute(query)).mappings()]

    async def begin(self, quote_id: str) -> None:
        """Write down that the request that spends may have been sent."""
        await self._change(quote_id, {"open"}, state="begun")

    async def reopen(self, quote_id: str) -> None:
        """Write down that nothing came of it; it may be used until it expires."""
        await self._change(quote_id, {"begun"}, state="open")

    async def close(self, quote_id: str, state: Literal["declined", "used"], job_id: str | None = None) -> None:
        """Write down what became of a quote."""
        await self._change(quote_id, {"open", "begun"}, state=state, **({"job_id": job_id} if job_id else {}))

    async def _change(self, quote_id: str, before: set[str], **values: str) -> None:
        async with self._database.write() as connection:
            change = update(quotes).where(quotes.c.id == quote_id, quotes.c.state.in_(before))
            await connection.execute(change.values(**values))
