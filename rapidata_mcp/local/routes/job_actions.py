"""`/job/{job_id}/…`: pause, resume, retry, approve, rename, delete (contract G.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import (
    assignments,
    datasets,
    handouts,
    job_datapoints,
    jobs,
    preliminary_downloads,
    responses,
)
from rapidata_mcp.local.api.platform import platform_of
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.jobs.completion import running_seconds
from rapidata_mcp.local.problems import ProblemError, parse
from rapidata_mcp.local.rehearsal.current_jobs import current_job
from rapidata_mcp.models.datasets import Renamed


async def pause(request: Request) -> Response:
    """`POST /job/{job_id}/pause`; again is harmless"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    if job["state"] == "Paused":
        return Response(status_code=204)
    stopped = {"state": "Paused", "ran_for": running_seconds(job, platform.clock.now()), "running_since": None}
    return await _change(request, ("Running",), "paused", stopped)


async def resume(request: Request) -> Response:
    """`POST /job/{job_id}/resume`: also of a job that ran out of money, once there is some; again is harmless"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    if job["state"] == "Running":
        return Response(status_code=204)
    async with platform.database.read() as connection:
        left = await money.affordable(connection, platform)
    if job["state"] == "SpendLimited" and left == 0:
        raise ProblemError(400, "The balance is used up; the job cannot be resumed.")
    return await _change(request, ("Paused", "SpendLimited"), "resumed", _running(platform.clock.now()))


async def retry(request: Request) -> Response:
    """`POST /job/{job_id}/retry`: of a failed job, or for fresh results where they are out of date"""
    again = _running(platform_of(request).clock.now())
    again |= {"failed_at": None, "failure_message": None, "completed_at": None, "stale_at_end": False}
    return await _change(request, ("Failed", "StaleResults"), "retried", again)


async def approve(request: Request) -> Response:
    """`POST /job/{job_id}/approve`: the reviewer's word"""
    return await _change(request, ("ManualApproval",), "approved", _running(platform_of(request).clock.now()))


def _running(now: float) -> dict[str, Any]:
    return {"state": "Running", "running_since": now}


async def _change(request: Request, states: Sequence[str], done: str, values: dict[str, Any]) -> Response:
    """Change a job that is in one of these states. Raises ProblemError (400) where it is in another."""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.write() as connection:
        changed = await connection.execute(
            update(jobs).where(jobs.c.id == job["id"], jobs.c.state.in_(states)).values(values)
        )
    if not changed.rowcount:
        raise ProblemError(400, f"A job that is {job['state']} cannot be {done}.")
    return Response(status_code=204)


async def rename(request: Request) -> Response:
    """`PATCH /job/{job_id}`"""
    wanted = await parse(request, Renamed)
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.write() as connection:
        await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(name=wanted.name))
    return Response(status_code=204)


async def delete_one(request: Request) -> Response:
    """`DELETE /job/{job_id}`: with everything that was answered; what it has cost stays spent"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.write() as connection:
        for table in (responses, handouts, assignments, job_datapoints, preliminary_downloads):
            await connection.execute(delete(table).where(table.c.job_id == job["id"]))
        await connection.execute(delete(datasets).where(datasets.c.id == job["pairs_dataset_id"]))
        now = platform.clock.now()
        await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(deleted_at=now, running_since=None))
    return Response(status_code=204)


ROUTES = [
    Route("/job/{job_id}", rename, methods=["PATCH"]),
    Route("/job/{job_id}", delete_one, methods=["DELETE"]),
    Route("/job/{job_id}/pause", pause, methods=["POST"]),
    Route("/job/{job_id}/resume", resume, methods=["POST"]),
    Route("/job/{job_id}/retry", retry, methods=["POST"]),
    Route("/job/{job_id}/approve", approve, methods=["POST"]),
]
