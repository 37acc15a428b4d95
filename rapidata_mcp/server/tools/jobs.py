"""The tools that show and find jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from mcp.server.mcpserver import Context
from pydantic import BaseModel, Field

from rapidata_mcp.calls import UNKNOWN, Call, NextStep
from rapidata_mcp.concurrency import gather, task_group
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.arguments import OPTIONAL_ID, Limit, Name, PageNumber, next_page
from rapidata_mcp.server.drafts.state import read_draft
from rapidata_mcp.server.jobs.labeler_stalls import find_stall
from rapidata_mcp.server.jobs.reading import read_job
from rapidata_mcp.server.jobs.stalls import Stall, deleted_audience_stall
from rapidata_mcp.server.jobs.status import JobDetails, job_status, with_stall
from rapidata_mcp.server.jobs.waiting import wait_for_change
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, count_of, quoted
from rapidata_mcp.server.services import services_of
from rapidata_mcp.usd import dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobListItem, JobProgress


class FoundJob(BaseModel):
    """A job in a list. `responses` is counted if no datapoint is done yet."""

    job_id: str
    name: UntrustedText
    created_at: str
    state: str
    progress: float
    responses: int | None = None
    job_definition_id: str
    audience_id: str


class FoundDraft(BaseModel):
    """A job definition in a list."""

    job_definition_id: str
    name: UntrustedText


class FoundJobs(Reply):
    """A page of jobs, and a page of drafts."""

    jobs: list[FoundJob]
    drafts: list[FoundDraft]
    total_jobs: int
    total_drafts: int


async def get_job(
    ctx: Context,
    job_id: Annotated[str, Field(pattern=OPTIONAL_ID, description="The job; or give job_definition_id")] = "",
    job_definition_id: Annotated[str, Field(pattern=OPTIONAL_ID, description="A draft")] = "",
    wait_seconds: Annotated[int, Field(ge=0, le=50, description="Waits at most this long for a notable change")] = 0,
) -> JobDetails:
    """Shows the status of a job: progress, responses, recruiting, time left, and the reason if it does not move.

    For a draft, it shows the size, the price, and its jobs.
    """
    if bool(job_id) == bool(job_definition_id):
        raise InvalidArgument(
            "job_id", "give exactly one of job_id and job_definition_id.", Call("find_jobs", why="lists both")
        )
    platform = (await services_of(ctx)).platform
    if job_definition_id:
        return await _draft_status(platform, job_definition_id)
    reading, estimate = await gather(read_job(platform, job_id), platform.estimate_of(job_id))
    expected, price = (estimate.required_responses, estimate.cost_per_response) if estimate else (None, None)
    stall = await find_stall(platform, *reading, expected)
    if wait_seconds and (stall is None or not stall.fix or stall.may_pass):
        reading = await wait_for_change(ctx, platform, reading, wait_seconds)
        stall = await find_stall(platform, *reading, expected)
    status = _details(platform, *reading, stall, expected)
    return await _with_cost(platform, status, price if platform.costs else None)


def _details(
    platform: Platform,
    job: Job,
    progress: JobProgress,
    funnel: RecruitingMetrics,
    stall: Stall | None,
    expected: int | None,
) -> JobDetails:
    """The status of a job with its funnel, its stall, and the page on which people can answer."""
    rate = platform.response_rate_of(job) if stall is None else None  # the time left of a stalled job is unknown
    reach = funnel.qualified * progress.total if funnel.users_per_state else None
    status = JobDetails(**dict(job_status(job, progress, "", rate, expected, reach)))
    if job.state.changes_by_itself and stall != deleted_audience_stall(job):
        status.label_url = platform.links.label(job.audience_id, job.job_id) or ""
        status.summary += platform.links.people(job.audience_id, job.job_id)
        if status.label_url and not platform.simulated:
            status.next_step = NextStep("Give people label_url", *status.next_step.steps)
    if progress.reported_count:
        status.summary += f" People reported {count_of(progress.reported_count, 'datapoint')} as broken."
    if funnel.users_per_state:
        status.graduated, status.qualifying = funnel.count("Graduated"), funnel.count("Distilling")
    return with_stall(status, stall)


async def _with_cost(platform: Platform, status: JobDetails, price: float | None) -> JobDetails:
    """Add the cost of a job to its status: the bill once it does not collect, else its responses at their price."""
    billed = None
    if platform.costs and status.job_id and not JobState(status.state).changes_by_itself:
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
    platform = (await services_of(ctx)).platform
    jobs, drafts = await gather(platform.jobs.find(name, page, limit), platform.definitions.find(name, page, limit))
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
        next_step=NextStep(next_page("find_jobs", name, page, limit))
        if more
        else NextStep(
            Call("get_job", {"job_id": UNKNOWN}, "shows the progress of a job"),
            Call("get_results", {"job_id": UNKNOWN}, "shows its results"),
        ),
    )


async def _responses_of(platform: Platform, jobs: Sequence[JobListItem]) -> dict[str, int]:
    """Count the responses of jobs. The platform's list of jobs does not have the counts."""
    counts: dict[str, int] = {}

    async def count(job_id: str) -> None:
        counts[job_id] = (await platform.jobs.progress(job_id)).response_count or 0

    async with task_group() as group:
        for job in jobs:
            group.start_soon(count, job.job_id)
    return counts


async def _draft_status(platform: Platform, definition_id: str) -> JobDetails:
    draft = await read_draft(platform, definition_id)
    return JobDetails(
        summary=f"The draft {quoted(draft.name)}, revision {draft.revision}: {draft.size_and_price}. "
        f"{draft.earlier_starts}",
        state="Draft",
        progress=0,
        job_definition_id=definition_id,
        name=draft.name,
        estimated_cost_usd=draft.estimated_cost,
        balance_usd=draft.balance_usd,
        preview_url=draft.preview_url,
        next_step=draft.next_step,
    )
