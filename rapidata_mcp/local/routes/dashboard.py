"""`/`: what there is on this platform, and how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, definitions, examples, jobs, revisions
from rapidata_mcp.local.api.platform import LocalPlatform, platform_of, whole_number
from rapidata_mcp.local.audiences.funnels import funnels_of
from rapidata_mcp.local.audiences.recruiting import bring_audiences_up_to_date
from rapidata_mcp.local.pages.live import Live, live_audience, live_job
from rapidata_mcp.local.pages.page import page
from rapidata_mcp.local.rehearsal.current_jobs import bring_jobs_up_to_date
from rapidata_mcp.models.referees import Referee

_REFEREE: TypeAdapter[Referee] = TypeAdapter(Referee)
PAGE_SIZE = 20
OWN = ("custom", "filtered", "unlisted")
"""Kinds of audiences that somebody made."""


async def dashboard(request: Request) -> Response:
    """`GET /?jobs=…&audiences=…&drafts=…`: jobs, audiences and drafts, newest first, each with pages of its own"""
    platform = platform_of(request)
    await bring_jobs_up_to_date(platform)
    await bring_audiences_up_to_date(platform)
    async with platform.database.read() as connection:
        shown = {
            name: await _page(request, connection, name, query)
            for name, query in (("jobs", _jobs()), ("audiences", _audiences()), ("drafts", _drafts()))
        }
        ready_made = await connection.execute(select(audiences).where(audiences.c.kind.not_in(OWN)))
        return page(
            "dashboard.html",
            jobs=shown["jobs"],
            audiences=shown["audiences"],
            drafts=shown["drafts"],
            ready_made=ready_made.mappings().all(),
            live=await _live(connection, platform, shown["jobs"]["rows"], shown["audiences"]["rows"]),
        )


async def live(request: Request) -> Response:
    """`GET /live?id=…&id=…`: what moves of these jobs and audiences, at most a page of each"""
    platform, ids = platform_of(request), request.query_params.getlist("id")[: 2 * PAGE_SIZE]
    await bring_jobs_up_to_date(platform, ids)
    await bring_audiences_up_to_date(platform, ids)
    async with platform.database.read() as connection:
        rows = [
            (await connection.execute(query.where(column.in_(ids)))).mappings().all()
            for query, column in ((_jobs(), jobs.c.id), (_audiences(), audiences.c.id))
        ]
        return JSONResponse(await _live(connection, platform, *rows), headers={"Cache-Control": "no-store"})


async def _live(
    connection: AsyncConnection, platform: LocalPlatform, jobs_shown: Sequence[RowMapping], own: Sequence[RowMapping]
) -> Live:
    moving: Live = {}
    for job in jobs_shown:
        moving |= live_job(job, _REFEREE.validate_python(job["referee"]).max_responses)
    funnels = await funnels_of(connection, [audience["id"] for audience in own], platform.clock.now())
    for audience in own:
        moving |= live_audience(audience["id"], audience["status"], funnels[audience["id"]])
    return moving


def _jobs() -> Select[Any]:
    return (
        select(
            jobs,
            audiences.c.name.label("audience_name"),
            audiences.c.kind.label("audience_kind"),
            revisions.c.referee,
        )
        .join(revisions, (revisions.c.definition_id == jobs.c.definition_id) & (revisions.c.number == jobs.c.revision))
        .join(audiences, audiences.c.id == jobs.c.audience_id, isouter=True)
        .where(jobs.c.deleted_at.is_(None))
        .order_by(jobs.c.created_at.desc(), jobs.c.id)
    )


def _audiences() -> Select[Any]:
    number = select(func.count()).where(examples.c.audience_id == audiences.c.id).scalar_subquery()
    query = select(audiences, number.label("example_count")).where(audiences.c.kind.in_(OWN))
    return query.order_by(audiences.c.created_at.desc(), audiences.c.id)


def _drafts() -> Select[Any]:
    started = select(jobs.c.definition_id)
    query = select(definitions).where(definitions.c.deleted_at.is_(None), definitions.c.id.not_in(started))
    return query.order_by(definitions.c.created_at.desc(), definitions.c.id)


async def _page(request: Request, connection: AsyncConnection, name: str, query: Select[Any]) -> dict[str, Any]:
    number = whole_number(request, name, 1, 1_000_000)
    total = (await connection.execute(select(func.count()).select_from(query.order_by(None).subquery()))).scalar_one()
    rows = await connection.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    pages = max(1, -(-total // PAGE_SIZE))
    return {"name": name, "rows": rows.mappings().all(), "total": total, "number": number, "pages": pages}


ROUTES = [Route("/", dashboard), Route("/live", live)]
