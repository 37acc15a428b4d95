"""Quotes: the price of a start or a resumption. A quote is valid for 15 minutes and for one start."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import RowMapping, insert, select, update

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import quotes
from rapidata_mcp.errors import Refused
from rapidata_mcp.spending.requests import SpendRequest
from rapidata_mcp.usd import Usd, dollars

LIFETIME_S = 15 * 60
START_PREFIX, RESUMPTION_PREFIX = "quo_", "res_"
"""The ids of quotes begin with these. No tool accepts a quote for a resumption as an argument."""


@dataclass(frozen=True)
class Quote:
    """A request to spend with its price, as it was put to the user.

    The state is `begun` while the request may have been sent and its outcome is unknown. `job_id` is the job that the
    quote started, or that it resumes.
    """

    id: str
    job_definition_id: str
    revision: int
    audience_id: str
    run_after: str
    repeat: bool
    estimated_cost: Usd
    shortfall: Usd
    question: str
    expires_at: float
    state: Literal["open", "begun", "declined", "used"]
    job_id: str | None

    @classmethod
    def from_row(cls, row: RowMapping | dict[str, Any]) -> Quote:
        """Read a row of the table."""
        columns = {name: value for name, value in row.items() if name not in ("account", "estimate", "shortfall")}
        return cls(**columns, estimated_cost=Usd(row["estimate"]), shortfall=Usd(row["shortfall"]))

    @property
    def resumes(self) -> str:
        """The job that the quote resumes; empty for a start."""
        return self.job_id or "" if self.id.startswith(RESUMPTION_PREFIX) else ""

    def has_arguments_of(self, request: SpendRequest) -> bool:
        """Whether the quote was issued for a call with these arguments."""
        quoted = (self.job_definition_id, self.audience_id, self.run_after, self.resumes)
        return quoted == (request.job_definition_id, request.audience_id, request.run_after, request.resumes)

    def reason_outdated(self, request: SpendRequest) -> str:
        """Why an approval of this quote does not cover the request, as a clause; empty if it does."""
        if request.examples not in self.question:
            return "its examples were changed meanwhile"
        if self.revision != request.revision:
            return f"the draft was changed meanwhile (revision {self.revision}, now {request.revision})"
        if request.estimated_cost.exceeds(self.estimated_cost):
            return f"the estimate rose from {dollars(self.estimated_cost)} to {dollars(request.estimated_cost)}"
        if request.shortfall.exceeds(self.shortfall):
            return f"the balance is now {dollars(request.shortfall)} short"
        return ""


class Quotes:
    """The quotes of an account, in the database."""

    def __init__(self, database: Database, clock: Clock, account: str) -> None:
        self._database = database
        self._clock = clock
        self._account = account

    async def issue(self, request: SpendRequest) -> Quote:
        """Issue a quote for a request. It keeps the question, which must not change before the answer."""
        row = {
            "id": f"{RESUMPTION_PREFIX if request.resumes else START_PREFIX}{secrets.token_hex(12)}",
            "account": self._account,
            "job_definition_id": request.job_definition_id,
            "revision": request.revision,
            "audience_id": request.audience_id,
            "run_after": request.run_after,
            "repeat": request.repeat,
            "estimate": request.estimated_cost,
            "shortfall": request.shortfall,
            "question": request.question,
            "expires_at": self._clock.now() + LIFETIME_S,
            "state": "open",
            "job_id": request.resumes or None,
        }
        async with self._database.write() as connection:
            await connection.execute(insert(quotes), row)
        return Quote.from_row(row)

    async def require_usable(self, quote_id: str, request: SpendRequest) -> Quote:
        """Return a quote that may be used for this request, or that was used for it.

        Raises:
            Refused: the quote is unknown, was issued for other arguments, was declined, or has expired.
        """
        another = request.call("without quote returns a new one")
        query = select(quotes).where(quotes.c.id == quote_id, quotes.c.account == self._account)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise Refused("quote: there is no such quote on this account. Nothing was started.", another)
        quote = Quote.from_row(row)
        if not quote.has_arguments_of(request):
            raise Refused(
                "quote: it was issued for another draft, audience or run_after. Nothing was started.",
                request.call("without quote returns a new one; or use the arguments of the quote"),
            )
        if quote.state == "declined":
            raise Refused("quote: the user declined it. Nothing was started.", another)
        if quote.state == "open" and self._clock.now() > quote.expires_at:
            raise Refused("quote: it has expired; a quote is valid for 15 minutes. Nothing was started.", another)
        return quote

    async def find_begun(self, request: SpendRequest) -> list[Quote]:
        """Return the quotes of this request whose starts have an unknown outcome, expired quotes included."""
        query = select(quotes).where(
            quotes.c.account == self._account,
            quotes.c.state == "begun",
            quotes.c.job_definition_id == request.job_definition_id,
            quotes.c.revision == request.revision,
            quotes.c.audience_id == request.audience_id,
            quotes.c.run_after == request.run_after,
            quotes.c.repeat == request.repeat,
        )
        async with self._database.read() as connection:
            return [Quote.from_row(row) for row in (await connection.execute(query)).mappings()]

    async def begin(self, quote_id: str) -> None:
        """Record that the request that spends may have been sent."""
        await self._change(quote_id, {"open"}, state="begun")

    async def reopen(self, quote_id: str) -> None:
        """Record that the request had no effect. The quote may be used until it expires."""
        await self._change(quote_id, {"begun"}, state="open")

    async def close(self, quote_id: str, state: Literal["declined", "used"], job_id: str | None = None) -> None:
        """Record that the quote was declined or used."""
        await self._change(quote_id, {"open", "begun"}, state=state, **({"job_id": job_id} if job_id else {}))

    async def _change(self, quote_id: str, states: set[str], **values: str) -> None:
        async with self._database.write() as connection:
            change = update(quotes).where(quotes.c.id == quote_id, quotes.c.state.in_(states))
            await connection.execute(change.values(**values))
