"""Waiting for a job, until something happens that is worth telling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.mcpserver import Context

from rapidata_mcp.errors import NotFound

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobProgress

    News = tuple[Job, JobProgress, RecruitingMetrics]

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 5.0
"""The pauses between looks grow, so that a slow job costs few requests."""


async def wait_for_news(ctx: Context[Any, Any], platform: Platform, known: News, seconds: float) -> News:
    """Look again until something has happened since what is `known`, but at most so many seconds.

    Each look is told to the client as progress of the waiting: in seconds, since those always go on. A look that takes
    longer than is left is given up, and so is one that a clock which was set back would let in.

    Raises:
        NotFound: when the job was deleted meanwhile.
    """
    began, pause, latest = platform.clock.now(), FIRST_PAUSE_S, known
    with anyio.move_on_after(seconds):
        while latest[0].state.changes_by_itself and _worth_telling(latest) == _worth_telling(known):
            passed = platform.clock.now() - began
            if passed >= seconds:
                break
            await ctx.report_progress(passed, seconds, _told(latest))
            await platform.clock.sleep(min(pause, seconds - passed))
            pause = min(1.3 * pause, LONGEST_PAUSE_S)
            latest = await _look(platform, known[0].job_id)
    return latest


async def _look(platform: Platform, job_id: str) -> News:
    try:
        return await platform.read_job(job_id)
    except NotFound:
        raise NotFound(f"The job '{job_id}' was deleted meanwhile.", "find_jobs() lists those that are left.") from None


def _worth_telling(news: News) -> tuple[str, bool, bool, int]:
    """The state, whether anybody has qualified, whether anybody has answered, and the quarter of the way reached."""
    job, progress, funnel = news
    return (
        job.state,
        funnel.count("Graduated") > 0,
        bool(progress.response_count),
        int(progress.completion_percentage // 25),
    )


def _told(news: News) -> str:
    job, progress, funnel = news
    qualifying = f", {funnel.count('Distilling')} labelers qualifying" if funnel.count("Distilling") else ""
    return f"{job.state}: {progress.completion_percentage:g} %, {progress.response_count or 0} responses{qualifying}"
