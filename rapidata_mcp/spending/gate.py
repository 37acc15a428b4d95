"""The spending gate: every request that costs money is approved here, counted towards the budgets, and sent once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from anyio import CancelScope
from mcp.types import InputRequiredResult

from rapidata_mcp.errors import NotFound, RapidataError, Refused
from rapidata_mcp.spending.approval import ask_user, can_ask, quote_answered_by
from rapidata_mcp.spending.records import BY_EARLIER_CALL, BY_NOBODY, BY_SECOND_CALL, BY_USER, Recorder, SpendOutcome

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context

    from rapidata_mcp.spending.budget import Budget
    from rapidata_mcp.spending.ledger import Ledger, LedgerAttempt, Made
    from rapidata_mcp.spending.quotes import Quote, Quotes
    from rapidata_mcp.spending.requests import JobStart, SpendRequest

HOW_TO_ALLOW = (
    "The user can start it in Rapidata's app, use a client that can be asked, or set RAPIDATA_MCP_APPROVAL=auto."
)
Content = TypeVar("Content")


@dataclass(frozen=True)
class Approval:
    """A yes to a quote."""

    quote: Quote
    approved_by: str


@dataclass(frozen=True)
class ApprovalRequired:
    """A new quote, which the next call has to name. `reason`: why an earlier quote is outdated; empty without one."""

    quote: Quote
    reason: str


@dataclass(frozen=True)
class Declined:
    """The user did not approve. `reason` is a clause such as "The user said no"."""

    reason: str


class _NothingStarted(NotFound):
    """An earlier start had no effect, and can have none any more."""


@dataclass(frozen=True)
class SpendingGate:
    """Sends the requests that spend.

    The methods that send one take `make_reply`, and return its reply with the record of the request. What they raise
    carries the record too, also if the request took effect and only the reply failed.

    `approval` is the user's setting. `answer_timeout` is the seconds that a user has for an answer, before protocol
    2026-07-28.
    """

    ledger: Ledger
    quotes: Quotes
    budget: Budget
    approval: Literal["auto", "elicit", "quote"]
    answer_timeout: float

    async def find_started(
        self, request: SpendRequest, start: JobStart, make_reply: Callable[[Made], Awaitable[Content]]
    ) -> SpendOutcome[Content] | None:
        """Look for the job of an earlier call with a lost answer. Return None if there is none.

        Raises:
            PlatformFailure: the earlier start may still take effect.
        """

        async def refuse(_key: str) -> None:
            raise _NothingStarted("The earlier start had no effect.")

        for quote in await self.quotes.find_begun(request):
            recorder = Recorder(BY_EARLIER_CALL, quote.estimated_cost)
            with recorder.attached():
                try:
                    made = await self._start_once(start, quote, refuse)
                except _NothingStarted:
                    continue
                if not made.already_existed:
                    recorder.done()
                return recorder.outcome(await make_reply(made))
        return None

    async def approve(
        self, context: Context[Any, Any], request: SpendRequest, quote_id: str
    ) -> Approval | ApprovalRequired | Declined | InputRequiredResult:
        """Get an approval for a start: from the user if the client can ask, else by a quote from an earlier call.

        Raises:
            Refused: the quote cannot be used, a budget is exceeded, or the user must be asked and cannot be.
        """
        quote = await self.quotes.require_usable(quote_id, request) if quote_id else None
        if quote is not None and quote.state == "used":
            return Approval(quote, BY_SECOND_CALL)
        await self.budget.require_affordable(request.estimated_cost)
        if self.can_ask(context):
            return await self.ask(context, request)
        if self.approval == "elicit":
            raise Refused(
                f"Every spend needs the user's yes, and this client cannot ask its user. {request.nothing_done}",
                HOW_TO_ALLOW,
            )
        reason = quote.reason_outdated(request) if quote is not None else ""
        if quote is None or reason:
            return ApprovalRequired(await self.quotes.issue(request), reason)
        return Approval(quote, BY_SECOND_CALL)

    def can_ask(self, context: Context[Any, Any]) -> bool:
        """Whether the client can ask its user, and the settings allow it."""
        return self.approval != "quote" and can_ask(context)

    async def ask(self, context: Context[Any, Any], request: SpendRequest) -> Approval | Declined | InputRequiredResult:
        """Ask the user through the client.

        From protocol 2026-07-28 on, the question is returned and the client calls again with the answer. The id of the
        quote travels in the state of that call.

        Raises:
            Refused: the answer is to a quote that cannot be used any more.
        """
        quote_id = quote_answered_by(context)
        quote = await (self.quotes.require_usable(quote_id, request) if quote_id else self.quotes.issue(request))
        if quote.state == "used":
            return Approval(quote, BY_USER)
        answer = await ask_user(context, quote.question, quote.id, self.answer_timeout)
        if isinstance(answer, InputRequiredResult):
            return answer
        if answer == "yes":
            return Approval(quote, BY_USER)
        await self.quotes.close(quote.id, "declined")
        return Declined("The user said no" if answer == "no" else "The user gave no answer")

    async def require_unchanged(self, quote: Quote, request: SpendRequest) -> None:
        """Check that the user's yes to a quote still covers the request.

        Raises:
            Refused: names the change. The quote is closed.
        """
        reason = quote.reason_outdated(request)
        if reason:
            await self.quotes.close(quote.id, "declined")
            raise Refused(
                f"Something changed while the user was asked: {reason}. {request.nothing_done}",
                request.call("asks the user again, with the new price"),
            )

    async def start(
        self, start: JobStart, approval: Approval, make_reply: Callable[[Made], Awaitable[Content]]
    ) -> SpendOutcome[Content]:
        """Start an approved job, once for its quote.

        The estimate is reserved before the request is sent, and released if the request certainly had no effect. If the
        answer is lost, the quote stays begun, and `find_started` looks for the job in the next call.

        Raises:
            RapidataError: a budget is exceeded, or the platform refuses; `applied` is None if the job may have started.
        """
        quote = approval.quote
        recorder = Recorder(approval.approved_by, quote.estimated_cost)

        async def allow(key: str) -> None:
            await self.budget.reserve(key, quote.estimated_cost)
            await self.quotes.begin(quote.id)
            recorder.sending()

        with recorder.attached():
            made = await self._start_once(start, quote, allow)
            if not made.already_existed:
                recorder.done()
            return recorder.outcome(await make_reply(made))

    async def start_free(
        self, start: JobStart, make_reply: Callable[[Made], Awaitable[Content]], *, repeat: bool
    ) -> SpendOutcome[Content]:
        """Start a job that costs nothing, once for its content; `repeat` starts another one.

        Raises:
            RapidataError: the platform refuses; `applied` is None if the job may have started.
        """
        recorder = Recorder(BY_NOBODY)

        async def allow() -> None:
            recorder.sending()

        with recorder.attached():
            made = await self.ledger.create_once(
                "job",
                start.content,
                make=lambda attempt: start.send(attempt, allow),
                exists=start.exists,
                repeat=repeat,
            )
            if not made.already_existed:
                recorder.done()
            return recorder.outcome(await make_reply(made))

    async def _start_once(self, start: JobStart, quote: Quote, allow: Callable[[str], Awaitable[None]]) -> Made:
        """Start a job once for its content. A repeated start is once for its quote."""

        async def make(attempt: LedgerAttempt) -> str:
            key = self.budget.key_of_start(attempt.entry_id)
            try:
                job_id = await start.send(attempt, lambda: allow(key))
            except RapidataError as failure:
                if failure.applied is False and attempt.tried_at is None:
                    await self.budget.release(key)
                    await self.quotes.reopen(quote.id)
                raise
            with CancelScope(shield=True):  # the job runs, also if the caller has given up
                await self.budget.settle(key, job_id)
            return job_id

        content = {**start.content} | ({"again": quote.id} if quote.repeat else {})
        made = await self.ledger.create_once("job", content, make=make, exists=start.exists)
        with CancelScope(shield=True):
            await self.quotes.close(quote.id, "used", made.id)
        return made

    async def resume(
        self,
        request: SpendRequest,
        approved_by: str,
        send: Callable[[], Awaitable[None]],
        make_reply: Callable[[], Awaitable[Content]],
        quote: Quote | None = None,
        *,
        counted: bool = False,
    ) -> SpendOutcome[Content]:
        """Resume a job, which may spend up to its estimate from here. A quote is used up by one try.

        The estimate is counted once a day. `counted`: the start of the job counts today already.

        Raises:
            Refused: a budget is exceeded.
            RapidataError: the platform refuses; the estimate is released unless the request may have taken effect.
        """
        key = self.budget.key_of_resumption(request.resumes)
        reserved = not counted and await self.budget.reserve(key, request.estimated_cost)
        if quote is not None:
            await self.quotes.close(quote.id, "used")
        recorder = Recorder(approved_by, request.estimated_cost)
        with recorder.attached():
            recorder.sending()
            try:
                await send()
            except RapidataError as failure:
                if reserved and failure.applied is False:
                    await self.budget.release(key)
                raise
            recorder.done()
            with CancelScope(shield=True):
                await self.budget.settle(key, request.resumes)
            return recorder.outcome(await make_reply())

    async def resume_free(
        self, send: Callable[[], Awaitable[None]], make_reply: Callable[[], Awaitable[Content]]
    ) -> SpendOutcome[Content]:
        """Resume a job that costs nothing.

        Raises:
            RapidataError: the platform refuses; `applied` is None if the request may have taken effect.
        """
        recorder = Recorder(BY_NOBODY)
        with recorder.attached():
            recorder.sending()
            await send()
            recorder.done()
            return recorder.outcome(await make_reply())
