"""Tools for jobs: watch, find, resume."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from mcp.server.mcpserver import Context
from mcp.types import InputRequiredResult
from pydantic import BaseModel, Field

from rapidata_mcp.concurrency import task_group, together
from rapidata_mcp.errors import InvalidArgument, NotFound, NotYet, Refused
from rapidata_mcp.server.arguments import OPTIONAL_ID, JobId, Limit, Name, PageNumber, unknown
from rapidata_mcp.server.desk import Desk, desk_of
from rapidata_mcp.server.replies import Outside, Reply, clean, counted, dollars, fenced
from rapidata_mcp.server.tools.audience_reading import read_audience
from rapidata_mcp.server.tools.definitions import described, draft_facts, started
from rapidata_mcp.server.tools.job_status import JobDetails, JobStatus, job_status
from rapidata_mcp.server.tools.standstill import (
    COLLECTED,
    Standstill,
    of_audience,
    of_deleted_audience,
    of_few,
    of_itself,
    of_money,
    of_used_up,
    used_up,
)
from rapidata_mcp.server.tools.waiting import WAITING, wait_for_news
from rapidata_mcp.spending.approval import ask, can_ask

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobListItem, JobProgress
    from rapidata_mcp.spending.budget import Approved

RESUMABLE = {"Paused": "resume", "SpendLimited": "resume", "Failed": "retry", "StaleResults": "retry"}
"""What brings a job on, by its state (contract G.2, G.5)."""
Status = TypeVar("Status", bound=JobStatus)


class FoundJob(BaseModel):
    """A job in a list; `responses` is told where no datapoint is done yet."""

    job_id: str
    name: Outside
    created_at: str
    state: str
    progress: float
    responses: int | None = None
    job_definition_id: str
    audience_id: str


class FoundDraft(BaseModel):
    """A job definition in a list."""

    job_definition_id: str
    name: Outside


class FoundJobs(Reply):
    """A page of jobs, and of definitions."""

    jobs: list[FoundJob]
    drafts: list[FoundDraft]
    total_jobs: int
    total_drafts: int


async def get_job(
    ctx: Context,
    job_id: Annotated[str, Field(pattern=OPTIONAL_ID, description="The job; or give job_definition_id")] = "",
    job_definition_id: Annotated[str, Field(pattern=OPTIONAL_ID, description="A draft")] = "",
    wait_seconds: Annotated[
        int, Field(ge=0, le=50, description="Waits at most this long for a change worth telling")
    ] = 0,
) -> JobDetails:
    """Tells where a job stands: progress, responses, recruiting, time left, and why it does not move if it does not.

    For a draft it tells size, price and the jobs it was used for.
    """
    if bool(job_id) == bool(job_definition_id):
        raise InvalidArgument("job_id", "give exactly one of job_id and job_definition_id.", "find_jobs() lists both.")
    platform = (await desk_of(ctx)).platform
    if job_definition_id:
        return await _draft_status(platform, job_definition_id)
    news, estimate = await together(read_job(platform, job_id), platform.estimate_of(job_id))
    expected, price = (estimate.required_responses, estimate.cost_per_response) if estimate else (None, None)
    standstill = await _why_still(platform, *news, expected)
    if wait_seconds and (standstill is None or not standstill.mend or standstill.ends):
        news = await wait_for_news(ctx, platform, news, wait_seconds)
        standstill = await _why_still(platform, *news, expected)
    status = await _explained(platform, *news, standstill, expected)
    return await _with_cost(platform, status, price if platform.costs else None)


async def _why_still(
    platform: Platform, job: Job, progress: JobProgress, funnel: RecruitingMetrics, expected: int | None = None
) -> Standstill | None:
    """Why a job does not move; None where it does, or may at any moment. `expected` are the responses it takes."""
    itself = await of_itself(platform, job, progress.response_count or 0)
    if itself is not None or job.state != "Running":
        return itself
    pace = platform.pace_of(job)
    answered = progress.response_count or funnel.count("Graduated")
    if answered and not pace.is_quiet and not used_up(funnel, progress):
        return None
    try:
        read = await read_audience(platform, job.audience_id)
    except NotFound:
        return of_deleted_audience(job)
    if not answered:
        return of_audience(read, job.definition_id)
    return of_used_up(read, job, progress, expected, pace) or of_few(read, job, pace.quiet_s)


async def _explained(
    platform: Platform,
    job: Job,
    progress: JobProgress,
    funnel: RecruitingMetrics,
    standstill: Standstill | None,
    expected: int | None,
) -> JobDetails:
    """A job's status with its funnel, with why it does not move, and with where people can answer it."""
    pace = platform.pace_of(job) if standstill is None else None  # nobody can tell the time left where it stands still
    reach = funnel.qualified * progress.total if funnel.users_per_state else None
    status = JobDetails(**job_status(job, progress, "", pace, expected, reach).model_dump())
    if job.state in WAITING and standstill != of_deleted_audience(job):
        status.label_url = platform.links.label(job.audience_id, job.job_id) or ""
        status.summary += platform.links.people(job.audience_id, job.job_id)
        if status.label_url and not platform.simulated:
            status.next_step = f"Give people label_url; then {status.next_step}"
    if progress.reported_count:
        status.summary += f" People reported {counted(progress.reported_count, 'datapoint')} as broken."
    if funnel.users_per_state:
        status.graduated, status.qualifying = funnel.count("Graduated"), funnel.count("Distilling")
    return _with_why(status, standstill)


def _with_why(status: Status, standstill: Standstill | None) -> Status:
    """A job's status with why it does not move, and what mends it."""
    if standstill is not None:
        status.why = standstill.why
        status.summary += f" {standstill.why}"
        status.next_step = standstill.mend or status.next_step
    return status


async def _with_cost(platform: Platform, status: JobDetails, price: float | None) -> JobDetails:
    """A job's status with what it has cost: as billed once it does not collect, else its responses at their price."""
    billed = None
    if platform.costs and status.job_id and status.state not in WAITING:
        billed = await platform.billing.cost_of(status.job_id)
    if billed is not None:
        status.cost_usd = billed
        status.summary += f" It has cost {dollars(billed)}."
    elif price is not None:
        status.cost_usd = round(price * (status.human_responses + status.simulated_responses), 4)
        status.summary += f" It has cost about {dollars(status.cost_usd)} so far."
    return status


async def find_jobs(ctx: Context, name: Name = "", page: PageNumber = 1, limit: Limit = 10) -> FoundJobs:
    """Lists jobs and drafts (job definitions), newest first."""
    platform = (await desk_of(ctx)).platform
    jobs, drafts = await together(platform.jobs.find(name, page, limit), platform.definitions.find(name, page, limit))
    more = max(jobs.total, drafts.total) > page * limit
    responses = await _responses_of(platform, [job for job in jobs.items if not job.progress])
    return FoundJobs(
        summary=f"{len(jobs.items)} of {jobs.total} jobs, {len(drafts.items)} of {drafts.total} drafts.",
        jobs=[
            FoundJob(
                job_id=job.job_id,
                name=clean(job.name),
                created_at=job.created_at.strftime("%Y-%m-%d %H:%M:%S"),
                state=clean(job.state or "unknown"),
                progress=round(100 * (job.progress or 0), 1),
                responses=responses.get(job.job_id),
                job_definition_id=job.job_definition_id,
                audience_id=job.audience_id,
            )
            for job in jobs.items
        ],
        drafts=[FoundDraft(job_definition_id=draft.definition_id, name=clean(draft.name)) for draft in drafts.items],
        total_jobs=jobs.total,
        total_drafts=drafts.total,
        next_step=f"find_jobs(page={page + 1}, limit={limit}{', name as before' if name else ''}) shows more."
        if more
        else "get_job(job_id) tells how a job is doing, get_results(job_id) what came out.",
    )


async def _responses_of(platform: Platform, jobs: Sequence[JobListItem]) -> dict[str, int]:
    """How many responses these jobs have, which a list of jobs does not tell."""
    found: dict[str, int] = {}

    async def count(job_id: str) -> None:
        found[job_id] = (await platform.jobs.progress(job_id)).response_count or 0

    async with task_group() as group:
        for job in jobs:
            group.start_soon(count, job.job_id)
    return found


async def resume_job(ctx: Context, job_id: JobId) -> JobStatus | InputRequiredResult:
    """Continues a paused job, retries a failed one, makes stale results anew. Spends within the job's approval."""
    desk = await desk_of(ctx)
    job, progress, funnel = await read_job(desk.platform, job_id)
    if job.state not in RESUMABLE:
        standstill = await _why_still(desk.platform, job, progress, funnel)
        return _with_why(job_status(job, progress, "There was nothing to resume."), standstill)
    if job.state not in COLLECTED and await desk.platform.is_cut_off(job):
        standstill = of_deleted_audience(job)
        raise Refused(f"{standstill.why} Nothing was resumed.", standstill.mend)
    if job.state == "SpendLimited" and await desk.platform.balance() == 0:
        standstill = await of_money(desk.platform, job, progress.response_count or 0)
        raise Refused(f"{standstill.why} Nothing was resumed.", standstill.mend)
    approved: dict[str, Any] = {}
    said = "" if job.state in COLLECTED else await _free(desk.platform, job, progress)
    if desk.platform.costs and job.state != "StaleResults":
        outcome = await _approve_again(ctx, desk, job, progress)
        if not isinstance(outcome, dict):
            return outcome
        approved = outcome
        said = (
            f"It may spend up to {dollars(outcome['estimated_cost_usd'])} more, allowed by {outcome['approved_by']} "
            "(a few late responses can add to it)."
        )
    await (desk.platform.jobs.retry if RESUMABLE[job.state] == "retry" else desk.platform.jobs.resume)(job_id)
    job, progress, funnel = await read_job(desk.platform, job_id)
    standstill = await _why_still(desk.platform, job, progress, funnel)
    status = _with_why(job_status(job, progress, said), standstill).audited(**approved)
    status.estimated_cost_usd = approved.get("estimated_cost_usd")
    return status


async def _free(platform: Platform, job: Job, progress: JobProgress) -> str:
    """That what is still to come costs nothing, and how much that is."""
    estimate = await platform.estimate_of(job.job_id)
    if platform.costs or estimate is None:
        return ""
    left = max(0, estimate.required_responses - (progress.response_count or 0))
    return f"Up to about {counted(left, 'response')} are still to come; they cost nothing."


async def _approve_again(
    ctx: Context[Any, Any], desk: Desk, job: Job, progress: JobProgress
) -> InputRequiredResult | JobStatus | dict[str, Any]:
    """What resuming costs is bound to the job's own approval and to the budgets: how it was approved, if it was.

    Raises:
        Refused: when not so much was approved here and the user cannot be asked, or a budget is exceeded.
    """
    estimate = await desk.platform.jobs.cost_estimate(job.job_id)
    if estimate is None:
        raise NotYet("The platform does not tell what this job costs. Nothing was resumed.", "Try again in a minute.")
    desk.till.budget.require_job(estimate.estimated_cost)
    left = estimate.estimated_cost * (1 - progress.completion_percentage / 100)
    approved = await desk.till.budget.approved(job.job_id)
    if approved is not None and approved.covers(estimate.estimated_cost):
        approved_by = f"the approval of its start on {approved.day}"
    else:
        beyond = _beyond(approved, estimate.estimated_cost)
        if not can_ask(ctx) or desk.till.approval == "quote":
            raise Refused(
                f"{beyond}, and this client cannot ask its user. Nothing was resumed.",
                "The user can resume it in Rapidata's app.",
            )
        question = f"Resume the job {fenced(clean(job.name))}? It may spend up to {dollars(left)} more. {beyond}."
        answer = await ask(ctx, question, f"resume {job.job_id}", desk.till.patience)
        if isinstance(answer, InputRequiredResult):
            return answer
        if answer != "yes":
            return job_status(job, progress, "The user did not say yes; nothing was resumed.")
        approved_by = "the user, asked through the client"
    if approved is None or approved.day != desk.till.budget.today() or not approved.covers(estimate.estimated_cost):
        key = f"resume {job.job_id} {desk.till.budget.today()}"
        await desk.till.budget.reserve(key, left)
        await desk.till.budget.settle(key, job.job_id)
    return {"estimated_cost_usd": left, "approved_by": approved_by}


def _beyond(approved: Approved | None, estimate: float) -> str:
    """Why the approval of a start does not cover a job."""
    if approved is None:
        return "Nobody approved the cost of this job here"
    return f"It is estimated at {dollars(estimate)} by now, and {dollars(approved.estimate)} were approved"


async def read_job(platform: Platform, job_id: str) -> tuple[Job, JobProgress, RecruitingMetrics]:
    """A job, how far it is, and the funnel of its audience.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    try:
        return await platform.read_job(job_id)
    except NotFound:
        raise unknown("job_id", "job", job_id, "find_jobs()") from None


async def _draft_status(platform: Platform, definition_id: str) -> JobDetails:
    facts = await draft_facts(platform, definition_id)
    return JobDetails(
        summary=f"The draft {fenced(facts['name'])}, revision {facts['revision']}: {described(facts)}. "
        f"{started(facts)}",
        state="Draft",
        progress=0,
        job_definition_id=definition_id,
        name=facts["name"],
        estimated_cost_usd=facts["estimated_cost_usd"],
        balance_usd=facts["balance_usd"],
        preview_url=facts["preview_url"],
        next_step=facts["next_step"],
    )
