"""Tools for jobs: assign, watch, find, pause, resume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import BaseModel, Field

from rapidata_mcp.concurrency import together
from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.server.arguments import AudienceId, DefinitionId, JobId, Limit, Name, PageNumber, Repeat
from rapidata_mcp.server.desk import desk_of
from rapidata_mcp.server.replies import SIMULATED, Reply, clean, dollars
from rapidata_mcp.server.tools.audiences import read_audience, require_examples
from rapidata_mcp.server.tools.definitions import draft_facts

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.spending.ledger import LedgerAttempt

POLL_S = 1.0
ENDED = frozenset({"Completed", "Failed"})
IN_WORDS = {
    "Submitted": "is being prepared",
    "Queued": "waits for the job before it",
    "ManualApproval": "is being reviewed by Rapidata, which can take hours",
    "Running": "is collecting responses",
    "Paused": "is paused",
    "SpendLimited": "stopped because the balance is used up; someone has to top it up",
    "Blocked": "is blocked by a flagged item; someone has to look at its page",
    "StaleResults": "has results that must be made again",
    "Completed": "is complete",
    "Failed": "has failed",
}
"""The platform's states (contract G.2) for people."""


class AssignedJob(Reply):
    """A job that was started, or why not."""

    status: Literal["started", "approval_required", "declined"]
    job_id: str | None = None
    quote: str | None = None
    already_existed: bool
    job_definition_id: str
    audience_id: str
    recruiting_started: bool
    most_responses: int
    estimated_cost_usd: float | None = None


class JobStatus(Reply):
    """Where a job or a draft stands."""

    state: str
    progress: float
    job_id: str | None = None
    job_definition_id: str
    audience_id: str | None = None
    name: str
    human_responses: int = 0
    simulated_responses: int = 0
    estimated_cost_usd: float | None = None
    preview_url: str | None = None
    look_again_in_seconds: int | None = None


class FoundJob(BaseModel):
    """A job in a list."""

    job_id: str
    name: str
    state: str
    progress: float
    job_definition_id: str
    audience_id: str


class FoundDraft(BaseModel):
    """A job definition in a list."""

    job_definition_id: str
    name: str


class FoundJobs(Reply):
    """A page of jobs, and of definitions."""

    jobs: list[FoundJob]
    drafts: list[FoundDraft]
    total_jobs: int
    total_drafts: int


async def assign_job(
    ctx: Context,
    job_definition_id: DefinitionId,
    audience_id: AudienceId,
    run_after: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$", description="A job of the same audience to wait for")
    ] = "",
    repeat: Repeat = False,
) -> AssignedJob:
    """Runs a draft on an audience: the one step that spends money. Starts recruiting where that has not begun.

    The same call again returns the job it started. A running job can be paused with pause_job.
    """
    desk = await desk_of(ctx)
    platform = desk.platform
    read, draft = await together(read_audience(platform, audience_id), draft_facts(platform, job_definition_id))
    recruit = read.audience.kind == "custom" and read.audience.status == "Created"
    if recruit:
        require_examples(read)
        await platform.audiences.start_recruiting(audience_id)

    async def start(attempt: LedgerAttempt) -> str:
        return await platform.jobs.start(
            job_definition_id, draft["revision"], audience_id, run_after=run_after or None, attempt=attempt
        )

    made = await desk.ledger.once(
        "job",
        {"job_definition_id": job_definition_id, "revision": draft["revision"], "audience_id": audience_id},
        make=start,
        exists=platform.jobs.exists,
        repeat=repeat,
    )
    cost = draft["estimated_cost_usd"]
    done = "This job had been started before" if made.already_existed else "Started the job"
    return AssignedJob(
        summary=f'{done}: "{draft["name"]}" on "{clean(read.audience.name)}", '
        f"at most {draft['most_responses']} responses, {dollars(cost)}."
        f"{' Recruiting has started for its audience.' if recruit else ''} pause_job stops it.",
        status="started",
        job_id=made.id,
        already_existed=made.already_existed,
        job_definition_id=job_definition_id,
        audience_id=audience_id,
        recruiting_started=recruit,
        most_responses=draft["most_responses"],
        estimated_cost_usd=cost,
        next_step=f"get_job(job_id='{made.id}', wait_seconds=30) tells how far it is.",
    )


async def get_job(
    ctx: Context,
    job_id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$", description="The job; or give job_definition_id")
    ] = "",
    job_definition_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$", description="A draft")] = "",
    wait_seconds: Annotated[int, Field(ge=0, le=50, description="Waits at most this long for the end of the job")] = 0,
) -> JobStatus:
    """Tells where a job stands, with progress and responses; or what a draft would cost."""
    if bool(job_id) == bool(job_definition_id):
        raise InvalidArgument("job_id", "give either job_id or job_definition_id.", "find_jobs() lists both.")
    platform = (await desk_of(ctx)).platform
    if job_definition_id:
        return await _draft_status(platform, job_definition_id)
    until = platform.clock.now() + wait_seconds
    while True:
        job, progress = await _read(platform, job_id)
        await ctx.report_progress(
            progress.completion_percentage, 100, f"{job.state}, {progress.response_count or 0} responses"
        )
        left = until - platform.clock.now()
        if left <= 0 or job.state not in ("Submitted", "Queued", "Running"):
            return _status(job, progress)
        await platform.clock.sleep(min(POLL_S, left))


async def find_jobs(ctx: Context, name: Name = "", page: PageNumber = 1, limit: Limit = 10) -> FoundJobs:
    """Lists jobs and drafts (job definitions), newest first."""
    platform = (await desk_of(ctx)).platform
    jobs, drafts = await together(platform.jobs.find(name, page, limit), platform.definitions.find(name, page, limit))
    more = max(jobs.total, drafts.total) > page * limit
    return FoundJobs(
        summary=f"{len(jobs.items)} of {jobs.total} jobs, {len(drafts.items)} of {drafts.total} drafts.",
        jobs=[
            FoundJob(
                job_id=job.job_id,
                name=clean(job.name),
                state=job.state or "unknown",
                progress=round(100 * (job.progress or 0), 1),
                job_definition_id=job.job_definition_id,
                audience_id=job.audience_id,
            )
            for job in jobs.items
        ],
        drafts=[FoundDraft(job_definition_id=draft.definition_id, name=clean(draft.name)) for draft in drafts.items],
        total_jobs=jobs.total,
        total_drafts=drafts.total,
        next_step=f"find_jobs(name={clean(name)!r}, page={page + 1}, limit={limit}) shows more."
        if more
        else "get_job(job_id) tells how a job is doing, get_results(job_id) what came out.",
    )


async def pause_job(ctx: Context, job_id: JobId) -> JobStatus:
    """Stops collecting responses; what was collected stays. resume_job continues."""
    platform = (await desk_of(ctx)).platform
    job, progress = await _read(platform, job_id)
    if job.state not in ENDED and job.state != "Paused":
        await platform.jobs.pause(job_id)
        job, progress = await _read(platform, job_id)
    return _status(job, progress)


async def resume_job(ctx: Context, job_id: JobId) -> JobStatus:
    """Continues a paused job, which spends again."""
    platform = (await desk_of(ctx)).platform
    job, progress = await _read(platform, job_id)
    if job.state == "Paused":
        await platform.jobs.resume(job_id)
        job, progress = await _read(platform, job_id)
    return _status(job, progress)


async def _read(platform: Platform, job_id: str) -> tuple[Job, JobProgress]:
    try:
        return await together(platform.jobs.get(job_id), platform.jobs.progress(job_id))
    except NotFound:
        raise no_job(job_id) from None


def no_job(job_id: str) -> NotFound:
    """The error for an id that names no job."""
    return NotFound(f"job_id: there is no job '{job_id}'.", "find_jobs() lists the jobs.")


def _status(job: Job, progress: JobProgress) -> JobStatus:
    simulated = progress.simulated_response_count
    human = max(0, (progress.response_count or 0) - simulated)
    waiting = job.state in ("Submitted", "Queued", "Running")
    again = (5 if simulated or not human else 60) if waiting else None
    if job.state == "Paused":
        next_step = (
            f"resume_job(job_id='{job.job_id}') continues; get_results(job_id='{job.job_id}') shows what there is."
        )
    elif waiting:
        next_step = (
            f"get_job(job_id='{job.job_id}', wait_seconds=30), or get_results(job_id='{job.job_id}') for what there is."
        )
    else:
        next_step = f"get_results(job_id='{job.job_id}')."
    return JobStatus(
        summary=f'The job "{clean(job.name)}" {IN_WORDS[job.state]}: {progress.completion_percentage:g} %, '
        f"{human} human and {simulated} simulated responses.{f' {SIMULATED}' if simulated and not human else ''}"
        + (f" {clean(job.failure_message, 200)}" if job.failure_message else ""),
        state=job.state,
        progress=progress.completion_percentage,
        job_id=job.job_id,
        job_definition_id=job.definition_id,
        audience_id=job.audience_id,
        name=clean(job.name),
        human_responses=human,
        simulated_responses=simulated,
        look_again_in_seconds=again,
        next_step=next_step,
    )


async def _draft_status(platform: Platform, definition_id: str) -> JobStatus:
    facts = await draft_facts(platform, definition_id)
    cost = facts["estimated_cost_usd"]
    return JobStatus(
        summary=f'The draft "{facts["name"]}": {facts["datapoints"]} datapoints, at most {facts["most_responses"]} '
        f"responses, {dollars(cost)}. It has not been started.",
        state="Draft",
        progress=0,
        job_definition_id=definition_id,
        name=facts["name"],
        estimated_cost_usd=cost,
        preview_url=facts["preview_url"],
        next_step=facts["next_step"],
    )
