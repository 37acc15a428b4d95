"""Purchases: what money would be spent on, and the quote that binds a yes to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rapidata_mcp.spending.ledger import LedgerAttempt

BY_USER = "the user, asked through the client"
BY_NOBODY = "nobody, since it costs nothing"
BY_SECOND_CALL = "a second call that named the quote"
RESUMPTION = "res_"
"""How the handles of quotes begin that are for going on with a job, which no call can name."""
Allow = Callable[[], Awaitable[None]]
"""Called right before the request that spends; what it raises keeps the request from being sent."""


@dataclass(frozen=True)
class Order:
    """What would be started, or resumed, at which price (US dollars), as things stand now."""

    job_definition_id: str
    revision: int
    audience_id: str
    run_after: str
    repeat: bool
    estimate: float
    balance: float | None
    resumes: str = ""
    """The job that would go on; nothing for a start."""

    @property
    def shortfall(self) -> float:
        """What the balance lacks for the estimate."""
        return 0.0 if self.balance is None else max(0.0, round(self.estimate - self.balance, 6))

    @property
    def nothing_done(self) -> str:
        """The sentence that no money was spent."""
        return "Nothing was resumed." if self.resumes else "Nothing was started."


@dataclass(frozen=True)
class Quote:
    """An order with its price, and the question that goes with it.

    It is `begun` while the request that spends may have been sent and its answer is not known. `job_id` is what it
    started, or is to go on.
    """

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
    state: Literal["open", "begun", "declined", "used"]
    job_id: str | None

    @property
    def resumes(self) -> str:
        """The job that would go on; nothing for a start."""
        return self.job_id or "" if self.id.startswith(RESUMPTION) else ""

    def is_for(self, order: Order) -> bool:
        """Whether it was issued for these arguments."""
        mine = (self.job_definition_id, self.audience_id, self.run_after, self.resumes)
        return mine == (order.job_definition_id, order.audience_id, order.run_after, order.resumes)

    def outdated(self, order: Order) -> str | None:
        """Why what was approved is no longer what would be started; None when it is."""
        if self.revision != order.revision:
            return f"the draft was changed meanwhile (revision {self.revision}, now {order.revision})"
        if order.estimate > self.estimate + 1e-9:
            return f"the estimate rose from ${self.estimate:,.2f} to ${order.estimate:,.2f}"
        if order.shortfall > self.shortfall + 1e-9:
            return f"the balance is now ${order.shortfall:,.2f} short"
        return None


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """An order, and what is asked about it. `examples` are the part of the question that has to stay as it is."""

    order: Order
    question: str
    examples: str = ""

    def outdated(self, quote: Quote) -> str | None:
        """Why what was approved is no longer what would be started; None when it is."""
        if self.examples not in quote.question:
            return "its examples were changed meanwhile"
        return quote.outdated(self.order)


@dataclass(frozen=True, kw_only=True)
class Start(Purchase):
    """A job to start. `content` makes two starts the same; `send` starts it and returns the job's id."""

    content: Mapping[str, Any]
    send: Callable[[LedgerAttempt, Allow], Awaitable[str]]
    exists: Callable[[str], Awaitable[bool]]

    def content_for(self, quote: Quote) -> dict[str, Any]:
        """What makes two starts the same. One on purpose, of what was started before, belongs to its quote."""
        return {**self.content} | ({"again": quote.id} if quote.repeat else {})


@dataclass(frozen=True)
class Approved:
    """A yes to a quote, and who gave it, for the audit log."""

    quote: Quote
    by: str


@dataclass(frozen=True)
class Quoted:
    """No yes yet: the next call has to name this quote. `why` an earlier one does not hold, where there was one."""

    quote: Quote
    why: str


@dataclass(frozen=True)
class Declined:
    """No yes, and none to come. `said` tells how, for people."""

    said: str
