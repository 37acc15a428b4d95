"""`/job`: start, read, list (contract G). What happens to a started job is in `changes.py`."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Float, RowMapping, cast, literal, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, jobs
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.audiences.recruiting import audience_row
from rapidata_mcp.local.jobs.assigned_datapoints import reported_count
from rapidata_mcp.local.jobs.completion import has_run, percentage
from rapidata_mcp.local.jobs.revisions import estimate, revision_of
from rapidata_mcp.local.problems import ProblemError, parse
from rapidata_mcp.local.rehearsal.current_jobs import bring_jobs_up_to_date, current_job
from rapidata_mcp.local.rehearsal.job_start import start_job
from rapidata_mcp.local.store.account import OWNER, OWNER_MAIL, moment
from rapidata_mcp.models.jobs import AudienceJobListItem, Job, JobListItem, JobProgress, NewJob

ProgressState = Literal["Created", "Started", "Labeling", "Paused", "Done", "Failed"]
PROGRESS_STATES: dict[str, ProgressState] = {
    "Completed": "Done",
    "StaleResults": "Done",
    "Paused": "Paused",
    "Failed": "Failed",
}
FILTERS = {
    "id": jobs.c.id,
    "name": jobs.c.name,
    "job_definition_id": jobs.c.definition_id,
    "audience_id": jobs.c.audience_id,
    "campaign_id": literal("cmp_") + jobs.c.id,
    "state": jobs.c.state,
    "owner_mail": literal(OWNER_MAIL),
    "created_at": jobs.c.created_at,
}
SORTS = {
    "name": jobs.c.name,
    "created_at": jobs.c.created_at,
    "state": jobs.c.state,
    "owner_mail": literal(OWNER_MAIL),
    "progress": cast(jobs.c.settled_count, Float) / jobs.c.datapoint_count,
}


async def create(request: Request) -> Response:
    """`POST /job`. Recruiting starts with it where it has not begun and the examples suffice (contract M, row 1)."""
    platform, new_job = platform_of(request), await parse(request, NewJob)
    async with platform.database.write() as connection:
        return answer(await start_job(connection, platform, new_job))


async def read(request: Request) -> Response:
    """`GET /job/{job_id}`"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.read() as connection:
        found = await connection.execute(select(audiences.c.name).where(audiences.c.id == job["audience_id"]))
        audience_name = found.scalar_one_or_none()
    return answer(to_job(job, audience_name))


async def progress(request: Request) -> Response:
    """`GET /job/{job_id}/progress`: 404 before labeling begins (contract G.4)"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    if not has_run(job):
        raise ProblemError(404, "The job has no labelling task.")
    async with platform.database.read() as connection:
        reported = await reported_count(connection, job["id"])
    return answer(
        JobProgress(
            completion_percentage=percentage(job),
            total=job["datapoint_count"],
            completed=job["settled_count"],
            state=PROGRESS_STATES.get(job["state"], "Labeling"),
            response_count=job["response_count"],
            simulated_response_count=job["simulated_count"],
            reported_count=reported,
        )
    )


async def cost_estimate(request: Request) -> Response:
    """`GET /job/{job_id}/cost-estimate`"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
    return answer(estimate(platform, revision, job["datapoint_count"], job["created_at"]))


async def find(request: Request) -> Response:
    """`GET /jobs`"""
    platform = platform_of(request)
    await bring_jobs_up_to_date(platform)
    query = select(jobs).where(jobs.c.deleted_at.is_(None))
    async with platform.database.read() as connection:
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [jobs.c.id], to_list_item)
    return answer(page)


async def find_of_audience(request: Request) -> Response:
    """`GET /audience/{audience_id}/jobs`"""
    platform = platform_of(request)
    await bring_jobs_up_to_date(platform)
    async with platform.database.read() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        query = select(jobs).where(jobs.c.deleted_at.is_(None), jobs.c.audience_id == audience["id"])
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [jobs.c.id], to_audience_item)
    return answer(page)


def to_job(row: RowMapping, audience_name: str | None) -> Job:
    """A job's row as the contract shows it (G.3)."""
    return Job.model_validate(
        _common(row)
        | {
            "definition_id": row["definition_id"],
            "audience_name": audience_name,
            "audience_deleted": audience_name is None,
            "campaign_id": f"cmp_{row['id']}",
            "completed_at": None if row["completed_at"] is None else moment(row["completed_at"]),
            "failed_at": None if row["failed_at"] is None else moment(row["failed_at"]),
            "result_file_name": f"{row['id']}.json" if row["state"] == "Completed" else None,
        }
    )


def to_list_item(row: RowMapping) -> JobListItem:
    """A job's row in a list (contract G.6)."""
    ratio = row["settled_count"] / row["datapoint_count"]
    return JobListItem.model_validate(_common(row) | {"job_definition_id": row["definition_id"], "progress": ratio})


def to_audience_item(row: RowMapping) -> AudienceJobListItem:
    """A job's row in the list of its audience."""
    return AudienceJobListItem.model_validate(_common(row))


def _common(row: RowMapping) -> dict[str, Any]:
    return {
        **row,
        **OWNER,
        "job_id": row["id"],
        "revision_number": row["revision"],
        "created_at": moment(row["created_at"]),
    }


ROUTES = [
    Route("/job", create, methods=["POST"]),
    Route("/jobs", find),
    Route("/audience/{audience_id}/jobs", find_of_audience),
    Route("/job/{job_id}", read),
    Route("/job/{job_id}/progress", progress),
    Route("/job/{job_id}/cost-estimate", cost_estimate),
]
