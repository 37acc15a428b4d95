"""Stalls of running jobs for want of labelers: nobody qualifies, filters leave too few, or all have answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidata_mcp.calls import UNKNOWN, Call, NextStep
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.server.audiences.advice import add_example_call
from rapidata_mcp.server.audiences.example_checks import most_failed
from rapidata_mcp.server.audiences.problems import UNCHANGEABLE, describe_low_pass_rate
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.replacement import Replacement
from rapidata_mcp.server.jobs.stalls import Stall, deleted_audience_stall, platform_stall, results_so_far, run_again
from rapidata_mcp.server.replies import count_of

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.client.response_rate import ResponseRate
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.audiences.state import AudienceState

WIDER_AUDIENCE = Call(
    "create_audience", {"name": UNKNOWN}, "makes an audience with wider filters, or none, to run it on"
)
FAILED_NAMED = 3


async def find_stall(
    platform: Platform, job: Job, progress: JobProgress, funnel: RecruitingMetrics, expected: int | None = None
) -> Stall | None:
    """Return why a job does not move; None if it moves, or may at any moment.

    `expected` is the number of responses that it takes, if known.
    """
    stall = await platform_stall(platform, job, progress.response_count or 0)
    if stall is not None or job.state != JobState.RUNNING:
        return stall
    rate = platform.response_rate_of(job)
    answered = progress.response_count or funnel.count("Graduated")
    if answered and not rate.is_idle and not _all_answered(funnel, progress):
        return None
    try:
        audience = await read_audience(platform, job.audience_id)
    except NotFound:
        return deleted_audience_stall(job)
    if not answered:
        return _nobody_stall(audience, job.definition_id)
    return _exhausted_stall(audience, job, progress, expected, rate) or _filter_stall(audience, job, rate.idle_s)


def _nobody_stall(state: AudienceState, definition_id: str) -> Stall | None:
    """The stall of a job that nobody can answer, because nobody has qualified; None if somebody may."""
    audience = state.audience
    if audience.kind == "filtered":
        base_id = audience.base_audience_id or "global"
        return Stall(
            "Nobody has answered yet. It runs on a part of an audience: its filters may match nobody there.",
            NextStep(run_again(definition_id, base_id, "runs the draft on all of them")),
            may_pass=True,
        )
    if audience.kind != "custom" or state.graduated:
        return None
    if audience.status == "Created":
        return _not_recruiting_stall(state)
    if state.qualifying:
        qualifying = count_of(state.qualifying, "labeler")
        return Stall(f"Recruiting is under way: nobody has qualified yet, {qualifying} may soon.")
    if state.metrics.nobody and audience.filters:
        return Stall(
            "Nobody has come to qualify: the filters of its audience may match nobody.",
            NextStep(WIDER_AUDIENCE),
            may_pass=True,
        )
    if not state.dropped:
        return Stall("Recruiting is under way: nobody has come to qualify yet.")
    failed = ", ".join(
        f"{example.id} ({example.incorrect_count} wrong, {example.correct_count} right)"
        for example in most_failed(state.examples, FAILED_NAMED)
    )
    return Stall(
        f"Nobody qualifies: {state.dropped} labelers were dropped. The bar is too high or an example is wrong; most "
        f"failed: {failed}. {UNCHANGEABLE}",
        Replacement.of(state).next_step(definition_id),
    )


def _not_recruiting_stall(state: AudienceState) -> Stall:
    why = "Its audience has never recruited, so nobody can qualify and no response can come."
    start = Call("start_recruiting", {"audience_id": state.audience_id}, "lets labelers qualify")
    if not state.missing_examples:
        return Stall(why, NextStep(start))
    return Stall(
        f"{why} It has {len(state.examples)} of {state.audience.examples_needed} examples.",
        NextStep(add_example_call(state), replace(start, lead="Then")),
    )


def _all_answered(metrics: RecruitingMetrics, progress: JobProgress) -> bool:
    """Whether all labelers who qualified have answered every datapoint, and nobody is qualifying."""
    return not metrics.count("Distilling") and 0 < metrics.qualified * progress.total <= (progress.response_count or 0)


def _exhausted_stall(
    state: AudienceState, job: Job, progress: JobProgress, expected: int | None, rate: ResponseRate
) -> Stall | None:
    """The stall of a job whose labelers have answered everything, while nobody is qualifying.

    If datapoints stop early, nobody is asked everything. Then two facts decide: no response has come for a while, and
    the labelers who qualified are fewer than a datapoint may need.
    """
    metrics, everything = state.metrics, _all_answered(state.metrics, progress)
    few = rate.is_idle and not state.qualifying and metrics.qualified * progress.total < (expected or 0)
    if state.audience.kind != "custom" or not state.graduated or not (everything or few):
        return None
    plural = state.graduated > 1
    who = f"All {state.graduated:,} labelers who qualified have" if plural else "The one labeler who qualified has"
    what = f"all {progress.total:,} datapoints" if everything else "all datapoints that they can"
    why = f"{who} answered {what}, and nobody is qualifying: it cannot go on."
    if low_pass_rate := describe_low_pass_rate(state):
        return Stall(
            f"{why} {low_pass_rate} {UNCHANGEABLE} Its responses stay in this job.",
            Replacement.of(state).next_step(job.definition_id),
        )
    fix: Call | str = f"a new job with at most {state.graduated} responses per datapoint suits them"
    return Stall(
        f"{why} Other labelers would have to qualify for its audience.",
        NextStep(_if_nobody(WIDER_AUDIENCE if state.audience.filters else fix), results_so_far(job)),
        may_pass=True,
    )


def _filter_stall(state: AudienceState, job: Job, idle_s: float) -> Stall | None:
    """The stall of a job without new responses whose filters leave few labelers; None without filters."""
    if not state.audience.filters and state.audience.kind != "filtered":
        return None
    fix = (
        run_again(job.definition_id, state.base.id, "runs the draft on all of them, as another job")
        if state.base
        else WIDER_AUDIENCE
    )
    return Stall(
        f"No response has come for {idle_s:.0f} s: the filters of its audience may leave too few people, and each "
        "answers a datapoint once.",
        NextStep(_if_nobody(fix), results_so_far(job)),
        may_pass=True,
    )


def _if_nobody(fix: Call | str) -> Call | str:
    lead = "If nobody comes,"
    return f"{lead} {fix}" if isinstance(fix, str) else replace(fix, lead=lead)
