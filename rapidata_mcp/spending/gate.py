"""The gate: the one way to what costs money, which is approved, counted towards the budgets, and done once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from anyio import CancelScope
from mcp.types import InputRequiredResult

from rapidata_mcp.errors import NotFound, RapidataError, Refused
from rapidata_mcp.spending import audit
from rapidata_mcp.spending.approval import answered, ask, can_ask
from rapidata_mcp.spending.purchase import (
    BY_NOBODY,
    BY_SECOND_CALL,
    BY_USER,
    Allow,
    Approved,
    Declined,
    Purchase,
    Quote,
    Quoted,
    Start,
)

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context

    from rapidata_mcp.spending.budget import Budget
    from rapidata_mcp.spending.ledger import Ledger, LedgerAttempt, Made
    from rapidata_mcp.spending.quotes import Quotes

HOW_TO_ALLOW = (
    "The user can start it in Rapidata's app, use a client that can be asked, or set RAPIDATA_MCP_APPROVAL=auto."
)


class _NothingMade(NotFound):
    """What an earlier call began came to nothing: it was looked for, late enough."""


@dataclass(frozen=True)
class SpendingGate:
    """What stands between a tool call and money.

    `approval` is how a purchase is approved, `patience` the seconds that a user has for an answer in the older era.
    """

    ledger: Ledger
    quotes: Quotes
    budget: Budget
    approval: Literal["auto", "elicit", "quote"]
    patience: float

    async def continued(self, start: Start) -> Made | None:
        """The job that an earlier call of the same started, although its answer was lost; None where there is none.

        Raises:
            PlatformFailure: while the earlier start may still take effect.
        """

        async def refuse(_key: str) -> None:
            raise _NothingMade("Nothing came of an earlier start.")

        for quote in await self.quotes.begun(start.order):
            try:
                return await self._start_once(start, quote, refuse)
            except _NothingMade:
                continue
        return None

    async def approve(
        self, context: Context[Any, Any], purchase: Purchase, quote_id: str
    ) -> Approved | Quoted | Declined | InputRequiredResult:
        """Ask the user where that is possible, whatever quote was named; where it is not, insist on one from before.

        Raises:
            Refused: when the quote does not hold, a budget is exceeded, or the user must be asked and cannot be.
        """
        order = purchase.order
        quote = await self.quotes.require_open(quote_id, order) if quote_id else None
        if quote is not None and quote.state == "used":
            return Approved(quote, BY_SECOND_CALL)
        await self.budget.require_affordable(order.estimate)
        if self.can_ask(context):
            return await self.ask(context, purchase)
        if self.approval == "elicit":
            raise Refused(
                f"Every spend needs the user's yes, and this client cannot ask its user. {order.nothing_done}",
                HOW_TO_ALLOW,
            )
        why = purchase.outdated(quote) if quote is not None else ""
        if quote is None or why:
            return Quoted(await self.quotes.issue(order, purchase.question), why or "")
        return Approved(quote, BY_SECOND_CALL)

    def can_ask(self, context: Context[Any, Any]) -> bool:
        """Whether the user can be asked through the client, and wants to be."""
        return self.approval != "quote" and can_ask(context)

    async def ask(self, context: Context[Any, Any], purchase: Purchase) -> Approved | Declined | InputRequiredResult:
        """Put a quote to the user; in the newer era it is sealed in the state that comes back with the answer.

        Raises:
            Refused: when the answer is to a quote that does not hold any more.
        """
        order, sealed = purchase.order, answered(context)
        quote = await (
            self.quotes.require_open(sealed, order) if sealed else self.quotes.issue(order, purchase.question)
        )
        if quote.state == "used":
            return Approved(quote, BY_USER)
        answer = await ask(context, quote.question, quote.id, self.patience)
        if isinstance(answer, InputRequiredResult):
            return answer
        if answer == "yes":
            return Approved(quote, BY_USER)
        await self.quotes.close(quote.id, "declined")
        return Declined("The user said no" if answer == "no" else "The user gave no answer")

    async def require_unchanged(self, quote: Quote, purchase: Purchase) -> None:
        """What the user said yes to is still what it would be now.

        Raises:
            Refused: tells what changed meanwhile; the quote is closed then.
        """
        outdated, order = purchase.outdated(quote), purchase.order
        if outdated:
            await self.quotes.close(quote.id, "declined")
            raise Refused(
                f"Something changed while the user was asked: {outdated}. {order.nothing_done}",
                f"Call {'resume_job' if order.resumes else 'assign_job'} again: the user will be asked with the new "
                "price.",
            )

    async def start(self, start: Start, approved: Approved) -> Made:
        """Start what was approved, once for its quote.

        What it is estimated at is counted before the request is sent that spends, and taken back where that certainly
        had no effect. Where its answer is lost, the quote stays begun, and the next call of the same looks for the job.

        Raises:
            RapidataError: when a budget is exceeded or the platform refuses; `applied` is None where it may have begun.
        """
        quote = approved.quote

        async def allow(key: str) -> None:
            await self.budget.reserve(key, quote.estimate)
            await self.quotes.begin(quote.id)
            audit.sent(approved.by, quote.estimate)

        return await self._start_once(start, quote, allow)

    async def start_free(
        self,
        content: Mapping[str, Any],
        send: Callable[[LedgerAttempt, Allow], Awaitable[str]],
        exists: Callable[[str], Awaitable[bool]],
        *,
        repeat: bool,
    ) -> Made:
        """Start what costs nothing, once for its content; `repeat` starts another on purpose.

        Raises:
            RapidataError: when the platform refuses; `applied` is None where it may have begun.
        """

        async def allow() -> None:
            audit.sent(BY_NOBODY)

        made = await self.ledger.create_once(
            "job", content, make=lambda attempt: send(attempt, allow), exists=exists, repeat=repeat
        )
        audit.done()
        return made

    async def _start_once(self, start: Start, quote: Quote, allow: Callable[[str], Awaitable[None]]) -> Made:
        async def make(attempt: LedgerAttempt) -> str:
            key = self.budget.key_of_start(attempt.entry_id)
            try:
                job_id = await start.send(attempt, lambda: allow(key))
            except RapidataError as failure:
                if failure.applied is False and attempt.tried_at is None:
                    await self.budget.release(key)
                    await self.quotes.reopen(quote.id)
                raise
            with CancelScope(shield=True):  # the job runs, whoever gave up on the call
                await self.budget.settle(key, job_id)
            return job_id

        made = await self.ledger.create_once("job", start.content_for(quote), make=make, exists=start.exists)
        with CancelScope(shield=True):
            await self.quotes.close(quote.id, "used", made.id)
        audit.done()
        return made

    async def resume(
        self,
        purchase: Purchase,
        by: str,
        send: Callable[[], Awaitable[None]],
        quote: Quote | None = None,
        *,
        counted: bool = False,
    ) -> None:
        """Let a job go on, which may spend up to the estimate from here; a yes is used up by one try.

        That is counted once a day, unless the start of the job counts today already (`counted`).

        Raises:
            Refused: when a budget is exceeded.
            RapidataError: when the platform refuses; what was counted is taken back unless it may have taken effect.
        """
        job_id, estimate = purchase.order.resumes, purchase.order.estimate
        key = self.budget.key_of_resumption(job_id)
        reserved = not counted and await self.budget.reserve(key, estimate)
        if quote is not None:
            await self.quotes.close(quote.id, "used")
        audit.sent(by, estimate)
        try:
            await send()
        except RapidataError as failure:
            if reserved and failure.applied is False:
                await self.budget.release(key)
            raise
        with CancelScope(shield=True):
            await self.budget.settle(key, job_id)
        audit.done()
