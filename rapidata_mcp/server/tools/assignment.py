"""The tool that starts jobs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.types import InputRequiredResult
from pydantic import Field

from rapidata_mcp.calls import Call, NextStep
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
from rapidata_mcp.spending.gate import ApprovalRequired, Declined
from rapidata_mcp.spending.records import BY_EARLIER_CALL, BY_NOBODY, BY_USER, SpendOutcome, nothing_sent
from rapidata_mcp.spending.requests import Allow, JobStart, SpendRequest
from rapidata_mcp.usd import Usd, dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.server.opening import Services
    from rapidata_mcp.spending.ledger import LedgerAttempt, Made

WAIT_SECONDS = 30


class AssignedJob(Reply):
    """A job that was started, or the reason why none was."""

    status: Literal["started", "approval_required", "declined"]
    job_id: str | None = None
    quote: str | None = None
    already_existed: bool = False
    job_definition_id: str
    audience_id: str
    recruiting_started: bool = False
    most_responses: int | None = None
    estimated_cost_usd: float | None = None
    balance_usd: float | None = None
    approved_by: str | None = None
    label_url: str = ""


@dataclass(frozen=True)
class Assignment:
    """A draft to run on an audience, as the platform has both now."""

    job_definition_id: str
    audience_id: str
    run_after: str
    repeat: bool
    draft: DraftState
    audience: AudienceState

    @property
    def starts_recruiting(self) -> bool:
        """Whether recruiting starts with the job."""
        return self.audience.audience.kind == "custom" and self.audience.audience.status == "Created"

    @property
    def description(self) -> str:
        """The job with its size and price, as a phrase."""
        return f"{quoted(self.draft.name)} on {quoted(self.audience.name)}, {self.draft.size_and_price}"

    @property
    def warning(self) -> str:
        """Sentences to append if labelers qualify by chance, or few qualify."""
        contradictions = [
            f"{contradiction} Some of its labelers are there by chance."
            for contradiction in describe_contradictions(self.audience.examples)
        ]
        sentences = (*contradictions[:1], describe_low_pass_rate(self.audience))
        return "".join(f" {sentence}" for sentence in sentences if sentence)

    @property
    def shortfall(self) -> Usd:
        """The amount that the balance lacked for the estimate before the start."""
        if self.draft.balance_usd is None or self.draft.estimated_cost is None:
            return Usd(0)
        return self.draft.estimated_cost.minus(self.draft.balance_usd)

    def start(self, platform: Platform) -> JobStart:
        """Return the start of the job, which happens once for its draft, revision, audience and order."""
        content: dict[str, str | int] = {
            "job_definition_id": self.job_definition_id,
            "revision": self.draft.revision,
            "audience_id": self.audience_id,
            "run_after": self.run_after,
        }
        return JobStart(content, partial(_send, platform, self), platform.jobs.exists)

    def price(self, *, simulated: bool) -> SpendRequest:
        """Return the request to spend, at the present price.

        Raises:
            NotYet: the platform has not priced the draft yet.
        """
        if self.draft.estimated_cost is None:
            raise NotYet(
                "The platform has not priced this draft yet, so nobody can approve it. Nothing was started.",
                Call("get_job", {"job_definition_id": self.job_definition_id}, "in a few seconds shows the price"),
            )
        examples = describe_truths(self.audience.examples) if self.starts_recruiting else ""
        return SpendRequest(
            job_definition_id=self.job_definition_id,
            revision=self.draft.revision,
            audience_id=self.audience_id,
            run_after=self.run_after,
            repeat=self.repeat,
            estimated_cost=self.draft.estimated_cost,
            balance=self.draft.balance_usd,
            question=self._question(examples, simulated=simulated),
            examples=examples,
        )

    def _question(self, examples: str, *, simulated: bool) -> str:
        """The question to the user, with everything that a yes approves."""
        instruction = f"Labelers are asked {self.draft.quoted_instruction}."
        sentences = [f"Start {self.description}? {instruction}{rehearsal_note(simulated)}{self.warning}"]
        if self.run_after:
            sentences.append(f"It waits until {self.run_after} has ended.")
        if self.shortfall:
            short = f"That is {dollars(self.shortfall)} short"
            sentences.append(f"{short}: the job would start and then stall until it is topped up.")
        if self.draft.started_jobs:
            earlier = ", ".join(self.draft.started_jobs)
            sentences.append(f"It was started before, as {earlier}; this is another job.")
        if examples:
            sentences.append(f"Recruiting starts with it, on these examples with their right answers: {examples}.")
        return " ".join(sentences)

    def reply(
        self, status: Literal["started", "approval_required", "declined"], summary: str, next_step: NextStep | Call
    ) -> AssignedJob:
        """Return a reply to the call."""
        return AssignedJob(
            status=status,
            summary=summary,
            next_step=NextStep.of(next_step),
            job_definition_id=self.job_definition_id,
            audience_id=self.audience_id,
            most_responses=self.draft.most_responses,
            estimated_cost_usd=self.draft.estimated_cost,
        )


async def assign_job(
    ctx: Context,
    job_definition_id: DefinitionId,
    audience_id: AudienceId,
    quote: Annotated[
        str, Field(pattern=OPTIONAL_ID, description="The quote of an earlier call that the user has approved")
    ] = "",
    run_after: Annotated[
        str, Field(pattern=OPTIONAL_ID, description="Job of the same audience that must end first")
    ] = "",
    repeat: Annotated[bool, Field(description="true starts another job from the same draft, and spends again")] = False,
) -> SpendOutcome[AssignedJob | InputRequiredResult]:
    """Starts a job: runs a draft on an audience. Starts recruiting too if it has not begun.

    If the job costs money, the user is asked to approve it; if the client cannot ask, the first call returns a quote.
    The same call again returns the same job.
    """
    services = await services_of(ctx)
    assignment = await _read(services.platform, job_definition_id, audience_id, run_after, repeat=repeat)
    audience = assignment.audience
    if assignment.starts_recruiting:
        require_examples(audience)
    start = assignment.start(services.platform)
    if not repeat:
        earlier = await services.ledger.find_made("job", start.content, start.exists)
        if earlier is not None:
            return nothing_sent(await _already_started(services, assignment, earlier))
    if audience.audience.kind == "filtered" and audience.base is None:
        raise Refused(
            f"audience_id: {describe_part(audience)} Nothing was started.",
            NextStep("Run it on another audience", Call("find_audiences", why="lists them")),
        )
    if services.platform.costs:
        return await _start_paid(ctx, services, assignment, quote)
    return await services.gate.start_free(start, partial(_started, services, assignment, BY_NOBODY), repeat=repeat)


async def _read(
    platform: Platform, job_definition_id: str, audience_id: str, run_after: str, *, repeat: bool
) -> Assignment:
    audience, draft = await gather(read_audience(platform, audience_id), read_draft(platform, job_definition_id))
    return Assignment(job_definition_id, audience_id, run_after, repeat, draft, audience)


async def _start_paid(
    ctx: Context[Any, Any], services: Services, assignment: Assignment, quote_id: str
) -> SpendOutcome[AssignedJob | InputRequiredResult]:
    """Start a job that costs money, if it is approved."""
    gate, platform = services.gate, services.platform
    request = assignment.price(simulated=platform.simulated)
    found = await gate.find_started(
        request, assignment.start(platform), partial(_started, services, assignment, BY_EARLIER_CALL)
    )
    if found is not None:
        return found
    approval = await gate.approve(ctx, request, quote_id)
    if isinstance(approval, InputRequiredResult):
        return nothing_sent(approval)
    if isinstance(approval, ApprovalRequired):
        return nothing_sent(_approval_required(assignment, approval, request))
    if isinstance(approval, Declined):
        return nothing_sent(_declined(assignment, approval, request))
    if approval.quote.state == "used" and approval.quote.job_id is not None:
        return nothing_sent(await _already_started(services, assignment, approval.quote.job_id))
    if approval.approved_by == BY_USER:  # the answer may have taken a while
        assignment = await _read(
            platform,
            assignment.job_definition_id,
            assignment.audience_id,
            assignment.run_after,
            repeat=assignment.repeat,
        )
        await gate.require_unchanged(approval.quote, assignment.price(simulated=platform.simulated))
    make_reply = partial(_started, services, assignment, approval.approved_by)
    return await gate.start(assignment.start(platform), approval, make_reply)


async def _send(platform: Platform, assignment: Assignment, attempt: LedgerAttempt, allow: Allow) -> str:
    """Start the job, and recruiting if it has not begun. Return the id of the job."""

    async def allow_and_recruit() -> None:
        await allow()
        if assignment.starts_recruiting:
            await platform.audiences.start_recruiting(assignment.audience_id)

    return await platform.jobs.start(
        assignment.job_definition_id,
        assignment.draft.revision,
        assignment.audience_id,
        run_after=assignment.run_after or None,
        allow=allow_and_recruit,
        attempt=attempt,
    )


def _approval_required(assignment: Assignment, approval: ApprovalRequired, request: SpendRequest) -> AssignedJob:
    """The reply with a quote. It promises only that a second call names the quote."""
    quote = approval.quote
    reason = f"The old quote is no longer valid: {approval.reason}. " if approval.reason else ""
    reply = assignment.reply(
        "approval_required",
        f"{reason}Nothing was started. Ask the user: {quote.question} This client cannot ask its user itself, so the "
        "server can only require a second call that names this quote.",
        request.call("", lead="After the user's yes, within 15 minutes:", quote=quote.id),
    )
    reply.quote, reply.balance_usd = quote.id, request.balance
    return reply


def _declined(assignment: Assignment, approval: Declined, request: SpendRequest) -> AssignedJob:
    reply = assignment.reply(
        "declined",
        f"{approval.reason}. Nothing was started: {assignment.description}.",
        NextStep("Ask the user what to change, if anything"),
    )
    reply.balance_usd = request.balance
    return reply


async def _started(services: Services, assignment: Assignment, approved_by: str, made: Made) -> AssignedJob:
    """The reply for a job that this call started, or found."""
    if made.already_existed:
        return await _already_started(services, assignment, made.id)
    platform = services.platform
    steps: list[Call | str] = [
        Call("get_job", {"job_id": made.id, "wait_seconds": WAIT_SECONDS}, "shows its progress"),
    ]
    note = f"it waits until {assignment.run_after} has ended" if assignment.run_after else "pause_job stops it"
    sentences = [f"Started the job; {note}: {assignment.description}."]
    if assignment.shortfall:
        sentences.append(
            f"The balance is {dollars(assignment.shortfall)} short of the estimate, so the job will stall until it is "
            "topped up."
        )
        steps.insert(0, f"{top_up(platform)}, best before it stalls")
    if assignment.starts_recruiting:
        sentences.append("Recruiting has started for its audience.")
    reply = _with_job(platform, assignment, made.id, " ".join(sentences), NextStep(*steps))
    reply.recruiting_started, reply.approved_by = assignment.starts_recruiting, approved_by
    return reply


async def _already_started(services: Services, assignment: Assignment, job_id: str) -> AssignedJob:
    """The reply for a job that an earlier call started."""
    state = (await services.platform.jobs.get(job_id)).state
    results = Call("get_results", {"job_id": job_id}, "shows the results")
    progress = Call("get_job", {"job_id": job_id, "wait_seconds": WAIT_SECONDS}, "shows its progress")
    summary = f"This job was started before; it is {state}: {assignment.description}."
    next_step = results if state == JobState.COMPLETED else progress
    reply = _with_job(services.platform, assignment, job_id, summary, next_step)
    reply.already_existed = True
    return reply


def _with_job(
    platform: Platform, assignment: Assignment, job_id: str, summary: str, next_step: NextStep | Call
) -> AssignedJob:
    """A reply with a job, and with the page on which people can answer it."""
    links = platform.links
    people = links.people(assignment.audience_id, job_id)
    summary += f"{assignment.warning}{rehearsal_note(platform.simulated)}{people}"
    reply = assignment.reply("started", summary, next_step)
    reply.job_id, reply.label_url = job_id, links.label(assignment.audience_id, job_id) or ""
    return reply
