"""`/jobs/{job_id}`: the progress and the results of a job, and the results as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from anyio import to_thread
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, handouts
from rapidata_mcp.local.api.platform import base_url, label_link, platform_of, whole_number
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.jobs.tallies import Who
from rapidata_mcp.local.pages.live import live_job
from rapidata_mcp.local.pages.page import page
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.rehearsal.current_jobs import current_job
from rapidata_mcp.local.results.job_results import MOST_SINGLE, read_results, shown_outcomes, unit_count
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.tasks.results import JobResults, OutcomeOrder, Selection, select_outcomes
from rapidata_mcp.tasks.tables import as_csv, outcome_table

PAGE_SIZE = 20
"""Datapoints on a page."""
NAMELESS_SIDES = ("the first item", "the second item")
Chosen = TypeVar("Chosen", bound=str)


@dataclass(frozen=True)
class PageQuery:
    """The part of the results that a visitor wants to see: whose answers, of which datapoints, in which order."""

    who: Who
    only: Selection
    order: OutcomeOrder
    number: int
    chosen: Mapping[str, str]
    """The part of it that the visitor chose."""

    @classmethod
    def of(cls, request: Request, job: RowMapping) -> PageQuery:
        """Read the query; people's answers come first if there are any. Raises ProblemError (400)."""
        people = job["response_count"] > job["simulated_count"] or not job["response_count"]
        return cls(
            who=_one_of(request, "who", get_args(Who), "people" if people else "simulated"),
            only=_one_of(request, "only", get_args(Selection), "all"),
            order=_one_of(request, "order", get_args(OutcomeOrder), "informative"),
            number=whole_number(request, "page", 1, 1_000_000),
            chosen={name: value for name, value in request.query_params.items() if name in ("who", "only", "order")},
        )

    def link(self, **changes: Any) -> str:
        """The query of the same page with these changes; another selection begins with its first page."""
        return f"?{urlencode({**self.chosen, **changes})}"


async def job_page(request: Request) -> Response:
    """`GET /jobs/{job_id}?who=…&only=…&order=…&page=…`"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    query, base = PageQuery.of(request, job), base_url(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        results = await read_results(connection, job, revision, query.who, base)
        paired = revision.task.results_unit == "pair"
        positions: Sequence[int] = range(await unit_count(connection, job, revision))
        if results is not None:  # judging a large job takes a second, in which labelers must not wait
            verdict = await to_thread.run_sync(lambda: results.verdict)
            if paired:
                positions = await to_thread.run_sync(_selected, results, query)
        shown = positions[(query.number - 1) * PAGE_SIZE : query.number * PAGE_SIZE]
        return page(
            "job.html",
            job=job,
            live=live_job(job, revision.referee.max_responses),
            label_link=label_link(request, job["id"], job["audience_id"])
            if JobState(job["state"]).changes_by_itself
            else None,
            audience=await _audience(connection, job["audience_id"]),
            instruction=revision.task.instruction(revision.spec),
            query=query,
            paired=paired,
            verdict=verdict if results is not None and results.total else None,
            sides=(results.sides if results is not None else None) or NAMELESS_SIDES,
            outcomes=await shown_outcomes(connection, job, revision, query.who, base, shown),
            total=len(positions),
            pages=max(1, -(-len(positions) // PAGE_SIZE)),
            reports=await _reports(connection, job["id"]),
        )


def _selected(results: JobResults, query: PageQuery) -> list[int]:
    """The positions of a selection, from 0."""
    return [position - 1 for position in select_outcomes(results, query.only, "", query.order)]


async def table(request: Request) -> Response:
    """`GET /jobs/{job_id}/results.csv?who=…`: a row per pair, or per answer to a datapoint of another task"""
    platform = platform_of(request)
    job = await current_job(platform, request.path_params["job_id"])
    who, base = PageQuery.of(request, job).who, base_url(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        results = await read_results(connection, job, revision, who, base, named=True)
    if results is None:
        raise ProblemError(400, f"Tables of more than {MOST_SINGLE} responses are made by export_results.")
    written = outcome_table(results)
    rows = ({"answered_by": who, **row} for row in written.rows)
    text = await to_thread.run_sync(as_csv, ["answered_by", *written.columns], rows)
    name = f"{job['id']}-{who}.csv"
    return Response(text, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _audience(connection: AsyncConnection, audience_id: str) -> RowMapping | None:
    rows = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    return rows.mappings().one_or_none()


async def _reports(connection: AsyncConnection, job_id: str) -> Sequence[RowMapping]:
    """The datapoints that people reported as broken: position (from 1), report, and number of people."""
    content = handouts.c
    rows = await connection.execute(
        select((content.position + 1).label("position"), content.report, func.count().label("people"))
        .where(content.job_id == job_id, content.report.is_not(None))
        .group_by(content.position, content.report)
        .order_by(func.count().desc(), content.position)
        .limit(PAGE_SIZE)
    )
    return rows.mappings().all()


def _one_of(request: Request, name: str, allowed: tuple[Chosen, ...], default: Chosen) -> Chosen:
    value = request.query_params.get(name, default)
    chosen = next((each for each in allowed if each == value), None)
    if chosen is None:
        raise ProblemError(400, f"{name} is one of {', '.join(allowed)}.")
    return chosen


ROUTES = [Route("/jobs/{job_id}", job_page), Route("/jobs/{job_id}/results.csv", table)]
