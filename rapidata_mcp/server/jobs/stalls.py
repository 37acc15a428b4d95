"""Why a job does not move, and what mends it: a call with its arguments, or a step that only a person can take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.concurrency import gather
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.audiences.advice import add_example_call
from rapidata_mcp.server.audiences.example_checks import most_failed
from rapidata_mcp.server.audiences.problems import UNCHANGEABLE, describe_low_pass_rate
from rapidata_mcp.server.audiences.replacement import Replacement
from rapidata_mcp.server.replies import clean, count_of, dollars, quoted

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.client.response_rate import ResponseRate
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.audiences.state import AudienceState

REVIEW_REASONS = {
    "ContentFlagged": "its content was flagged",
    "UnsupportedContentType": "it has content of a kind that cannot be checked automatically",
    "CheckErrored": "the automatic check failed",
    "ClassificationTimedOut": "the automatic check took too long",
}
"""The platform's reasons for a review (contract G.2) for people."""
WIDER = "create_audience makes an audience with wider filters, or none; assign the draft to that"


@dataclass(frozen=True)
class Stall:
    """Why a job does not move, and what mends it; nothing where time does. `ends` tells that it ends by itself, too."""

    why: str
    fix: NextStep | Call | str = ""
    ends: bool = False


def of_state(job: Job) -> Stall | None:
    """What the job's own state says; None where it does not stand still for a reason of its own."""
    if job.state == JobState.SUBMITTED:
        return Stall("The platform is preparing it, which takes a moment.")
    resume = f"resume_job(job_id='{job.job_id}')"
    if job.state == JobState.PAUSED:
        return Stall("It was paused.", f"{resume} continues.")
    if job.state == JobState.FAILED:
        told = f": {quoted(clean(job.failure_message, 200))}." if job.failure_message else "."
        return Stall(f"It failed{told}", f"{resume} tries it again.")
    if job.state == JobState.STALE_RESULTS:
        return Stall("Its results were invalidated and must be made anew.", f"{resume} makes them anew.")
    if job.state == JobState.MANUAL_APPROVAL:
        reason = REVIEW_REASONS.get(job.review_reason or "", "it was sent to a reviewer")
        return Stall(
            f"A reviewer of the platform looks at it, because {reason}; that can take hours.",
            "Nobody here can speed that up. Look again in an hour.",
        )
    if job.state == JobState.BLOCKED:
        return Stall(
            "A flagged item blocks it.", "The user has to un-flag the item on the job's page in the platform's app."
        )
    return None


async def of_itself(platform: Platform, job: Job, responses: int) -> Stall | None:
    """Why a job does not move that has nothing to do with who could answer it; None where there is no such reason."""
    if not job.state.has_all_responses and await platform.has_lost_audience(job):
        return of_deleted_audience(job)
    if job.state == JobState.SPEND_LIMITED:
        return await of_money(platform, job, responses)
    return await of_queue(platform, job) if job.state == JobState.QUEUED else of_state(job)


async def of_money(platform: Platform, job: Job, responses: int) -> Stall:
    """The balance is used up, and by how much it falls short of the responses that are still asked for."""
    estimate, balance = await gather(platform.jobs.cost_estimate(job.job_id), platform.balance())
    left = f" ({dollars(balance)} left)" if balance is not None else ""
    why = f"The balance is used up{left}."
    if estimate:
        short = estimate.cost_per_response * (estimate.required_responses - responses) - (balance or 0.0)
        needs = f", and about {dollars(short)} more is needed" if short > 0 else ""
        why += f" The whole job is estimated at {dollars(estimate.estimated_cost)}{needs}."
    return Stall(why, f"{top_up(platform)}; then resume_job(job_id='{job.job_id}').")


def top_up(platform: Platform) -> str:
    """How there is money again, which only the user can see to."""
    if not platform.simulated:
        return "The user has to top it up in the platform's app"
    return (
        "The user has to top it up: since this is a rehearsal, by restarting the server with a higher "
        "RAPIDATA_MCP_LOCAL_CREDIT, an environment variable of it"
    )


async def of_queue(platform: Platform, job: Job) -> Stall:
    """The job waits for another one of its audience."""
    others = (await platform.jobs.find("", 1, 50, job.audience_id)).items
    earlier = [other for other in others if other.created_at <= job.created_at and other.job_id != job.job_id]
    ahead = [other for other in earlier if other.state not in ("Completed", "Failed")]
    names = ", ".join(f"{other.job_id} ({quoted(clean(other.name, 60))}, {other.state})" for other in ahead[:3])
    return Stall(
        f"It waits until the job before it has ended: {names or 'a job of this audience'}.",
        f"get_job(job_id='{ahead[0].job_id}') tells how that one is doing."
        if ahead
        else f"get_job(job_id='{job.job_id}') in a minute.",
        ends=True,
    )


def of_deleted_audience(job: Job) -> Stall:
    """Nobody is left who could answer."""
    again = f"assign_job(job_definition_id='{job.definition_id}', audience_id='global')"
    what = "Its audience" if job.audience_deleted else "The audience that its audience is a part of"
    return Stall(f"{what} was deleted, so nobody can answer.", f"{again}, or another audience, runs it again.")


def of_few(read: AudienceState, job: Job, idle_s: float) -> Stall | None:
    """No answer comes any more, and filters leave few people; None where there are none."""
    audience = read.audience
    if not audience.filters and audience.kind != "filtered":
        return None
    fix = (
        f"If nobody comes, assign_job(job_definition_id='{job.definition_id}', audience_id='{read.base.id}') runs the "
        "draft on all of them, as another job"
        if read.base
        else f"If nobody comes, {WIDER}"
    )
    return Stall(
        f"No answer has come for {idle_s:.0f} s: the filters of its audience may leave too few people, and each "
        "answers a datapoint once.",
        f"{fix}; get_results(job_id='{job.job_id}') shows what there is.",
        ends=True,
    )


def of_audience(read: AudienceState, definition_id: str) -> Stall | None:
    """Nobody can answer a job of this definition, because nobody has qualified; None where somebody may."""
    audience, metrics = read.audience, read.metrics
    if audience.kind == "filtered":
        return Stall(
            "Nobody has answered yet. It runs on a part of an audience: its filters may leave nobody there.",
            f"assign_job(job_definition_id='{definition_id}', audience_id='{audience.base_audience_id or 'global'}') "
            "runs the draft on all of them.",
            ends=True,
        )
    if audience.kind != "custom" or metrics.count("Graduated"):
        return None
    audience_id = audience.id
    if audience.status == "Created":
        why = "Its audience has never recruited, so nobody can qualify and no response can come."
        if read.missing_examples:
            return Stall(
                f"{why} It has {len(read.examples)} of {audience.examples_needed} examples.",
                NextStep(
                    add_example_call(read),
                    Call("start_recruiting", {"audience_id": audience_id}, "lets labelers qualify", lead="Then"),
                ),
            )
        return Stall(why, f"start_recruiting(audience_id='{audience_id}').")
    if metrics.count("Distilling"):
        qualifying = count_of(metrics.count("Distilling"), "labeler")
        return Stall(f"Recruiting is under way: nobody has qualified yet, {qualifying} may soon.")
    if metrics.nobody and audience.filters:
        return Stall(
            "Nobody has come to qualify: the filters of its audience may leave nobody.",
            f"{WIDER}.",
            ends=True,
        )
    if not metrics.count("Dropped"):
        return Stall("Recruiting is under way: nobody has come to qualify yet.")
    failed = ", ".join(
        f"{one.id} ({one.incorrect_count} wrong, {one.correct_count} right)" for one in most_failed(read.examples, 3)
    )
    return Stall(
        f"Nobody qualifies: {metrics.count('Dropped')} labelers were dropped. The bar is too high or an example is "
        f"wrong; most failed: {failed}. {UNCHANGEABLE}",
        Replacement.of(read).next_step(definition_id),
    )


def used_up(metrics: RecruitingMetrics, progress: JobProgress) -> bool:
    """Whether all who ever qualified have answered every datapoint, which each does once, and nobody is qualifying."""
    return not metrics.count("Distilling") and 0 < metrics.qualified * progress.total <= (progress.response_count or 0)


def of_used_up(
    read: AudienceState, job: Job, progress: JobProgress, expected: int | None, rate: ResponseRate
) -> Stall | None:
    """Those who qualified have answered all that they may, and nobody is qualifying; None where somebody can go on.

    Where datapoints stop early nobody is asked everything. Then it is concluded from what comes in: nothing for a
    while, and those who qualified are fewer than a datapoint may need.
    """
    metrics, everything = read.metrics, used_up(read.metrics, progress)
    graduated = metrics.count("Graduated")
    few = rate.is_idle and not metrics.count("Distilling") and metrics.qualified * progress.total < (expected or 0)
    if read.audience.kind != "custom" or not graduated or not (everything or few):
        return None
    who = f"All {graduated:,} labelers who qualified have" if graduated > 1 else "The one labeler who qualified has"
    what = f"all {progress.total:,} datapoints" if everything else "what they may"
    why = f"{who} answered {what}, and nobody is qualifying: it cannot go on."
    if hard := describe_low_pass_rate(read):
        steps = Replacement.of(read).next_step(job.definition_id)
        return Stall(f"{why} {hard} {UNCHANGEABLE} What was collected stays in this job.", steps)
    fix = WIDER if read.audience.filters else f"a new job with at most {graduated} responses per datapoint suits them"
    return Stall(
        f"{why} Others would have to qualify for its audience.",
        f"If nobody does, {fix}; get_results(job_id='{job.job_id}') shows what there is.",
        ends=True,
    )
