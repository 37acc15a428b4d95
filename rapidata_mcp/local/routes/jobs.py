"""`/job`: start, watch, pause, resume (contract G)."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import RowMapping, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local import labeling
from rapidata_mcp.local.account import OWNER, moment, new_id
from rapidata_mcp.local.platform import LocalPlatform, answer, paged, platform_of
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.routes.audiences import audience_row, bar, start_recruiting
from rapidata_mcp.local.routes.definitions import datapoint_count, revision_row
from rapidata_mcp.local.tables import audiences, datapoints, definitions, job_datapoints, jobs
from rapidata_mcp.models.jobs import Job, JobCreated, JobListItem, JobProgress, NewJob

ProgressState = Literal["Created", "Started", "Labeling", "Paused", "Done", "Failed"]
PROGRESS_STATES: dict[str, ProgressState] = {"Completed": "Done", "Paused": "Paused", "Failed": "Failed"}


async def create(request: Request) -> Response:
    """`POST /job`. Recruiting starts with it where it has not begun and the examples suffice (contract M, row 1)."""
    wanted = await parse(request, NewJob)
    platform = platform_of(request)
    async with platform.database.write() as connection:
        audience = await audience_row(connection, wanted.audience_id)
        revision = await revision_row(connection, wanted.job_definition_id, wanted.revision_number)
        recruiting_started = False
        if audience["kind"] == "custom" and audience["status"] == "Created":
            needed, there = await bar(connection, audience)
            if there >= needed:
                await start_recruiting(connection, platform, audience)
                recruiting_started = True
        job_id = await _insert(connection, platform, wanted, audience, revision)
    return answer(JobCreated(job_id=job_id, recruiting_started=recruiting_started, experiment_id=wanted.experiment_id))


async def _insert(
    connection: AsyncConnection, platform: LocalPlatform, wanted: NewJob, audience: RowMapping, revision: RowMapping
) -> str:
    count = await datapoint_count(connection, revision["dataset_id"])
    if count == 0:
        raise ProblemError(400, "The job definition has no datapoints.")
    most = labeling.revision_model(revision).referee.most
    now, job_id = platform.clock.now(), new_id("job")
    found = await connection.execute(select(definitions.c.name).where(definitions.c.id == revision["definition_id"]))
    crowd = max(audience["crowd_size"], labeling.crowd_needed(platform.crowd, most))
    await connection.execute(
        insert(jobs),
        {
            "id": job_id,
            "name": wanted.name or f"{found.scalar_one()}:{revision['number']}",
            "definition_id": revision["definition_id"],
            "revision": revision["number"],
            "audience_id": audience["id"],
            "pipeline_id": new_id("ppl"),
            "state": "Running",
            "created_at": now,
            "running_since": now,
            "ran_for": 0.0,
            "pace": labeling.pace_for(count, most, crowd),
            "datapoint_count": count,
            "settled_count": 0,
            "response_count": 0,
            "simulated_count": 0,
        },
    )
    in_order = func.row_number().over(order_by=(datapoints.c.sort_index, datapoints.c.arrived_at, datapoints.c.id)) - 1
    await connection.execute(
        insert(job_datapoints).from_select(
            ["job_id", "position", "datapoint_id", "settled"],
            select(literal(job_id), in_order, datapoints.c.id, literal(False)).where(
                datapoints.c.dataset_id == revision["dataset_id"]
            ),
        )
    )
    return job_id


async def read(request: Request) -> Response:
    """`GET /job/{job_id}`"""
    job, platform = await current(request)
    async with platform.database.read() as connection:
        found = await connection.execute(select(audiences.c.name).where(audiences.c.id == job["audience_id"]))
        audience_name = found.scalar_one_or_none()
    return answer(to_job(job, audience_name))


async def progress(request: Request) -> Response:
    """`GET /job/{job_id}/progress`"""
    job, _ = await current(request)
    return answer(
        JobProgress(
            completion_percentage=percentage(job),
            total=job["datapoint_count"],
            completed=job["settled_count"],
            state=PROGRESS_STATES.get(job["state"], "Labeling"),
            response_count=job["response_count"],
            simulated_response_count=job["simulated_count"],
        )
    )


def percentage(job: RowMapping) -> float:
    """Datapoints settled, in percent; 100 only when all are."""
    return float(round(100 * job["settled_count"] / job["datapoint_count"], 1))


async def find(request: Request) -> Response:
    """`GET /jobs`, by name and by audience"""
    query = select(jobs)
    audience_id = request.query_params.get("audience_id[eq]")
    if audience_id:
        query = query.where(jobs.c.audience_id == audience_id)
    definition_id = request.query_params.get("job_definition_id[eq]")
    if definition_id:
        query = query.where(jobs.c.definition_id == definition_id)
    async with platform_of(request).database.read() as connection:
        page = await paged(request, connection, query, jobs.c.name, jobs.c.created_at, to_list_item)
    return answer(page)


async def pause(request: Request) -> Response:
    """`POST /job/{job_id}/pause`"""
    job, platform = await current(request)
    if job["state"] not in ("Running", "Paused"):
        raise ProblemError(400, f"A job that is {job['state']} cannot be paused.")
    now = platform.clock.now()
    async with platform.database.write() as connection:
        await connection.execute(
            update(jobs)
            .where(jobs.c.id == job["id"], jobs.c.state == "Running")
            .values(state="Paused", ran_for=labeling.running_seconds(job, now), running_since=None)
        )
    return Response(status_code=204)


async def resume(request: Request) -> Response:
    """`POST /job/{job_id}/resume`"""
    job, platform = await current(request)
    if job["state"] not in ("Running", "Paused"):
        raise ProblemError(400, f"A job that is {job['state']} cannot be resumed.")
    async with platform.database.write() as connection:
        await connection.execute(
            update(jobs)
            .where(jobs.c.id == job["id"], jobs.c.state == "Paused")
            .values(state="Running", running_since=platform.clock.now())
        )
    return Response(status_code=204)


async def current(request: Request) -> tuple[RowMapping, LocalPlatform]:
    """The job of the path, after its simulated labelers have answered what is due."""
    platform = platform_of(request)
    job_id = request.path_params["job_id"]
    async with platform.database.read() as connection:
        found = await connection.execute(select(jobs).where(jobs.c.id == job_id))
        job = found.mappings().one_or_none()
    if job is not None and job["state"] == "Running":
        job = await catch_up(platform, job_id)
    if job is None:
        raise missing("job", job_id)
    return job, platform


async def catch_up(platform: LocalPlatform, job_id: str) -> RowMapping | None:
    """Write down the simulated responses of one job that are due, under the database's write lock."""
    async with platform.database.write() as connection:
        return await labeling.replay(connection, job_id, platform.crowd, platform.scenario, platform.clock.now())


def to_job(row: RowMapping, audience_name: str | None) -> Job:
    """A job's row as the contract shows it (G.3)."""
    return Job.model_validate(
        _common(row)
        | {"definition_id": row["definition_id"]}
        | {
            "audience_name": audience_name,
            "audience_deleted": audience_name is None,
            "completed_at": None if row["completed_at"] is None else moment(row["completed_at"]),
        }
    )


def to_list_item(row: RowMapping) -> JobListItem:
    """A job's row in a list (contract G.6)."""
    ratio = row["settled_count"] / row["datapoint_count"]
    return JobListItem.model_validate(_common(row) | {"job_definition_id": row["definition_id"], "progress": ratio})


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
    Route("/job/{job_id}", read),
    Route("/job/{job_id}/progress", progress),
    Route("/job/{job_id}/pause", pause, methods=["POST"]),
    Route("/job/{job_id}/resume", resume, methods=["POST"]),
]
