"""Reading jobs from the platform."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

import anyio

from rapidata_mcp.errors import PlatformFailure
from rapidata_mcp.server.identifiers import JOB

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import RecruitingMetrics
    from rapidata_mcp.models.jobs import Job, JobProgress

ANSWER_TIMEOUT_S = 5.0
"""Seconds for a request that is not essential, so that a slow platform does not hold up the rest."""
Answer = TypeVar("Answer")


async def read_job(platform: Platform, job_id: str) -> tuple[Job, JobProgress, RecruitingMetrics]:
    """Return a job, its progress, and the funnel of its audience.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    with JOB.must_exist(job_id):
        return await platform.read_job(job_id)


async def answer_in_time(request: Awaitable[Answer]) -> Answer | None:
    """Return the platform's answer; None if it gives no usable one within a few seconds."""
    with anyio.move_on_after(ANSWER_TIMEOUT_S):
        try:
            return await request
        except PlatformFailure:
            return None
    return None
