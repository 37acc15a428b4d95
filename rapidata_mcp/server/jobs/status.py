"""The status of a job in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.replies import SIMULATED, Reply, UntrustedText, clean, quoted

if TYPE_CHECKING:
    from rapidata_mcp.client.response_rate import ResponseRate
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.jobs.stalls import Stall

MIN_PERCENT_FOR_TIME = 5.0
"""With a smaller percentage of the responses, the time that is left is a guess."""
POLL_SECONDS, SLOW_POLL_SECONDS = 5, 60
"""The time until the next look: while simulated labelers answer, and while people answer or the job is queued."""
WAIT_SECONDS = 30


def predicate(state: JobState) -> str:
    """The state as the predicate of a sentence; an unknown state by its name."""
    return state.predicate or f"is in the state {quoted(clean(state))}"


class JobStatus(Reply):
    """The status of a job or a draft.

    `why`: the reason if it does not move. `graduated` and `qualifying` count labelers of its audience. `minutes_left`
    assumes the rate of the last minutes; None if it cannot be estimated.
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
    """The status of a job or a draft, with its cost so far and the page on which people can answer."""

    cost_usd: float | None = None
    label_url: str = ""


Status = TypeVar("Status", bound=JobStatus)


def job_status(
    job: Job,
    progress: JobProgress,
    note: str = "",
    rate: ResponseRate | None = None,
    expected: int | None = None,
    within_reach: int | None = None,
) -> JobStatus:
    """Return the status of a job. The summary begins with `note`.

    `rate` allows an estimate of the time that is left. `expected` is the number of responses that the job takes, or
    takes at most if it can stop early; `within_reach` the number that the labelers who qualified can give.
    """
    simulated = progress.simulated_response_count
    human = max(0, (progress.response_count or 0) - simulated)
    rate = rate if job.state == JobState.RUNNING else None
    few = expected is not None and within_reach is not None and within_reach < expected  # others must qualify first
    minutes = minutes_left(rate, progress, expected) if rate and not few else None
    slow = human or job.state == JobState.QUEUED
    return JobStatus(
        summary=_summary(job, progress, note, rate, expected, minutes),
        next_step=_next_step(job),
        state=clean(job.state),
        progress=progress.completion_percentage,
        job_id=job.job_id,
        job_definition_id=job.definition_id,
        audience_id=job.audience_id,
        name=clean(job.name),
        human_responses=human,
        simulated_responses=simulated,
        minutes_left=minutes,
        look_again_in_seconds=(SLOW_POLL_SECONDS if slow else POLL_SECONDS) if job.state.changes_by_itself else None,
    )


def with_stall(status: Status, stall: Stall | None) -> Status:
    """Add the reason why a job does not move, and its fix, to a status."""
    if stall is not None:
        status.why = stall.why
        status.summary += f" {stall.why}"
        status.next_step = stall.fix or status.next_step
    return status


def _next_step(job: Job) -> NextStep:
    results = Call("get_results", {"job_id": job.job_id}, "shows the results")
    so_far = Call("get_results", {"job_id": job.job_id}, "shows the results so far")
    if job.state == JobState.PAUSED:
        return NextStep(Call("resume_job", {"job_id": job.job_id}, "continues"), so_far)
    if job.state.changes_by_itself:
        return NextStep(
            Call("get_job", {"job_id": job.job_id, "wait_seconds": WAIT_SECONDS}, "waits for progress"), so_far
        )
    return NextStep(results)


def _summary(
    job: Job, progress: JobProgress, note: str, rate: ResponseRate | None, expected: int | None, minutes: float | None
) -> str:
    responses, simulated = progress.response_count or 0, progress.simulated_response_count
    human = max(0, responses - simulated)
    of_about = f" of about {expected:,}" if expected and job.state != JobState.COMPLETED else ""
    sentences = [
        note,
        f"The job {quoted(clean(job.name))} {predicate(job.state)}: {_describe_progress(progress, expected)}, "
        f"{human:,} human and {simulated:,} simulated responses{of_about}.",
        SIMULATED if simulated and not human else "",
        _describe_rate(minutes, rate) if rate and responses else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _describe_progress(progress: JobProgress, expected: int | None) -> str:
    """The share of the datapoints that are done; if none is, the share of the responses, since all may be half done."""
    if progress.completion_percentage or not progress.response_count:
        return f"{progress.completion_percentage:g} % of its datapoints are done"
    if not expected:
        return "none of its datapoints is done"
    share = min(100, 100 * progress.response_count / expected)
    return f"none of its datapoints is done, though {share:.0f} % of its responses are in"


def _describe_rate(minutes: float | None, rate: ResponseRate) -> str:
    """How fast responses come in, and how long the rest will take."""
    if rate.is_idle:
        return f"No response has come for {_duration(rate.idle_s)}; the time left is unknown."
    if rate.per_minute is None:
        return "The time left is not known yet."
    speed = f"Lately {rate.per_minute:,.{0 if rate.per_minute >= 10 else 1}f} responses a minute came in"
    if minutes is None:
        return f"{speed}; the time left is not known yet."
    about = "about 1 minute is" if minutes == 1 else f"about {minutes:g} minutes are"
    left = "less than a minute is" if minutes < 1 else about
    return f"{speed}; at this rate {left} left."


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} minutes"


def minutes_left(rate: ResponseRate, progress: JobProgress, expected: int | None) -> float | None:
    """Return the minutes until all responses are in at this rate; None if that is not known yet, or nothing comes in.

    If datapoints stop early, the share of the datapoints that are done is higher than that of the responses.
    """
    responses, done = progress.response_count or 0, progress.completion_percentage
    if expected:
        done = max(done, min(100.0, 100 * responses / expected))
    if done < MIN_PERCENT_FOR_TIME or not responses or not rate.per_minute:
        return None
    return round(responses * (100 - done) / done / rate.per_minute, 1)
