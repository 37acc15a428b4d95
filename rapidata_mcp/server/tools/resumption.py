"""The tool that resumes jobs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import Context
from mcp.types import InputRequiredResult

from rapidata_mcp.calls import Call
from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import NotYet, Refused
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.jobs.labeler_stalls import find_stall
from rapidata_mcp.server.jobs.reading import read_job
from rapidata_mcp.server.jobs.stalls import deleted_audience_stall, money_stall
from rapidata_mcp.server.jobs.status import JobStatus, job_status, with_stall
from rapidata_mcp.server.replies import clean, count_of, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.spending.gate import Approval, Declined
from rapidata_mcp.spending.records import BY_USER, SpendOutcome, nothing_sent
from rapidata_mcp.spending.requests import SpendRequest
from rapidata_mcp.usd import Usd, dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.opening import Services
    from rapidata_mcp.spending.budget import StartApproval
    from rapidata_mcp.spending.gate import SpendingGate
    from rapidata_mcp.spending.quotes import Quote


@dataclass(frozen=True)
class Resumption:
    """A job to resume, with the present estimate for the whole job and the approval of its start, if it has one.

    The estimate of `request` covers what the job may still spend.
    """

    job: Job
    whole_job: Usd
    start_approval: StartApproval | None
    request: SpendRequest

    @property
    def approved_on(self) -> str | None:
        """The day on which the start was approved, if that approval covers the job; else None."""
        approval = self.start_approval
        return approval.day if approval is not None and approval.covers(self.whole_job) else None


async def resume_job(ctx: Context, job_id: JobId) -> SpendOutcome[JobStatus | InputRequiredResult]:
    """Continues a paused job, retries a failed one, or makes out-of-date results again.

    If the approval of its start does not cover its cost, the user is asked to approve it.
    """
    services = await services_of(ctx)
    platform = services.platform
    job, progress, funnel = await read_job(platform, job_id)
    if job.state.resumption is None:
        stall = await find_stall(platform, job, progress, funnel)
        return nothing_sent(with_stall(_not_resumed(job, progress, "There was nothing to resume."), stall))
    await _require_resumable(platform, job, progress)
    if platform.costs and job.state != JobState.STALE_RESULTS:
        return await _resume_paid(ctx, services, job, progress)
    note = "" if job.state.has_all_responses else await _describe_free_responses(platform, job, progress)
    return await services.gate.resume_free(partial(_send, platform, job), partial(_resumed, platform, job_id, note))


async def _require_resumable(platform: Platform, job: Job, progress: JobProgress) -> None:
    """Check that the job could continue.

    Raises:
        Refused: its audience was deleted, or the balance is used up.
    """
    if not job.state.has_all_responses and await platform.has_lost_audience(job):
        stall = deleted_audience_stall(job)
        raise Refused(f"{stall.why} Nothing was resumed.", stall.fix)
    if job.state == JobState.SPEND_LIMITED:
        balance = await platform.balance()
        if balance is not None and balance <= 0:
            stall = await money_stall(platform, job, progress.response_count or 0)
            raise Refused(f"{stall.why} Nothing was resumed.", stall.fix)


async def _resume_paid(
    ctx: Context[Any, Any], services: Services, job: Job, progress: JobProgress
) -> SpendOutcome[JobStatus | InputRequiredResult]:
    """Resume a job that costs money, within the approval of its start or after the user's yes.

    Raises:
        Refused: no approval covers the cost and the user cannot be asked, or a budget is exceeded.
    """
    gate, platform = services.gate, services.platform
    quote: Quote | None = None
    resumption = await _price(services, job, progress)
    approved_by = f"the approval of its start on {resumption.approved_on}"
    if resumption.approved_on is None:
        approval = await _ask(ctx, gate, resumption)
        if isinstance(approval, InputRequiredResult):
            return nothing_sent(approval)
        if isinstance(approval, Declined):
            status = _not_resumed(job, progress, f"{approval.reason}; nothing was resumed.", "declined")
            status.estimated_cost_usd = resumption.request.estimated_cost
            return nothing_sent(status)
        job, progress, _ = await read_job(platform, job.job_id)  # the answer may have taken a while
        if job.state.resumption is None:
            return nothing_sent(_not_resumed(job, progress, "There is nothing to resume any more."))
        resumption, approved_by, quote = await _price(services, job, progress), BY_USER, approval.quote
        await gate.require_unchanged(quote, resumption.request)
    estimated_cost = resumption.request.estimated_cost
    note = (
        f"It may spend up to {dollars(estimated_cost)} more, allowed by {approved_by} (a few late responses can add to "
        "it)."
    )
    return await gate.resume(
        resumption.request,
        approved_by,
        partial(_send, platform, job),
        partial(_resumed, platform, job.job_id, note, estimated_cost),
        quote,
        counted=resumption.approved_on == gate.budget.today(),
    )


async def _price(services: Services, job: Job, progress: JobProgress) -> Resumption:
    """Return the resumption of a job at the present price.

    Raises:
        NotYet: the platform has no estimate.
        Refused: the limit for one job is exceeded.
    """
    platform, budget = services.platform, services.gate.budget
    estimate, balance = await gather(platform.jobs.cost_estimate(job.job_id), platform.balance())
    if estimate is None:
        raise NotYet("The platform has no estimate for this job yet. Nothing was resumed.", "Try again in a minute.")
    whole_job = Usd(estimate.estimated_cost)
    budget.require_within_job_limit(whole_job)
    remaining = Usd(whole_job * max(0.0, 1 - progress.completion_percentage / 100))
    start_approval = await budget.approval_of(job.job_id)
    question = (
        f"Resume the job {quoted(clean(job.name))}? It may spend up to {dollars(remaining)} more. "
        f"{_reason_to_ask(start_approval, whole_job)}.{rehearsal_note(platform.simulated)}"
    )
    if shortfall := (Usd(0) if balance is None else remaining.minus(balance)):
        question += f" The balance is {dollars(shortfall)} short of that."
    request = SpendRequest(
        job_definition_id=job.definition_id,
        revision=job.revision_number,
        audience_id=job.audience_id,
        resumes=job.job_id,
        estimated_cost=remaining,
        balance=balance,
        question=question,
    )
    return Resumption(job, whole_job, start_approval, request)


def _reason_to_ask(start_approval: StartApproval | None, whole_job: Usd) -> str:
    """Why the approval of the start does not cover the job."""
    if start_approval is None:
        return "Nobody approved the cost of this job here"
    return f"It is estimated at {dollars(whole_job)} by now, and {dollars(start_approval.estimated_cost)} were approved"


async def _ask(
    ctx: Context[Any, Any], gate: SpendingGate, resumption: Resumption
) -> Approval | Declined | InputRequiredResult:
    """Ask the user. No quote of an earlier call can replace the answer.

    Raises:
        Refused: the user cannot be asked, a budget is exceeded, or the yes was used by an earlier try.
    """
    reason = _reason_to_ask(resumption.start_approval, resumption.whole_job)
    if gate.approval == "quote":
        raise Refused(
            f"{reason}, and RAPIDATA_MCP_APPROVAL=quote keeps the user from being asked. Nothing was resumed.",
            "The user can resume it in Rapidata's app, or set RAPIDATA_MCP_APPROVAL=auto.",
        )
    if not gate.can_ask(ctx):
        raise Refused(
            f"{reason}, and this client cannot ask its user. Nothing was resumed.",
            "The user can resume it in Rapidata's app.",
        )
    await gate.budget.require_affordable(resumption.request.estimated_cost)
    approval = await gate.ask(ctx, resumption.request)
    if isinstance(approval, Approval) and approval.quote.state == "used":
        raise Refused(
            "The user's yes was for an earlier try. Nothing was resumed.",
            Call("resume_job", {"job_id": resumption.job.job_id}, "asks again"),
        )
    return approval


async def _send(platform: Platform, job: Job) -> None:
    await (platform.jobs.retry if job.state.resumption == "retry" else platform.jobs.resume)(job.job_id)


async def _resumed(platform: Platform, job_id: str, note: str, estimated_cost: Usd | None = None) -> JobStatus:
    """The status of a job that this call resumed."""
    job, progress, funnel = await read_job(platform, job_id)
    stall = await find_stall(platform, job, progress, funnel)
    status = with_stall(job_status(job, progress, note), stall)
    status.estimated_cost_usd = estimated_cost
    return status


def _not_resumed(job: Job, progress: JobProgress, note: str, outcome: str = "nothing to resume") -> JobStatus:
    return job_status(job, progress, note).with_outcome(outcome)


async def _describe_free_responses(platform: Platform, job: Job, progress: JobProgress) -> str:
    """A sentence on the responses that are still to come, if they cost nothing."""
    estimate = await platform.estimate_of(job.job_id)
    if platform.costs or estimate is None:
        return ""
    remaining = max(0, estimate.required_responses - (progress.response_count or 0))
    return f"Up to about {count_of(remaining, 'response')} are still to come; they cost nothing."
