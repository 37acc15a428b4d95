"""Where a job stands, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidata_mcp.server.replies import SIMULATED, Outside, Reply, clean, fenced
from rapidata_mcp.server.tools.waiting import WAITING

if TYPE_CHECKING:
    from rapidata_mcp.models.jobs import Job, JobProgress

ENOUGH_TO_TELL = 5.0
"""Percent of the responses that must be there before the time that is left is told."""
IN_WORDS = {
    "Submitted": "is being prepared",
    "Queued": "waits for the job before it",
    "ManualApproval": "is being reviewed by Rapidata, which can take hours",
    "Running": "is collecting responses",
    "Paused": "is paused",
    "SpendLimited": "has stopped for lack of money",
    "Blocked": "is blocked by a flagged item; someone has to look at its page",
    "StaleResults": "has results that must be made again",
    "Completed": "is complete",
    "Failed": "has failed",
}
"""The platform's states (contract G.2) for people."""


def in_words(state: str) -> str:
    """A state for people; one that the platform added since is said as it is."""
    return IN_WORDS.get(state, f"is in the state {fenced(clean(state))}")


class JobStatus(Reply):
    """Where a job or a draft stands.

    `why` tells why it does not move, where it does not; `graduated` and `qualifying` are the labelers of its audience;
    `minutes_left` is at the speed so far, None where that cannot be told yet.
    """

    state: str
    progress: float
    job_id: str | None = None
    job_definition_id: str
    audience_id: str | None = None
    name: Outside
    human_responses: int = 0
    simulated_responses: int = 0
    estimated_cost_usd: float | None = None
    balance_usd: float | None = None
    preview_url: str | None = None
    graduated: int | None = None
    qualifying: int | None = None
    why: str | None = None
    minutes_left: float | None = None
    look_again_in_seconds: int | None = None


class JobDetails(JobStatus):
    """Where a job or a draft stands, what it has cost so far, and where people can answer it."""

    cost_usd: float | None = None
    label_url: str = ""


def job_status(
    job: Job, progress: JobProgress, note: str = "", now: float | None = None, expected: int | None = None
) -> JobStatus:
    """Where a job stands, for an assistant; `note` is said first, `now` lets it tell the time that is left.

    `expected` are the responses that the job takes, or takes at most where it can stop early, if known.
    """
    simulated = progress.simulated_response_count
    human = max(0, (progress.response_count or 0) - simulated)
    waiting = job.state in WAITING
    begun_at = job.created_at.timestamp()
    minutes = None if now is None or job.state != "Running" else minutes_left(begun_at, progress, expected, now)
    again = (60 if human or job.state == "Queued" else 5) if waiting else None
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
    said = [
        note,
        f"The job {fenced(clean(job.name))} {in_words(job.state)}: {progress.completion_percentage:g} % of its "
        f"datapoints are done, {human:,} human and {simulated:,} simulated responses"
        f"{f' of about {expected:,}' if expected and job.state != 'Completed' else ''}.",
        SIMULATED if simulated and not human else "",
        _speed(minutes, progress, begun_at, now) if now is not None and job.state == "Running" else "",
    ]
    return JobStatus(
        summary=" ".join(part for part in said if part),
        state=clean(job.state),
        progress=progress.completion_percentage,
        job_id=job.job_id,
        job_definition_id=job.definition_id,
        audience_id=job.audience_id,
        name=clean(job.name),
        human_responses=human,
        simulated_responses=simulated,
        minutes_left=minutes,
        look_again_in_seconds=again,
        next_step=next_step,
    )


def _speed(minutes: float | None, progress: JobProgress, begun_at: float, now: float) -> str:
    """How fast responses come in, and how long it will take, for people."""
    if not progress.response_count or now <= begun_at:
        return ""
    rate = 60 * progress.response_count / (now - begun_at)
    speed = f"So far {rate:,.{0 if rate >= 10 else 1}f} responses a minute came in"
    if minutes is None:
        return f"{speed}; how long it takes cannot be told yet."
    about = "about 1 minute is" if minutes == 1 else f"about {minutes:g} minutes are"
    left = "less than a minute is" if minutes < 1 else about
    return f"{speed}; at this speed {left} left."


def minutes_left(begun_at: float, progress: JobProgress, expected: int | None, now: float) -> float | None:
    """Minutes until all responses are there at the speed so far, pauses included; None: cannot be told yet.

    Where pairs stop early, the datapoints that are done are further than the responses.
    """
    done = progress.completion_percentage
    if expected:
        done = max(done, min(100.0, 100 * (progress.response_count or 0) / expected))
    if done < ENOUGH_TO_TELL or now <= begun_at:
        return None
    return round((now - begun_at) / done * (100 - done) / 60, 1)
