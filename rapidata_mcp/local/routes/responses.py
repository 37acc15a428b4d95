"""`/job/{job_id}/responses`, `/datapoints`: the single responses and the datapoints of a job (contract G.9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.database.tables import datapoints, job_datapoints, responses
from rapidata_mcp.local.api.platform import platform_of, read_whole, whole_number
from rapidata_mcp.local.jobs.datasets import dataset_row
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.questions.datapoint_pages import datapoint_page
from rapidata_mcp.local.questions.questions import question_of, schema_of
from rapidata_mcp.local.rehearsal.current_jobs import current_job, labeled_job
from rapidata_mcp.local.results.single_responses import MOST_RESPONSES, response_of, single_responses
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.task import Answer


async def find_responses(request: Request) -> Response:
    """`GET /job/{job_id}/responses`: newest first unless `sort=Asc`; `cursor` is the id of the last response seen"""
    limit = whole_number(request, "limit", 100, MOST_RESPONSES)
    sort, given_cursor = request.query_params.get("sort", "Desc"), request.query_params.get("cursor", "")
    cursor = read_whole(given_cursor)
    if sort not in ("Asc", "Desc") or (given_cursor and cursor is None):
        raise ProblemError(400, "sort is Asc or Desc, cursor the id of a response.")
    platform = platform_of(request)
    job = await labeled_job(platform, request.path_params["job_id"])
    content, rising = responses.c, sort == "Asc"
    query = (
        single_responses()
        .add_columns(datapoints.c.item_names, datapoints.c.context, datapoints.c.segments)
        .join(
            job_datapoints,
            (job_datapoints.c.job_id == content.job_id) & (job_datapoints.c.position == content.position),
        )
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(content.job_id == job["id"])
        .order_by(content.id.asc() if rising else content.id.desc())
        .limit(limit)
    )
    if cursor is not None:
        query = query.where(content.id > cursor if rising else content.id < cursor)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        rows = (await connection.execute(query)).mappings().all()
    page = [response_of(row, _response_json(revision, row)) for row in rows]
    return JSONResponse({"responses": page, "nextCursor": page[-1]["id"] if len(page) == limit else None})


def _response_json(revision: Revision, row: RowMapping) -> dict[str, Any]:
    question = question_of(revision, row["item_names"], row["context"], row["segments"], {})
    return revision.task.response_json(Answer(row["choice"], row["answer"]), question)


async def find_datapoints(request: Request) -> Response:
    """`GET /job/{job_id}/datapoints`: the datapoints of its data set, by default in the job's order"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        query = (
            select(datapoints, job_datapoints.c.position)
            .join(job_datapoints, job_datapoints.c.datapoint_id == datapoints.c.id)
            .where(job_datapoints.c.job_id == job["id"])
        )
        page = await datapoint_page(request, connection, query, "position")
        schema = schema_of(await dataset_row(connection, revision.dataset_id))
    return JSONResponse(page.to_json() | {"schema": [part.to_json() for part in schema]})


ROUTES = [
    Route("/job/{job_id}/responses", find_responses),
    Route("/job/{job_id}/datapoints", find_datapoints),
]
