"""The tool that pauses a job, even if the platform answers little else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp.server.mcpserver import Context

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.errors import Refused
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


NOTHING_TO_PAUSE = "There was nothing to pause: it is not collecting."


class PausedJob(Reply):
    """A job after the pause. A field is None if the platform did not answer."""

    job_id: str
    state: str | None = None
    name: UntrustedText | None = None
    progress: float | None = None
    human_responses: int | None = None
    simulated_responses: int | None = None


async def pause_job(ctx: Context, job_id: JobId) -> PausedJob:
    """Stops collecting responses. The responses so far stay. resume_job continues."""
    platform = (await services_of(ctx)).platform
    with JOB.must_exist(job_id):
        job = await answer_in_time(platform.jobs.get(job_id))
        if job is not None and job.state.is_idle:
            return await _paused(platform, job_id, NOTHING_TO_PAUSE)
        try:
            await platform.jobs.pause(job_id)
        except Refused as refusal:
            job = await answer_in_time(platform.jobs.get(job_id))
            if job is not None and (job.state.is_idle or job.state.phase is Phase.HELD):
                return await _paused(platform, job_id, NOTHING_TO_PAUSE)
            raise _not_paused(job_id, job, refusal) from None
    return await _paused(platform, job_id, "The platform took the pause.")


def _not_paused(job_id: str, job: Job | None, refusal: Refused) -> Refused:
    """The error for a job that may collect at any moment and that the platform does not pause."""
    if job is None or job.state == JobState.RUNNING:
        return Refused(
            f"The job was not paused, and may be collecting: {refusal.message}",
            Call("pause_job", {"job_id": job_id}, "tries again"),
        )
    again = "again in 5 seconds" if job.state == JobState.SUBMITTED else "again when it is Running"
    return Refused(
        f"The job was not paused, because it has not begun: it {predicate(job.state)}. It will start by itself, and "
        f"spend then. The platform says: {refusal.message}",
        NextStep(
            Call("pause_job", {"job_id": job_id}, again),
            Call("delete_job", {"job_id": job_id}, "(toolset manage) keeps it from starting", lead="or"),
        ),
    )


async def _paused(platform: Platform, job_id: str, note: str) -> PausedJob:
    """The job as far as the platform answers."""
    job = await answer_in_time(platform.jobs.get(job_id))
    look_again = NextStep(Call("get_job", {"job_id": job_id}, "shows its status"))
    if job is None:
        return PausedJob(
            summary=f"{note} The status of the job cannot be read at the moment.", next_step=look_again, job_id=job_id
        )
    if not job.state.is_idle:
        note += " Its state does not show the pause yet."
    reply = PausedJob(
        summary=f"{note} The job {quoted(clean(job.name))} {predicate(job.state)}; its progress cannot be read.",
        next_step=look_again,
        job_id=job_id,
        state=clean(job.state),
        name=clean(job.name),
    )
    progress = await answer_in_time(platform.jobs.progress(job_id))
    if progress is not None:
        status = job_status(job, progress, note)
        reply.summary, reply.next_step, reply.progress = status.summary, status.next_step, status.progress
        reply.human_responses, reply.simulated_responses = status.human_responses, status.simulated_responses
    return reply
