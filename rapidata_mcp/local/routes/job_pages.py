"""`/jobs/{job_id}`: how a job stands, what labelers chose, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.job_results import Keys, compare_results, datapoint_results, remarks_on, rows_of, sides_of
from rapidata_mcp.local.live import MOVING, live_job
from rapidata_mcp.local.media import stored_media
from rapidata_mcp.local.page import page
from rapidata_mcp.local.platform import base_url, whole_number
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.revisions import revision_of
from rapidata_mcp.local.routes.jobs import current
from rapidata_mcp.local.routes.results import items_shown
from rapidata_mcp.local.tables import audiences, handouts
from rapidata_mcp.local.tallies import Who, tallies_of
from rapidata_mcp.tasks.compare_results import CompareResults
from rapidata_mcp.tasks.compare_tables import PAIR_COLUMNS, as_csv, pair_table
from rapidata_mcp.tasks.compare_verdict import Only, Order, chosen, verdict_of

PAGE_SIZE = 20
"""Datapoints on a page."""
Chosen = TypeVar("Chosen", bound=str)


@dataclass(frozen=True)
class Wanted:
    """What a visitor wants to see: whose answers, of which datapoints, in which order."""

    who: Who
    only: Only
    order: Order
    number: int
    given: Mapping[str, str]
    """The part of it that the visitor chose."""

    @classmethod
    def by(cls, request: Request, job: RowMapping) -> Wanted:
        """Read the query; people's answers come first where there are any. Raises ProblemError (400)."""
        people = job["response_count"] > job["simulated_count"] or not job["response_count"]
        return cls(
            who=_one_of(request, "who", get_args(Who), "people" if people else "simulated"),
            only=_one_of(request, "only", get_args(Only), "all"),
            order=_one_of(request, "order", get_args(Order), "informative"),
            number=whole_number(request, "page", 1, 1_000_000),
            given={name: value for name, value in request.query_params.items() if name in ("who", "only", "order")},
        )

    def link(self, **changes: Any) -> str:
        """The query of the same page with these changes; another selection begins with its first page."""
        return f"?{urlencode({**self.given, **changes})}"


async def job_page(request: Request) -> Response:
    """`GET /jobs/{job_id}?who=…&only=…&order=…&page=…`"""
    job, platform = await current(request)
    wanted = Wanted.by(request, job)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        tallies = await tallies_of(connection, job["id"], wanted.who)
        pairs = compare_results(job["datapoint_count"], tallies) if revision.task.name == "Compare" else None
        positions = range(job["datapoint_count"]) if pairs is None else _chosen(pairs, wanted)
        here = positions[(wanted.number - 1) * PAGE_SIZE : wanted.number * PAGE_SIZE]
        remarks = {} if pairs is None else remarks_on(pairs, here)
        return page(
            "job.html",
            job=job,
            live=live_job(job),
            moving=job["state"] in MOVING,
            audience=await _audience(connection, job["audience_id"]),
            instruction=revision.task.instruction(revision.asked),
            wanted=wanted,
            verdict=None if pairs is None else verdict_of(pairs),
            sides=sides_of(revision),
            results=await datapoint_results(connection, job, revision, here, tallies, remarks),
            total=len(positions),
            pages=max(1, -(-len(positions) // PAGE_SIZE)),
            reports=await _reports(connection, job["id"]),
        )


def _chosen(results: CompareResults, wanted: Wanted) -> Sequence[int]:
    """The positions (from 0) of the pairs asked for, in the order asked for."""
    return [place - 1 for place in chosen(results.pairs, wanted.only, "", wanted.order)]


async def table(request: Request) -> Response:
    """`GET /jobs/{job_id}/results.csv?who=…`: a row per datapoint"""
    job, platform = await current(request)
    wanted = Wanted.by(request, job)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        if revision.task.name != "Compare":
            raise ProblemError(404, "Results of this kind of task are exported with export_results.")
        tallies = await tallies_of(connection, job["id"], wanted.who)
        keys = await _keys(connection, job, base_url(request))
    results = compare_results(job["datapoint_count"], tallies, keys)
    columns = ["answered_by", *PAIR_COLUMNS]
    text = as_csv(columns, ({"answered_by": wanted.who, **row} for row in pair_table(results)))
    name = f"{job['id']}-{wanted.who}.csv"
    return Response(text, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _keys(connection: AsyncConnection, job: RowMapping, base: str) -> dict[int, Keys]:
    rows = await rows_of(connection, job)
    media = await stored_media(connection, [name for row in rows for name in row.item_names])
    named = {}
    for row in rows:
        first, second = (item.key for item in items_shown(row.item_names, media, base)[:2])
        named[row.position] = (first, second, row.context or "")
    return named


async def _audience(connection: AsyncConnection, audience_id: str) -> RowMapping | None:
    found = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    return found.mappings().one_or_none()


async def _reports(connection: AsyncConnection, job_id: str) -> Sequence[RowMapping]:
    """What people reported as broken: position (from 1), what they said of it, and how many of them."""
    told = handouts.c
    rows = await connection.execute(
        select((told.position + 1).label("position"), told.report, func.count().label("people"))
        .where(told.job_id == job_id, told.report.is_not(None))
        .group_by(told.position, told.report)
        .order_by(func.count().desc(), told.position)
        .limit(PAGE_SIZE)
    )
    return rows.mappings().all()


def _one_of(request: Request, name: str, allowed: tuple[Chosen, ...], default: Chosen) -> Chosen:
    value = request.query_params.get(name, default)
    found = next((each for each in allowed if each == value), None)
    if found is None:
        raise ProblemError(400, f"{name} is one of {', '.join(allowed)}.")
    return found


ROUTES = [Route("/jobs/{job_id}", job_page), Route("/jobs/{job_id}/results.csv", table)]
