"""The tool that starts jobs, and so spends money: quoted, approved, bounded, and once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from anyio import CancelScope
from mcp.server.mcpserver import Context
from mcp.types import InputRequiredResult
from pydantic import Field

from rapidata_mcp.concurrency import together
from rapidata_mcp.errors import NotYet, RapidataError, Refused
from rapidata_mcp.server.arguments import OPTIONAL_ID, AudienceId, DefinitionId
from rapidata_mcp.server.desk import Desk, desk_of
from rapidata_mcp.server.replies import Reply, clean, dollars, fenced, rehearsal
from rapidata_mcp.server.tools.audience_problems import contradicting, hardly_anyone
from rapidata_mcp.server.tools.audience_reading import ReadAudience, read_audience, require_examples
from rapidata_mcp.server.tools.definitions import described, draft_facts
from rapidata_mcp.server.tools.standstill import top_up
from rapidata_mcp.spending.approval import ask, can_ask, is_modern

if TYPE_CHECKING:
    from rapidata_mcp.spending.ledger import LedgerAttempt
    from rapidata_mcp.spending.quotes import Order, Quote

EXAMPLES_NAMED = 10
HOW_TO_ALLOW = (
    "The user can start it in Rapidata's app, use a client that can be asked, or set RAPIDATA_MCP_APPROVAL=auto."
)


class AssignedJob(Reply):
    """A job that was started, or why not."""

    status: Literal["started", "approval_required", "declined"]
    job_id: str | None = None
    quote: str | None = None
    already_existed: bool
    job_definition_id: str
    audience_id: str
    recruiting_started: bool
    most_responses: int | None = None
    estimated_cost_usd: float | None = None
    balance_usd: float | None = None
    approved_by: str | None = None
    label_url: str = ""


@dataclass(frozen=True)
class Request:
    """A call of assign_job, with what the platform says of its draft and its audience now."""

    job_definition_id: str
    audience_id: str
    run_after: str
    repeat: bool
    draft: dict[str, Any]
    read: ReadAudience

    @property
    def recruits(self) -> bool:
        """Whether starting the job starts recruiting too."""
        return self.read.audience.kind == "custom" and self.read.audience.status == "Created"

    @property
    def what(self) -> str:
        """The job for people."""
        audience = fenced(self.read.name)
        return f"{fenced(self.draft['name'])} on {audience}, {described(self.draft)}"

    @property
    def warning(self) -> str:
        """A sentence to append where labelers are there by chance, or hardly any are."""
        clashes = [f"{said} Some of its labelers are there by chance." for said in contradicting(self.read.examples)]
        return "".join(f" {said}" for said in (*clashes[:1], hardly_anyone(self.read)) if said)

    @property
    def shortfall(self) -> float:
        """What the balance lacked for the estimate before the start."""
        cost, balance = self.draft["estimated_cost_usd"], self.draft["balance_usd"]
        return 0.0 if balance is None else max(0.0, round((cost or 0.0) - balance, 6))

    def content(self, quote: Quote | None) -> dict[str, Any]:
        """What makes two starts the same. A start on purpose belongs to its quote."""
        content = {
            "job_definition_id": self.job_definition_id,
            "revision": self.draft["revision"],
            "audience_id": self.audience_id,
            "run_after": self.run_after,
        }
        return content | ({"again": quote.id} if quote is not None and quote.repeat else {})

    def reply(self, status: Literal["started", "approval_required", "declined"], **facts: Any) -> AssignedJob:
        """An answer to this call."""
        given: dict[str, Any] = {
            "already_existed": False,
            "job_definition_id": self.job_definition_id,
            "audience_id": self.audience_id,
            "recruiting_started": False,
            "most_responses": self.draft["most_responses"],
            "estimated_cost_usd": self.draft["estimated_cost_usd"],
        }
        return AssignedJob(status=status, **given | facts)


async def assign_job(
    ctx: Context,
    job_definition_id: DefinitionId,
    audience_id: AudienceId,
    quote: Annotated[str, Field(pattern=OPTIONAL_ID, description="From an answer with status approval_required")] = "",
    run_after: Annotated[str, Field(pattern=OPTIONAL_ID, description="A job of this audience to wait for")] = "",
    repeat: Annotated[bool, Field(description="true starts another one, which spends again")] = False,
) -> AssignedJob | InputRequiredResult:
    """Runs a draft on an audience: the step that spends money. Starts recruiting where that has not begun.

    Where it costs, the user is asked through the client if possible; otherwise the first call starts nothing and
    returns a quote for the user. The same call again returns the job it started. pause_job stops a job.
    """
    desk = await desk_of(ctx)
    read, draft = await together(
        read_audience(desk.platform, audience_id), draft_facts(desk.platform, job_definition_id)
    )
    request = Request(job_definition_id, audience_id, run_after, repeat, draft, read)
    if request.recruits:
        require_examples(read)
    if not repeat:
        earlier = await desk.ledger.made("job", request.content(None), desk.platform.jobs.exists)
        if earlier is not None:
            return await _started(desk, request, earlier, already_existed=True)
    if read.audience.kind == "filtered" and read.base is None:
        raise Refused(
            f"audience_id: {read.part_of} Nothing was started.", "Run it on another one: find_audiences() lists them."
        )
    if not desk.platform.costs:
        return await _start(desk, request, None, "nobody, since it costs nothing")
    return await _with_approval(ctx, desk, request, quote)


async def _with_approval(
    ctx: Context[Any, Any], desk: Desk, request: Request, quote_id: str
) -> AssignedJob | InputRequiredResult:
    """Start what costs money: asked and approved, or quoted and called again. Everything else starts nothing."""
    order = _order(request)
    if quote_id:
        quote = await desk.quotes.require_open(quote_id, order)
        if quote.state == "used" and quote.job_id is not None:
            return await _started(desk, request, quote.job_id, already_existed=True)
    await desk.budget.require_affordable(order.estimate)
    if desk.approval != "quote" and can_ask(ctx):
        return await _asked(ctx, desk, request, order)
    if desk.approval == "elicit":
        raise Refused(
            "Every spend needs the user's yes, and this client cannot ask its user. Nothing was started.", HOW_TO_ALLOW
        )
    if not quote_id:
        return await _quoted(desk, request, order, "")
    outdated = _outdated(quote, request, order)
    if outdated:
        return await _quoted(desk, request, order, f"The old quote no longer holds: {outdated}. ")
    return await _start(desk, request, quote, "a second call that named the quote")


def _order(request: Request) -> Order:
    """What would be started, at its present price.

    Raises:
        NotYet: while the platform has not priced it.
    """
    from rapidata_mcp.spending.quotes import Order

    estimate = request.draft["estimated_cost_usd"]
    if estimate is None:
        raise NotYet(
            "The platform has not priced this draft yet, so nobody can approve it. Nothing was started.",
            f"get_job(job_definition_id='{request.job_definition_id}') in a few seconds tells the price.",
        )
    return Order(
        request.job_definition_id,
        request.draft["revision"],
        request.audience_id,
        request.run_after,
        request.repeat,
        estimate,
        request.draft["balance_usd"],
    )


async def _asked(
    ctx: Context[Any, Any], desk: Desk, request: Request, order: Order
) -> AssignedJob | InputRequiredResult:
    """Put the quote to the user; in the newer era it is sealed in the state that comes back with the answer."""
    if is_modern(ctx) and ctx.input_responses is not None and ctx.request_state is not None:
        quote = await desk.quotes.require_open(ctx.request_state, order)
        if quote.state == "used" and quote.job_id is not None:
            return await _started(desk, request, quote.job_id, already_existed=True)
    else:
        quote = await desk.quotes.issue(order, _question(desk, request, order))
    answer = await ask(ctx, quote.question, quote.id, desk.patience)
    if isinstance(answer, InputRequiredResult):
        return answer
    if answer != "yes":
        await desk.quotes.close(quote.id, "declined")
        said = "The user said no" if answer == "no" else "The user gave no answer"
        return request.reply(
            "declined",
            summary=f"{said}. Nothing was started: {request.what}.",
            next_step="Ask the user what to change, if anything.",
            balance_usd=order.balance,
        )
    now = Request(
        request.job_definition_id,
        request.audience_id,
        request.run_after,
        request.repeat,
        await draft_facts(desk.platform, request.job_definition_id),
        await read_audience(desk.platform, request.audience_id),
    )
    outdated = _outdated(quote, now, _order(now))
    if outdated:
        await desk.quotes.close(quote.id, "declined")
        raise Refused(
            f"Something changed while the user was asked: {outdated}. Nothing was started.",
            "Call assign_job again: the user will be asked with the new price.",
        )
    return await _start(desk, now, quote, "the user, asked through the client")


def _outdated(quote: Quote, request: Request, order: Order) -> str | None:
    """Why what was approved is no longer what would be started; None when it is."""
    if request.recruits and _examples(request.read) not in quote.question:
        return "its examples were changed meanwhile"
    return quote.outdated(order)


async def _quoted(desk: Desk, request: Request, order: Order, why: str) -> AssignedJob:
    """A quote to come back with. All that this promises is two calls with the price between them."""
    question = _question(desk, request, order)
    quote = await desk.quotes.issue(order, question)
    call = f"job_definition_id='{request.job_definition_id}', audience_id='{request.audience_id}', quote='{quote.id}'"
    call += f", run_after='{request.run_after}'" if request.run_after else ""
    call += ", repeat=true" if request.repeat else ""
    return request.reply(
        "approval_required",
        summary=f"{why}Nothing was started. To tell the user: {question} This client cannot ask its user itself, so "
        "the server can only insist on a second call that names this quote.",
        next_step=f"After the user's yes, within 15 minutes: assign_job({call}).",
        quote=quote.id,
        balance_usd=order.balance,
    )


def _question(desk: Desk, request: Request, order: Order) -> str:
    """What the user is asked, with everything that a yes means."""
    parts = [f"Start {request.what}?{rehearsal(desk.platform.simulated)}{request.warning}"]
    if request.run_after:
        parts.append(f"It waits until {request.run_after} has ended.")
    if order.shortfall:
        parts.append(
            f"That is {dollars(order.shortfall)} short: the job would start and then stall until it is topped up."
        )
    if request.draft["started_jobs"]:
        earlier = ", ".join(request.draft["started_jobs"])
        parts.append(f"It was started before, as {earlier}; this is another job.")
    if request.recruits:
        parts.append(
            f"Recruiting starts with it, on these examples with their right answers: {_examples(request.read)}."
        )
    return " ".join(parts)


def _examples(read: ReadAudience) -> str:
    """The examples with their right answers; what they ask is told once where all ask the same."""
    named, asked = [], {example.question.instruction for example in read.examples}
    same = f"all ask {fenced(clean(next(iter(asked)), 250))}: " if len(asked) == 1 else ""
    for number, example in enumerate(read.examples[:EXAMPLES_NAMED], start=1):
        ask_each = "" if same else f"{fenced(clean(example.question.instruction, 60))} "
        context = f" ({fenced(clean(example.context, 60))})" if example.context else ""
        others = "; ".join(fenced(clean(item, 60)) for item in example.others)
        answer, chosen = fenced(clean(example.answer, 60)), example.answer in example.items
        told = f"{answer} over {others}" if chosen else f"{others}: {answer}"
        named.append(f"{number}. {ask_each}{told}{context}")
    more = len(read.examples) - EXAMPLES_NAMED
    return same + "  ".join(named) + (f"  and {more} more (get_audience shows them)" if more > 0 else "")


async def _start(desk: Desk, request: Request, quote: Quote | None, approved_by: str) -> AssignedJob:
    """Start the job, once, and count it towards the budgets where it costs money."""
    platform = desk.platform
    keys: list[str] = []

    async def start(attempt: LedgerAttempt) -> str:
        if quote is not None:
            keys.append(f"start {attempt.entry_id}")
            await desk.budget.reserve(keys[0], quote.estimate)
        try:
            if request.recruits:
                await platform.audiences.start_recruiting(request.audience_id)
            return await platform.jobs.start(
                request.job_definition_id,
                request.draft["revision"],
                request.audience_id,
                run_after=request.run_after or None,
                attempt=attempt,
            )
        except RapidataError as failure:
            if keys and failure.applied is False and attempt.tried_at is None:
                await desk.budget.release(keys[0])
            raise

    made = await desk.ledger.once(
        "job",
        request.content(quote),
        make=start,
        exists=platform.jobs.exists,
        repeat=request.repeat and quote is None,
    )
    if quote is not None:
        with CancelScope(shield=True):  # the job runs, whoever gave up on the call
            if keys:
                await desk.budget.settle(keys[0], made.id)
            await desk.quotes.close(quote.id, "used", made.id)
    return await _started(
        desk,
        request,
        made.id,
        already_existed=made.already_existed,
        approved_by=None if made.already_existed else approved_by,
    )


async def _started(
    desk: Desk, request: Request, job_id: str, *, already_existed: bool, approved_by: str | None = None
) -> AssignedJob:
    """The answer that names the job."""
    recruiting, short = request.recruits and not already_existed, ""
    next_step = f"get_job(job_id='{job_id}', wait_seconds=30) tells how far it is."
    if already_existed:
        state = (await desk.platform.jobs.get(job_id)).state
        done = f"This job had been started before; it is {state}"
        if state == "Completed":
            next_step = f"get_results(job_id='{job_id}') shows what came out."
    else:
        waits = f"it waits until {request.run_after} has ended" if request.run_after else "pause_job stops it"
        done = f"Started the job; {waits}"
        if request.shortfall:
            short = (
                f" The balance is {dollars(request.shortfall)} short of the estimate, so the job will stall until it "
                "is topped up."
            )
            next_step = f"{top_up(desk.platform)}, best before it stalls; {next_step}"
    links = desk.platform.links
    return request.reply(
        "started",
        summary=f"{done}: {request.what}.{short}{' Recruiting has started for its audience.' if recruiting else ''}"
        f"{request.warning}{rehearsal(desk.platform.simulated)}{links.people(request.audience_id, job_id)}",
        next_step=next_step,
        job_id=job_id,
        label_url=links.label(request.audience_id, job_id) or "",
        already_existed=already_existed,
        recruiting_started=recruiting,
        approved_by=approved_by,
    )
