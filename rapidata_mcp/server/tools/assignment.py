"""The tool that starts jobs, and so spends money: quoted, approved, bounded, and once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.types import InputRequiredResult
from pydantic import Field

from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import NotYet, Refused
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.arguments import OPTIONAL_ID, AudienceId, DefinitionId
from rapidata_mcp.server.audiences.advice import require_examples
from rapidata_mcp.server.audiences.example_checks import describe_contradictions
from rapidata_mcp.server.audiences.problems import describe_low_pass_rate
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.replies import describe_part
from rapidata_mcp.server.audiences.state import AudienceState
from rapidata_mcp.server.audiences.truths import describe_truths
from rapidata_mcp.server.drafts.state import DraftState, read_draft
from rapidata_mcp.server.jobs.stalls import top_up
from rapidata_mcp.server.replies import Reply, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.spending.purchase import BY_NOBODY, BY_USER, Allow, Declined, Order, Quoted, Start
from rapidata_mcp.usd import dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.server.opening import Services
    from rapidata_mcp.spending.ledger import LedgerAttempt

BY_EARLIER_CALL = "an earlier call, whose answer was lost"


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
    draft: DraftState
    read: AudienceState

    @property
    def recruits(self) -> bool:
        """Whether starting the job starts recruiting too."""
        return self.read.audience.kind == "custom" and self.read.audience.status == "Created"

    @property
    def what(self) -> str:
        """The job for people."""
        audience = quoted(self.read.name)
        return f"{quoted(self.draft.name)} on {audience}, {self.draft.size_and_price}"

    @property
    def warning(self) -> str:
        """A sentence to append where labelers are there by chance, or hardly any are."""
        clashes = [
            f"{said} Some of its labelers are there by chance." for said in describe_contradictions(self.read.examples)
        ]
        return "".join(f" {said}" for said in (*clashes[:1], describe_low_pass_rate(self.read)) if said)

    @property
    def shortfall(self) -> float:
        """What the balance lacked for the estimate before the start."""
        cost, balance = self.draft.estimated_cost, self.draft.balance_usd
        return 0.0 if balance is None else max(0.0, round((cost or 0.0) - balance, 6))

    @property
    def content(self) -> dict[str, Any]:
        """What makes two starts the same."""
        return {
            "job_definition_id": self.job_definition_id,
            "revision": self.draft.revision,
            "audience_id": self.audience_id,
            "run_after": self.run_after,
        }

    def reply(self, status: Literal["started", "approval_required", "declined"], **facts: Any) -> AssignedJob:
        """An answer to this call."""
        given: dict[str, Any] = {
            "already_existed": False,
            "job_definition_id": self.job_definition_id,
            "audience_id": self.audience_id,
            "recruiting_started": False,
            "most_responses": self.draft.most_responses,
            "estimated_cost_usd": self.draft.estimated_cost,
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
    services = await services_of(ctx)
    read, draft = await _read(services.platform, job_definition_id, audience_id)
    request = Request(job_definition_id, audience_id, run_after, repeat, draft, read)
    if request.recruits:
        require_examples(read)
    if not repeat:
        earlier = await services.ledger.made("job", request.content, services.platform.jobs.exists)
        if earlier is not None:
            return await _started(services, request, earlier, already_existed=True)
    if read.audience.kind == "filtered" and read.base is None:
        raise Refused(
            f"audience_id: {describe_part(read)} Nothing was started.",
            "Run it on another one: find_audiences() lists them.",
        )
    if services.platform.costs:
        return await _purchase(ctx, services, request, quote)
    send = partial(_send, services.platform, request)
    made = await services.gate.start_free(request.content, send, services.platform.jobs.exists, repeat=repeat)
    return await _started(services, request, made.id, already_existed=made.already_existed, approved_by=BY_NOBODY)


async def _read(platform: Platform, job_definition_id: str, audience_id: str) -> tuple[AudienceState, DraftState]:
    return await gather(read_audience(platform, audience_id), read_draft(platform, job_definition_id))


async def _purchase(
    ctx: Context[Any, Any], services: Services, request: Request, quote_id: str
) -> AssignedJob | InputRequiredResult:
    """Start what costs money: asked and approved, or quoted and called again. Everything else starts nothing."""
    gate, start = services.gate, _start(services.platform, request)
    earlier = await gate.continued(start)
    if earlier is not None:
        return await _started(
            services, request, earlier.id, already_existed=earlier.already_existed, approved_by=BY_EARLIER_CALL
        )
    approval = await gate.approve(ctx, start, quote_id)
    if isinstance(approval, InputRequiredResult):
        return approval
    if isinstance(approval, Quoted):
        return _quoted(request, approval, start.order)
    if isinstance(approval, Declined):
        return request.reply(
            "declined",
            summary=f"{approval.said}. Nothing was started: {request.what}.",
            next_step="Ask the user what to change, if anything.",
            balance_usd=start.order.balance,
        )
    if approval.quote.state == "used" and approval.quote.job_id is not None:
        return await _started(services, request, approval.quote.job_id, already_existed=True)
    if approval.by == BY_USER:  # who took a while, perhaps
        read, draft = await _read(services.platform, request.job_definition_id, request.audience_id)
        request = replace(request, read=read, draft=draft)
        start = _start(services.platform, request)
        await gate.require_unchanged(approval.quote, start)
    made = await gate.start(start, approval)
    return await _started(services, request, made.id, already_existed=made.already_existed, approved_by=approval.by)


def _start(platform: Platform, request: Request) -> Start:
    """What would be started, at its present price.

    Raises:
        NotYet: while the platform has not priced it.
    """
    estimate = request.draft.estimated_cost
    if estimate is None:
        raise NotYet(
            "The platform has not priced this draft yet, so nobody can approve it. Nothing was started.",
            f"get_job(job_definition_id='{request.job_definition_id}') in a few seconds tells the price.",
        )
    order = Order(
        request.job_definition_id,
        request.draft.revision,
        request.audience_id,
        request.run_after,
        request.repeat,
        estimate,
        request.draft.balance_usd,
    )
    examples = describe_truths(request.read.examples) if request.recruits else ""
    return Start(
        order=order,
        question=_question(request, order, examples, simulated=platform.simulated),
        examples=examples,
        content=request.content,
        send=partial(_send, platform, request),
        exists=platform.jobs.exists,
    )


async def _send(platform: Platform, request: Request, attempt: LedgerAttempt, allow: Allow) -> str:
    """Start the job, and recruiting with it where that has not begun; its id."""

    async def begin() -> None:
        await allow()
        if request.recruits:
            await platform.audiences.start_recruiting(request.audience_id)

    return await platform.jobs.start(
        request.job_definition_id,
        request.draft.revision,
        request.audience_id,
        run_after=request.run_after or None,
        allow=begin,
        attempt=attempt,
    )


def _quoted(request: Request, quoted: Quoted, order: Order) -> AssignedJob:
    """A quote to come back with. All that this promises is two calls with the price between them."""
    quote, why = quoted.quote, f"The old quote no longer holds: {quoted.why}. " if quoted.why else ""
    call = f"job_definition_id='{request.job_definition_id}', audience_id='{request.audience_id}', quote='{quote.id}'"
    call += f", run_after='{request.run_after}'" if request.run_after else ""
    call += ", repeat=true" if request.repeat else ""
    return request.reply(
        "approval_required",
        summary=f"{why}Nothing was started. To tell the user: {quote.question} This client cannot ask its user itself, "
        "so the server can only insist on a second call that names this quote.",
        next_step=f"After the user's yes, within 15 minutes: assign_job({call}).",
        quote=quote.id,
        balance_usd=order.balance,
    )


def _question(request: Request, order: Order, examples: str, *, simulated: bool) -> str:
    """What the user is asked, with everything that a yes means."""
    asked = f"Labelers are asked {request.draft.quoted_instruction}."
    parts = [f"Start {request.what}? {asked}{rehearsal_note(simulated)}{request.warning}"]
    if request.run_after:
        parts.append(f"It waits until {request.run_after} has ended.")
    if order.shortfall:
        parts.append(
            f"That is {dollars(order.shortfall)} short: the job would start and then stall until it is topped up."
        )
    if request.draft.started_jobs:
        earlier = ", ".join(request.draft.started_jobs)
        parts.append(f"It was started before, as {earlier}; this is another job.")
    if examples:
        parts.append(f"Recruiting starts with it, on these examples with their right answers: {examples}.")
    return " ".join(parts)


async def _started(
    services: Services, request: Request, job_id: str, *, already_existed: bool, approved_by: str | None = None
) -> AssignedJob:
    """The answer that names the job."""
    recruiting, short = request.recruits and not already_existed, ""
    next_step = f"get_job(job_id='{job_id}', wait_seconds=30) tells how far it is."
    if already_existed:
        state = (await services.platform.jobs.get(job_id)).state
        done = f"This job had been started before; it is {state}"
        if state == JobState.COMPLETED:
            next_step = f"get_results(job_id='{job_id}') shows what came out."
    else:
        waits = f"it waits until {request.run_after} has ended" if request.run_after else "pause_job stops it"
        done = f"Started the job; {waits}"
        if request.shortfall:
            short = (
                f" The balance is {dollars(request.shortfall)} short of the estimate, so the job will stall until it "
                "is topped up."
            )
            next_step = f"{top_up(services.platform)}, best before it stalls; {next_step}"
    links = services.platform.links
    return request.reply(
        "started",
        summary=f"{done}: {request.what}.{short}{' Recruiting has started for its audience.' if recruiting else ''}"
        f"{request.warning}{rehearsal_note(services.platform.simulated)}{links.people(request.audience_id, job_id)}",
        next_step=next_step,
        job_id=job_id,
        label_url=links.label(request.audience_id, job_id) or "",
        already_existed=already_existed,
        recruiting_started=recruiting,
        approved_by=None if already_existed else approved_by,
    )
