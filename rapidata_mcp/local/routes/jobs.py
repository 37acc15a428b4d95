"""`/job`: start, read, list (contract G). What happens to a started job is in `changes.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Float, RowMapping, cast, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, datapoints, definitions, job_datapoints, jobs
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import LocalPlatform, answer, platform_of
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.jobs.assigned_datapoints import reported_count
from rapidata_mcp.local.jobs.pairs import is_ranking, lay_out, unit_count
from rapidata_mcp.local.jobs.revisions import estimate, revision_model, revision_of, revision_row
from rapidata_mcp.local.jobs.validation import validate_definition
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.rehearsal import labeling
from rapidata_mcp.local.rehearsal.workforce import crowd_needed
from rapidata_mcp.local.routes.audiences import audience_row, bar, require_base, start_recruiting
from rapidata_mcp.local.store.account import OWNER, OWNER_MAIL, moment, new_id
from rapidata_mcp.models.job_states import JobState, Phase
from rapidata_mcp.models.jobs import AudienceJobListItem, CostWarning, Job, JobCreated, JobListItem, JobProgress, NewJob

ProgressState = Literal["Created", "Started", "Labeling", "Paused", "Done", "Failed"]
PROGRESS_STATES: dict[str, ProgressState] = {
    "Completed": "Done",
    "StaleResults": "Done",
    "Paused": "Paused",
    "Failed": "Failed",
}
MOVING = JobState.known(Phase.WAITING, Phase.COLLECTING)
"""States that time changes."""
MOST_BROUGHT_UP_TO_DATE = 100
"""Unfinished jobs that are looked after before jobs are listed."""
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
    wanted = await parse(request, NewJob)
    platform = platform_of(request)
    async with platform.database.write() as connection:
        audience = await audience_row(connection, wanted.audience_id)
        await require_base(connection, audience)
        revision = await revision_row(connection, wanted.job_definition_id, wanted.revision_number)
        if wanted.preceding_job_id and await labeling.job_row(connection, wanted.preceding_job_id) is None:
            raise ProblemError(400, f"There is no job '{wanted.preceding_job_id[:80]}' to run after.")
        recruiting_started = False
        if audience["kind"] == "custom" and audience["status"] == "Created":
            needed, there = await bar(connection, audience)
            if there >= needed:
                await start_recruiting(connection, platform, audience)
                recruiting_started = True
        asks = revision_model(revision)
        await validate_definition(
            connection, asks.spec, asks.referee, asks.dataset_id
        )  # there may be more datapoints by now
        count = await unit_count(connection, asks)
        warning = await _cost_warning(connection, platform, count * asks.referee.max_responses)
        job_id = await _insert(connection, platform, wanted, audience, revision, count)
    created = JobCreated(job_id=job_id, recruiting_started=recruiting_started, experiment_id=wanted.experiment_id)
    return answer(created.model_copy(update={"cost_warning": warning}))


async def _cost_warning(connection: AsyncConnection, platform: LocalPlatform, responses: int) -> CostWarning | None:
    cost, left = responses * (platform.price or 0.0), await money.balance(connection, platform)
    if left is None or cost <= left:
        return None
    return CostWarning(estimated_cost=round(cost, 6), available_balance=left, shortfall=round(cost - left, 6))


async def _insert(
    connection: AsyncConnection,
    platform: LocalPlatform,
    wanted: NewJob,
    audience: RowMapping,
    revision: RowMapping,
    count: int,
) -> str:
    if count == 0:
        raise ProblemError(400, "The job definition has no datapoints.")
    most = revision_model(revision).referee.max_responses
    found = await connection.execute(select(definitions.c.name).where(definitions.c.id == revision["definition_id"]))
    definition_name = found.scalar_one()
    name = wanted.name or f"{definition_name}:{revision['number']}"
    now, job_id = platform.clock.now(), new_id("job")
    row = {
        "id": job_id,
        "name": name,
        "definition_id": revision["definition_id"],
        "revision": revision["number"],
        "audience_id": audience["id"],
        "pipeline_id": new_id("ppl"),
        "preceding_job_id": wanted.preceding_job_id,
        "created_at": now,
        "ran_for": 0.0,
        "pace": labeling.pace_for(count, most, max(audience["crowd_size"], crowd_needed(platform.crowd, most))),
        "datapoint_count": count,
        "settled_count": 0,
        "response_count": 0,
        "simulated_count": 0,
        "cost": 0.0,
    }
    await connection.execute(insert(jobs), row | _beginning(platform, (name, definition_name), wanted, now))
    asks = revision_model(revision)
    if is_ranking(asks):
        laid_out = await lay_out(connection, job_id, asks, now)
        await connection.execute(update(jobs).where(jobs.c.id == job_id).values(laid_out))
    else:
        await _take_datapoints(connection, job_id, asks.dataset_id)
    return job_id


async def _take_datapoints(connection: AsyncConnection, job_id: str, dataset_id: str) -> None:
    """Let the datapoints of a data set be those of a job, in their order."""
    in_order = func.row_number().over(order_by=(datapoints.c.sort_index, datapoints.c.arrived_at, datapoints.c.id)) - 1
    taken = select(literal(job_id), in_order, datapoints.c.id, literal(False)).where(
        datapoints.c.dataset_id == dataset_id
    )
    columns = ["job_id", "position", "datapoint_id", "settled"]
    await connection.execute(insert(job_datapoints).from_select(columns, taken))


def _beginning(platform: LocalPlatform, names: tuple[str, str], wanted: NewJob, now: float) -> dict[str, Any]:
    """The state in which a job begins: running, waiting for another, or where the scenario lets it get stuck."""
    script = platform.script_of(*names)
    if script is not None and script.state != "StaleResults":
        failed = script.state == "Failed"
        return {
            "state": script.state,
            "review_reason": script.review_reason,
            "failed_at": now if failed else None,
            "failure_message": script.failure_message or ("The job failed as scripted." if failed else None),
        }
    begun: dict[str, Any] = {"stale_at_end": script is not None}
    if wanted.preceding_job_id:
        return begun | {"state": "Queued"}
    return begun | {"state": "Running", "running_since": now}


async def read(request: Request) -> Response:
    """`GET /job/{job_id}`"""
    job, platform = await current(request)
    async with platform.database.read() as connection:
        found = await connection.execute(select(audiences.c.name).where(audiences.c.id == job["audience_id"]))
        audience_name = found.scalar_one_or_none()
    return answer(to_job(job, audience_name))


async def progress(request: Request) -> Response:
    """`GET /job/{job_id}/progress`: 404 before labeling begins (contract G.4)"""
    job, platform = await current(request)
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


def has_run(job: RowMapping) -> bool:
    """Whether labeling has begun."""
    begun = job["running_since"] is not None or bool(job["ran_for"]) or bool(job["response_count"])
    state = JobState(job["state"])
    return begun or state == JobState.PAUSED or state.has_all_responses


def percentage(job: RowMapping) -> float:
    """Datapoints settled, in percent, rounded down: 100 only when all are."""
    return float(1000 * job["settled_count"] // job["datapoint_count"] / 10)


async def cost_estimate(request: Request) -> Response:
    """`GET /job/{job_id}/cost-estimate`"""
    job, platform = await current(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
    return answer(estimate(platform, revision, job["datapoint_count"], job["created_at"]))


async def find(request: Request) -> Response:
    """`GET /jobs`"""
    platform = platform_of(request)
    await bring_up_to_date(platform)
    query = select(jobs).where(jobs.c.deleted_at.is_(None))
    async with platform.database.read() as connection:
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [jobs.c.id], to_list_item)
    return answer(page)


async def find_of_audience(request: Request) -> Response:
    """`GET /audience/{audience_id}/jobs`"""
    platform = platform_of(request)
    await bring_up_to_date(platform)
    async with platform.database.read() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        query = select(jobs).where(jobs.c.deleted_at.is_(None), jobs.c.audience_id == audience["id"])
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [jobs.c.id], to_audience_item)
    return answer(page)


async def bring_up_to_date(platform: LocalPlatform, ids: Sequence[str] | None = None) -> None:
    """Let the newest unfinished jobs go on to now, so that a list tells the state that each would tell itself.

    With `ids` only those of these.
    """
    unfinished = select(jobs.c.id).where(jobs.c.state.in_(MOVING), jobs.c.deleted_at.is_(None))
    if ids is not None:
        unfinished = unfinished.where(jobs.c.id.in_(ids))
    async with platform.database.read() as connection:
        newest = await connection.execute(unfinished.order_by(jobs.c.created_at.desc()).limit(MOST_BROUGHT_UP_TO_DATE))
        moving = newest.scalars().all()
    for job_id in moving:
        await catch_up(platform, job_id)


async def current(request: Request) -> tuple[RowMapping, LocalPlatform]:
    """The job of the path, after its simulated labelers have answered what is due."""
    platform = platform_of(request)
    job_id = request.path_params["job_id"]
    async with platform.database.read() as connection:
        job = await labeling.job_row(connection, job_id)
    if job is not None and job["state"] in MOVING:
        job = await catch_up(platform, job_id)
    if job is None:
        raise missing("job", job_id)
    return job, platform


async def catch_up(platform: LocalPlatform, job_id: str) -> RowMapping | None:
    """Write down the simulated responses of one job that are due, under the database's write lock."""
    async with platform.database.write() as connection:
        return await labeling.advance(connection, platform, job_id)


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
