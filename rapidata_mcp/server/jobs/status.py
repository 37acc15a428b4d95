"""Where a job stands, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.replies import SIMULATED, Reply, UntrustedText, clean, quoted

if TYPE_CHECKING:
    from rapidata_mcp.client.response_rate import ResponseRate
    from rapidata_mcp.models.jobs import Job, JobProgress

ENOUGH_TO_TELL = 5.0
"""Percent of the responses that must be there before the time that is left is told."""


def predicate(state: JobState) -> str:
    """The state as the predicate of a sentence; an unknown state by its name."""
    return state.predicate or f"is in the state {quoted(clean(state))}"


class JobStatus(Reply):
    """Where a job or a draft stands.

    `why` tells why it does not move, where it does not; `graduated` and `qualifying` are the labelers of its audience;
    `minutes_left` is at the speed of the last minutes, None where that cannot be told.
    """

    state: str
    progress: float
    job_id: str | None = None
    job_definition_id: str
    audience_id: str | None = None
    name: UntrustedText
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
    job: Job,
    progress: JobProgress,
    note: str = "",
    rate: ResponseRate | None = None,
    expected: int | None = None,
    within_reach: int | None = None,
) -> JobStatus:
    """Where a job stands, for an assistant; `note` is said first, `rate` lets it tell the time that is left.

    `expected` are the responses that the job takes, or takes at most where it can stop early; `within_reach` those
    that the labelers who qualified can give; each if known.
    """
    simulated = progress.simulated_response_count
    human = max(0, (progress.response_count or 0) - simulated)
    waiting = job.state.changes_by_itself
    rate = rate if job.state == JobState.RUNNING else None
    short = expected is not None and within_reach is not None and within_reach < expected  # others must qualify first
    minutes = minutes_left(rate, progress, expected) if rate and not short else None
    again = (60 if human or job.state == JobState.QUEUED else 5) if waiting else None
    if job.state == JobState.PAUSED:
        next_step = (
            f"resume_job(job_id='{job.job_id}') continues; get_results(job_id='{job.job_id}') shows what there is."
        )
    elif waiting:
        next_step = (
            f"get_job(job_id='{job.job_id}', wait_seconds=30), or get_results(job_id='{job.job_id}') for what there is."
        )
    else:
        next_step = f"get_results(job_id='{job.job_id}')."
    of_about = f" of about {expected:,}" if expected and job.state != JobState.COMPLETED else ""
    said = [
        note,
        f"The job {quoted(clean(job.name))} {predicate(job.state)}: {_done(progress, expected)}, {human:,} human and "
        f"{simulated:,} simulated responses{of_about}.",
        SIMULATED if simulated and not human else "",
        _speed(minutes, rate) if rate and progress.response_count else "",
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


def _done(progress: JobProgress, expected: int | None) -> str:
    """How many datapoints are done, for people: none of them is not nothing, since all may be half-way."""
    if progress.completion_percentage or not progress.response_count:
        return f"{progress.completion_percentage:g} % of its datapoints are done"
    share = (
        f", though {min(100, 100 * progress.response_count / expected):.0f} % of its responses are in"
        if expected
        else ""
    )
    return f"none of its datapoints is done{share}"


def _speed(minutes: float | None, rate: ResponseRate) -> str:
    """How fast responses come in, and how long it will take, for people."""
    if rate.is_idle:
        return f"No response has come for {_duration(rate.idle_s)}; how long it takes cannot be told."
    if rate.per_minute is None:
        return "How long it takes cannot be told yet."
    speed = f"Lately {rate.per_minute:,.{0 if rate.per_minute >= 10 else 1}f} responses a minute came in"
    if minutes is None:
        return f"{speed}; how long it takes cannot be told yet."
    about = "about 1 minute is" if minutes == 1 else f"about {minutes:g} minutes are"
    left = "less than a minute is" if minutes < 1 else about
    return f"{speed}; at this speed {left} left."


def _duration(seconds: float) -> str:
    """A time without a response, for people."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} minutes"


def minutes_left(rate: ResponseRate, progress: JobProgress, expected: int | None) -> float | None:
    """Minutes until all responses are there at the recent rate; None: cannot be told yet, or nothing comes in.

    Where pairs stop early, the datapoints that are done are further than the responses.
    """
    responses, done = progress.response_count or 0, progress.completion_percentage
    if expected:
        done = max(done, min(100.0, 100 * responses / expected))
    if done < ENOUGH_TO_TELL or not responses or not rate.per_minute:
        return None
    return round(responses * (100 - done) / done / rate.per_minute, 1)
