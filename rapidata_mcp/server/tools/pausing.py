"""The brake: a job stops collecting, whatever else the platform cannot tell at the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp.server.mcpserver import Context

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.errors import NotFound, Refused
from rapidata_mcp.models.job_states import JobState, Phase
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.identifiers import JOB
from rapidata_mcp.server.jobs.reading import answer_in_time
from rapidata_mcp.server.jobs.status import job_status, predicate
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, quoted
from rapidata_mcp.server.services import services_of

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job


class PausedJob(Reply):
    """A job after it was told to stop; None is what the platform could not tell."""

    job_id: str
    state: str | None = None
    name: UntrustedText | None = None
    progress: float | None = None
    human_responses: int | None = None
    simulated_responses: int | None = None


async def pause_job(ctx: Context, job_id: JobId) -> PausedJob:
    """Stops collecting responses; what was collected stays. resume_job continues."""
    platform = (await services_of(ctx)).platform
    try:
        job = await answer_in_time(platform.jobs.get(job_id))
        if job is not None and job.state.is_idle:
            return await _stands(platform, job_id, "There was nothing to pause: it is not collecting.")
        await platform.jobs.pause(job_id)
    except NotFound:
        raise JOB.unknown(job_id) from None
    except Refused as refusal:
        job = await answer_in_time(platform.jobs.get(job_id))
        if job is not None and (job.state.is_idle or job.state.phase is Phase.HELD):
            return await _stands(platform, job_id, "There was nothing to pause: it is not collecting.")
        raise _not_yet(job_id, job, refusal) from None
    return await _stands(platform, job_id, "The platform took the pause.")


def _not_yet(job_id: str, job: Job | None, refusal: Refused) -> Refused:
    """The platform refuses to pause a job that may collect at any moment."""
    if job is None or job.state == JobState.RUNNING:
        return Refused(f"The job was not paused, and may be collecting: {refusal.message}", "Call pause_job again.")
    again = "in 5 seconds" if job.state == JobState.SUBMITTED else "when get_job tells that it is Running"
    return Refused(
        f"The job was not paused, because it has not begun: it {predicate(job.state)}. It will start by itself, and "
        f"spend then. The platform says: {refusal.message}",
        NextStep(
            Call("pause_job", {"job_id": job_id}, f"again {again}"),
            Call("delete_job", {"job_id": job_id}, "(toolset manage) keeps it from starting", lead="or"),
        ),
    )


async def _stands(platform: Platform, job_id: str, note: str) -> PausedJob:
    """How a job stands now, as far as the platform tells."""
    job = await answer_in_time(platform.jobs.get(job_id))
    look_again = f"get_job(job_id='{job_id}') tells how it stands."
    if job is None:
        return PausedJob(
            summary=f"{note} How the job stands cannot be read at the moment.", next_step=look_again, job_id=job_id
        )
    if not job.state.is_idle:
        note += " It does not tell yet that it has stopped."
    told = PausedJob(
        summary=f"{note} The job {quoted(clean(job.name))} {predicate(job.state)}; how far it is cannot be read.",
        next_step=look_again,
        job_id=job_id,
        state=clean(job.state),
        name=clean(job.name),
    )
    progress = await answer_in_time(platform.jobs.progress(job_id))
    if progress is None:
        return told
    status = job_status(job, progress, note)
    known = {"summary", "next_step", "progress", "human_responses", "simulated_responses"}
    return told.model_copy(update={name: getattr(status, name) for name in known})
