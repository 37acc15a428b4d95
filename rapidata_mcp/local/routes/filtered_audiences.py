"""`/audience/…/filter` and `/audience/unlisted`: slices of audiences, and invited ones (contract B.8, B.9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, insert, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, jobs
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.audiences.listing import FILTERS, SORTS
from rapidata_mcp.local.audiences.recruiting import audience_row
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.store.account import OWNER, moment, new_id
from rapidata_mcp.models.audience_kinds import FILTERED, UNLISTED
from rapidata_mcp.models.audiences import (
    AudienceCreated,
    NewFilteredAudience,
    NewUnlistedAudience,
    UnlistedAudience,
)
from rapidata_mcp.models.job_states import JobState, Phase

NO_EXAMPLES = {"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": None}
ACTIVE = JobState.known(Phase.WAITING, Phase.COLLECTING)


async def filtered(request: Request) -> Response:
    """`POST /audience/{audience_id}/filter`: its people are there already, so it is ready at once"""
    wanted = await parse(request, NewFilteredAudience)
    async with platform_of(request).database.read() as connection:
        base = await audience_row(connection, request.path_params["audience_id"])
    if base["kind"] in ("filtered", "unlisted"):
        raise ProblemError(400, "A slice can be taken of an ordinary audience only.")
    return await _create(request, FILTERED, "filtered", base["name"], base["id"], [wanted.filter.to_json()])


async def create_unlisted(request: Request) -> Response:
    """`POST /audience/unlisted`"""
    wanted = await parse(request, NewUnlistedAudience)
    if not wanted.name.strip():
        raise ProblemError(400, "One or more validation errors occurred.", {"Name": ["must not be empty"]})
    return await _create(request, UNLISTED, "unlisted", wanted.name, None, [])


async def _create(
    request: Request, prefix: str, kind: str, name: str, base_id: str | None, filters: list[dict[str, Any]]
) -> Response:
    platform = platform_of(request)
    row = {
        "id": new_id(prefix.rstrip("_")),
        "kind": kind,
        "base_id": base_id,
        "name": name,
        "status": "Ready",
        "filters": filters,
        "graduation_rule": NO_EXAMPLES,
        "drop_min_responses": 3,
        "drop_score": 0.2,
        "created_at": platform.clock.now(),
        "crowd_size": 0,
    }
    async with platform.database.write() as connection:
        await connection.execute(insert(audiences), row)
    return answer(AudienceCreated(audience_id=str(row["id"])))


async def read_unlisted(request: Request) -> Response:
    """`GET /audience/unlisted/{audience_id}`"""
    return answer(to_unlisted(await _unlisted(request)))


async def find_unlisted(request: Request) -> Response:
    """`GET /audiences/unlisted`"""
    query = select(audiences).where(audiences.c.kind == "unlisted")
    async with platform_of(request).database.read() as connection:
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [audiences.c.id], to_unlisted)
    return answer(page)


async def active_jobs(request: Request) -> Response:
    """`GET /jobs/unlisted/{audience_id}/active`: what the people behind the link can work on"""
    audience = await _unlisted(request)
    query = select(jobs).where(
        jobs.c.audience_id == audience["id"], jobs.c.state.in_(ACTIVE), jobs.c.deleted_at.is_(None)
    )
    async with platform_of(request).database.read() as connection:
        rows = (await connection.execute(query.order_by(jobs.c.created_at))).mappings().all()
    active = [
        {
            "jobId": row["id"],
            "campaignId": f"cmp_{row['id']}",
            "name": row["name"],
            "createdAt": moment(row["created_at"]).isoformat(),
        }
        for row in rows
    ]
    return JSONResponse({"audienceId": audience["id"], "audienceName": audience["name"], "jobs": active})


async def _unlisted(request: Request) -> RowMapping:
    async with platform_of(request).database.read() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
    if audience["kind"] != "unlisted":
        raise missing("unlisted audience", audience["id"])
    return audience


def to_unlisted(row: RowMapping) -> UnlistedAudience:
    """An unlisted audience's row as the contract shows it (B.9)."""
    return UnlistedAudience.model_validate({**row, **OWNER, "created_at": moment(row["created_at"])})


ROUTES = [
    Route("/audience/unlisted", create_unlisted, methods=["POST"]),
    Route("/audience/unlisted/{audience_id}", read_unlisted),
    Route("/audiences/unlisted", find_unlisted),
    Route("/jobs/unlisted/{audience_id}/active", active_jobs),
    Route("/audience/{audience_id}/filter", filtered, methods=["POST"]),
]
