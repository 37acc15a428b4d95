"""Stalls: why a job does not move, and what fixes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.concurrency import gather
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.replies import clean, quoted
from rapidata_mcp.usd import dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job

REVIEW_REASONS = {
    "ContentFlagged": "its content was flagged",
    "UnsupportedContentType": "it has content of a kind that cannot be checked automatically",
    "CheckErrored": "the automatic check failed",
    "ClassificationTimedOut": "the automatic check took too long",
}
"""The platform's reasons for a review (contract G.2) for people."""
JOBS_NAMED = 3


@dataclass(frozen=True)
class Stall:
    """Why a job does not move, and what fixes it. Without a fix, time does.

    `may_pass`: it may also end by itself.
    """

    why: str
    fix: NextStep = field(default_factory=NextStep)
    may_pass: bool = False


async def platform_stall(platform: Platform, job: Job, responses: int) -> Stall | None:
    """Return the stall of a job, unless it depends on the labelers of its audience."""
    if not job.state.has_all_responses and await platform.has_lost_audience(job):
        return deleted_audience_stall(job)
    if job.state == JobState.SPEND_LIMITED:
        return await money_stall(platform, job, responses)
    return await _queue_stall(platform, job) if job.state == JobState.QUEUED else _state_stall(job)


def deleted_audience_stall(job: Job) -> Stall:
    """Return the stall of a job whose audience was deleted."""
    what = "Its audience" if job.audience_deleted else "The audience that its audience is a part of"
    return Stall(
        f"{what} was deleted, so nobody can answer.",
        NextStep(run_again(job.definition_id, "global", "or another audience, runs it again")),
    )


def run_again(definition_id: str, audience_id: str, why: str) -> Call:
    """Return the call that runs a draft on an audience."""
    return Call("assign_job", {"job_definition_id": definition_id, "audience_id": audience_id}, why)


def results_so_far(job: Job) -> Call:
    """Return the call that shows the results of an unfinished job."""
    return Call("get_results", {"job_id": job.job_id}, "shows the results so far")


async def money_stall(platform: Platform, job: Job, responses: int) -> Stall:
    """Return the stall of a job whose balance is used up, with the amount that is missing."""
    estimate, balance = await gather(platform.jobs.cost_estimate(job.job_id), platform.balance())
    left = f" ({dollars(balance)} left)" if balance is not None else ""
    why = f"The balance is used up{left}."
    if estimate:
        missing = estimate.cost_per_response * (estimate.required_responses - responses) - (balance or 0.0)
        needs = f", and about {dollars(missing)} more is needed" if missing > 0 else ""
        why += f" The whole job is estimated at {dollars(estimate.estimated_cost)}{needs}."
    return Stall(why, NextStep(top_up(platform), Call("resume_job", {"job_id": job.job_id}, "continues", lead="then")))


def top_up(platform: Platform) -> str:
    """Return the step that raises the balance, which only the user can take."""
    if not platform.simulated:
        return "The user has to top it up in the platform's app"
    return (
        "The user has to top it up: since this is a rehearsal, by restarting the server with a higher "
        "RAPIDATA_MCP_LOCAL_CREDIT, an environment variable of it"
    )


async def _queue_stall(platform: Platform, job: Job) -> Stall:
    jobs = (await platform.jobs.find("", 1, 50, job.audience_id)).items
    earlier = [other for other in jobs if other.created_at <= job.created_at and other.job_id != job.job_id]
    ahead = [other for other in earlier if other.state not in (JobState.COMPLETED, JobState.FAILED)]
    names = ", ".join(
        f"{other.job_id} ({quoted(clean(other.name, 60))}, {other.state})" for other in ahead[:JOBS_NAMED]
    )
    return Stall(
        f"It waits until the job before it has ended: {names or 'a job of this audience'}.",
        NextStep(
            Call("get_job", {"job_id": ahead[0].job_id}, "shows the progress of that job")
            if ahead
            else Call("get_job", {"job_id": job.job_id}, "in a minute shows if it has started")
        ),
        may_pass=True,
    )


def _state_stall(job: Job) -> Stall | None:
    """The stall that the state of a job explains; None if its state is none."""
    if job.state == JobState.SUBMITTED:
        return Stall("The platform is preparing it, which takes a moment.")
    if job.state == JobState.PAUSED:
        return Stall("It was paused.", _resume(job, "continues"))
    if job.state == JobState.FAILED:
        message = f": {quoted(clean(job.failure_message, 200))}." if job.failure_message else "."
        return Stall(f"It failed{message}", _resume(job, "tries it again"))
    if job.state == JobState.STALE_RESULTS:
        return Stall("Its results are out of date and must be made again.", _resume(job, "makes them again"))
    if job.state == JobState.MANUAL_APPROVAL:
        reason = REVIEW_REASONS.get(job.review_reason or "", "it was sent to a reviewer")
        return Stall(
            f"A reviewer of the platform looks at it, because {reason}; that can take hours.",
            NextStep("Nobody here can speed that up", Call("get_job", {"job_id": job.job_id}, "in an hour shows more")),
        )
    if job.state == JobState.BLOCKED:
        return Stall(
            "A flagged item blocks it.",
            NextStep("The user has to un-flag the item on the job's page in the platform's app"),
        )
    return None


def _resume(job: Job, why: str) -> NextStep:
    return NextStep(Call("resume_job", {"job_id": job.job_id}, why))
