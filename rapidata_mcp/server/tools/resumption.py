"""The tool that lets jobs go on, and so may spend money: within the approval of their start, or after another yes."""

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
from rapidata_mcp.spending import audit
from rapidata_mcp.spending.purchase import BY_NOBODY, BY_USER, Approved, Declined, Order, Purchase
from rapidata_mcp.usd import dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.opening import Services
    from rapidata_mcp.spending.budget import Allowance
    from rapidata_mcp.spending.gate import SpendingGate


@dataclass(frozen=True)
class Resumption:
    """A job that would go on: what all of it costs, what is left of that (US dollars), and what was allowed here."""

    job: Job
    progress: JobProgress
    cost: float
    left: float
    allowance: Allowance | None
    purchase: Purchase

    @property
    def allowed_on(self) -> str | None:
        """The day on which its start was approved, at no less than it costs now; None when it was not."""
        return self.allowance.day if self.allowance is not None and self.allowance.covers(self.cost) else None


async def resume_job(ctx: Context, job_id: JobId) -> JobStatus | InputRequiredResult:
    """Continues a paused job, retries a failed one, makes stale results anew. Spends within the job's approval."""
    services = await services_of(ctx)
    platform = services.platform
    job, progress, funnel = await read_job(platform, job_id)
    if job.state.resumption is None:
        stall = await find_stall(platform, job, progress, funnel)
        return with_stall(_not_resumed(job, progress, "There was nothing to resume."), stall)
    if not job.state.has_all_responses and await platform.has_lost_audience(job):
        stall = deleted_audience_stall(job)
        raise Refused(f"{stall.why} Nothing was resumed.", stall.fix)
    if job.state == JobState.SPEND_LIMITED:
        balance = await platform.balance()
        if balance is not None and balance <= 0:
            stall = await money_stall(platform, job, progress.response_count or 0)
            raise Refused(f"{stall.why} Nothing was resumed.", stall.fix)
    if platform.costs and job.state != JobState.STALE_RESULTS:
        return await _purchase(ctx, services, job, progress)
    said = "" if job.state.has_all_responses else await _free(platform, job, progress)
    audit.sent(BY_NOBODY)
    await _send(platform, job)
    audit.done()
    return await _resumed(platform, job_id, said)


async def _purchase(
    ctx: Context[Any, Any], services: Services, job: Job, progress: JobProgress
) -> JobStatus | InputRequiredResult:
    """Let a job go on that spends: what is left of it was approved at its start, or the user is asked now.

    Raises:
        Refused: when not so much was approved here and the user cannot be asked, or a budget is exceeded.
    """
    gate, platform, quote = services.gate, services.platform, None
    resumption = await _price(services, job, progress)
    by = f"the approval of its start on {resumption.allowed_on}"
    if resumption.allowed_on is None:
        approval = await _ask(ctx, gate, resumption)
        if isinstance(approval, InputRequiredResult):
            return approval
        if isinstance(approval, Declined):
            told = _not_resumed(job, progress, f"{approval.said}; nothing was resumed.", "declined")
            told.estimated_cost_usd = resumption.left
            return told
        job, progress, _ = await read_job(platform, job.job_id)  # whoever was asked took a while, perhaps
        if job.state.resumption is None:
            return _not_resumed(job, progress, "There was nothing to resume any more.")
        resumption, by, quote = await _price(services, job, progress), BY_USER, approval.quote
        await gate.require_unchanged(quote, resumption.purchase)
    counts_today = resumption.allowed_on == gate.budget.today()
    await gate.resume(resumption.purchase, by, partial(_send, platform, job), quote, counted=counts_today)
    said = f"It may spend up to {dollars(resumption.left)} more, allowed by {by} (a few late responses can add to it)."
    return await _resumed(platform, job.job_id, said, resumption.left)


async def _price(services: Services, job: Job, progress: JobProgress) -> Resumption:
    """What a job costs, what is left of it, what was allowed, and what the user is asked beyond that.

    Raises:
        NotYet: where the platform does not tell.
        Refused: when the limit for one job is exceeded.
    """
    estimate, balance = await gather(services.platform.jobs.cost_estimate(job.job_id), services.platform.balance())
    if estimate is None:
        raise NotYet("The platform does not tell what this job costs. Nothing was resumed.", "Try again in a minute.")
    cost = estimate.estimated_cost
    services.gate.budget.require_job(cost)
    left = cost * (1 - progress.completion_percentage / 100)
    order = Order(
        job.definition_id,
        job.revision_number,
        job.audience_id,
        run_after="",
        repeat=False,
        estimate=left,
        balance=balance,
        resumes=job.job_id,
    )
    allowance = await services.gate.budget.allowance(job.job_id)
    question = (
        f"Resume the job {quoted(clean(job.name))}? It may spend up to {dollars(left)} more. "
        f"{_beyond(allowance, cost)}.{rehearsal_note(services.platform.simulated)}"
    )
    if order.shortfall:
        question += f" The balance is {dollars(order.shortfall)} short of that."
    return Resumption(job, progress, cost, left, allowance, Purchase(order=order, question=question))


def _beyond(allowance: Allowance | None, cost: float) -> str:
    """Why the approval of a start does not cover a job."""
    if allowance is None:
        return "Nobody approved the cost of this job here"
    return f"It is estimated at {dollars(cost)} by now, and {dollars(allowance.estimate)} were approved"


async def _ask(
    ctx: Context[Any, Any], gate: SpendingGate, resumption: Resumption
) -> Approved | Declined | InputRequiredResult:
    """Ask the user, who is the only one to allow what the approval of the start does not cover.

    Raises:
        Refused: where the user cannot be asked or does not want to be, or a yes would be in vain or was used up.
    """
    beyond = _beyond(resumption.allowance, resumption.cost)
    if gate.approval == "quote":
        raise Refused(
            f"{beyond}, and RAPIDATA_MCP_APPROVAL=quote keeps the user from being asked. Nothing was resumed.",
            "The user can resume it in Rapidata's app, or set RAPIDATA_MCP_APPROVAL=auto.",
        )
    if not gate.can_ask(ctx):
        raise Refused(
            f"{beyond}, and this client cannot ask its user. Nothing was resumed.",
            "The user can resume it in Rapidata's app.",
        )
    await gate.budget.require_affordable(resumption.left)
    approval = await gate.ask(ctx, resumption.purchase)
    if isinstance(approval, Approved) and approval.quote.state == "used":
        raise Refused(
            "The user's yes was for an earlier try. Nothing was resumed.",
            Call("resume_job", {"job_id": resumption.job.job_id}, "asks again"),
        )
    return approval


async def _send(platform: Platform, job: Job) -> None:
    await (platform.jobs.retry if job.state.resumption == "retry" else platform.jobs.resume)(job.job_id)


async def _resumed(platform: Platform, job_id: str, said: str, left: float | None = None) -> JobStatus:
    """Where a job stands that goes on."""
    job, progress, funnel = await read_job(platform, job_id)
    stall = await find_stall(platform, job, progress, funnel)
    status = with_stall(job_status(job, progress, said), stall)
    status.estimated_cost_usd = left
    return status


def _not_resumed(job: Job, progress: JobProgress, said: str, outcome: str = "nothing to resume") -> JobStatus:
    return job_status(job, progress, said).with_outcome(outcome)


async def _free(platform: Platform, job: Job, progress: JobProgress) -> str:
    """That what is still to come costs nothing, and how much that is."""
    estimate = await platform.estimate_of(job.job_id)
    if platform.costs or estimate is None:
        return ""
    left = max(0, estimate.required_responses - (progress.response_count or 0))
    return f"Up to about {count_of(left, 'response')} are still to come; they cost nothing."
