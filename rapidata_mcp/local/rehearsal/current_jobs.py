"""Jobs as they stand now: simulated responses that are due are written down before a job is shown."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, select

from rapidata_mcp.database.tables import (
    jobs,
)
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.jobs.completion import has_run
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.rehearsal import labeling
from rapidata_mcp.models.job_states import JobState, Phase

MOVING = JobState.known(Phase.WAITING, Phase.COLLECTING)
"""States that time changes."""
MOST_BROUGHT_UP_TO_DATE = 100
"""Unfinished jobs that go on before jobs are listed."""


async def current_job(platform: LocalPlatform, job_id: str) -> RowMapping:
    """Return a job after its simulated labelers have given the responses that are due.

    Raises:
        ProblemError: 404 if there is no such job.
    """
    async with platform.database.read() as connection:
        job = await labeling.job_row(connection, job_id)
    if job is not None and job["state"] in MOVING:
        job = await advance_job(platform, job_id)
    if job is None:
        raise missing("job", job_id)
    return job


async def labeled_job(platform: LocalPlatform, job_id: str) -> RowMapping:
    """Return a job whose labeling has begun.

    Raises:
        ProblemError: 404 if there is no such job, or labeling has not begun (contract G.4).
    """
    job = await current_job(platform, job_id)
    if not has_run(job):
        raise ProblemError(404, "The job has no labelling task.")
    return job


async def advance_job(platform: LocalPlatform, job_id: str) -> RowMapping | None:
    """Write down the simulated responses of a job that are due, under the database's write lock."""
    async with platform.database.write() as connection:
        return await labeling.advance(connection, platform, job_id)


async def bring_jobs_up_to_date(platform: LocalPlatform, ids: Sequence[str] | None = None) -> None:
    """Let the newest unfinished jobs go on to now, so that a list shows their present state.

    With `ids`, only these jobs.
    """
    unfinished = select(jobs.c.id).where(jobs.c.state.in_(MOVING), jobs.c.deleted_at.is_(None))
    if ids is not None:
        unfinished = unfinished.where(jobs.c.id.in_(ids))
    async with platform.database.read() as connection:
        newest = await connection.execute(unfinished.order_by(jobs.c.created_at.desc()).limit(MOST_BROUGHT_UP_TO_DATE))
        moving = newest.scalars().all()
    for job_id in moving:
        await advance_job(platform, job_id)
