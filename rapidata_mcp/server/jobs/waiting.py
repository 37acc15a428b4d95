"""Waiting for a notable change of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.mcpserver import Context

from rapidata_mcp.calls import Call
from rapidata_mcp.errors import NotFound

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobProgress

    Reading = tuple[Job, JobProgress, RecruitingMetrics]

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 5.0
"""The pauses between readings grow, so that a slow job costs few requests."""
PAUSE_GROWTH = 1.3


async def wait_for_change(ctx: Context[Any, Any], platform: Platform, first: Reading, seconds: float) -> Reading:
    """Read a job again until it has changed since `first`, but for at most `seconds`.

    The client sees each reading as progress, measured in seconds, since those always advance. A reading that takes
    longer than the time that is left is given up. So is a reading that would begin after the deadline because the
    clock was set back.

    Raises:
        NotFound: if the job was deleted meanwhile.
    """
    start, pause, latest = platform.clock.now(), FIRST_PAUSE_S, first
    with anyio.move_on_after(seconds):
        while latest[0].state.changes_by_itself and _notable_facts(latest) == _notable_facts(first):
            passed = platform.clock.now() - start
            if passed >= seconds:
                break
            await ctx.report_progress(passed, seconds, _describe(latest))
            await platform.clock.sleep(min(pause, seconds - passed))
            pause = min(PAUSE_GROWTH * pause, LONGEST_PAUSE_S)
            latest = await _read_again(platform, first[0].job_id)
    return latest


async def _read_again(platform: Platform, job_id: str) -> Reading:
    try:
        return await platform.read_job(job_id)
    except NotFound:
        raise NotFound(f"The job '{job_id}' was deleted meanwhile.", Call("find_jobs", why="lists the rest")) from None


def _notable_facts(reading: Reading) -> tuple[str, bool, bool, int]:
    """The state, whether anybody has qualified, whether anybody has answered, and the quarter that is done."""
    job, progress, funnel = reading
    return (
        job.state,
        funnel.count("Graduated") > 0,
        bool(progress.response_count),
        int(progress.completion_percentage // 25),
    )


def _describe(reading: Reading) -> str:
    job, progress, funnel = reading
    qualifying = f", {funnel.count('Distilling')} labelers qualifying" if funnel.count("Distilling") else ""
    return f"{job.state}: {progress.completion_percentage:g} %, {progress.response_count or 0} responses{qualifying}"
