"""`/jobs/{job_id}`: how a job stands, what labelers answered, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from rapidata_mcp.local.api.platform import base_url, label_link, whole_number
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.jobs.tallies import Who, tallies_of
from rapidata_mcp.local.pages.live import live_job
from rapidata_mcp.local.pages.page import page
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.questions.media import items_shown, stored_media
from rapidata_mcp.local.results.job_results import (
    DatapointResult,
    Keys,
    compare_results,
    datapoint_results,
    remarks_on,
    rows_of,
    unit_count,
)
from rapidata_mcp.local.routes.jobs import current
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.compare import CompareRapid
from rapidata_mcp.tasks.compare_results import CompareResults
from rapidata_mcp.tasks.compare_tables import PAIR_COLUMNS, as_csv, pair_table
from rapidata_mcp.tasks.compare_verdict import Only, Order, Verdict, chosen, verdict_of
from rapidata_mcp.tasks.outcomes import Overall

PAGE_SIZE = 20
"""Datapoints on a page."""
MOST_TOGETHER = 20_000
"""Responses that are read one by one for what a whole job of other tasks than comparisons says."""
ANSWER_COLUMNS = ["answered_by", "datapoint", "item", "context", "answer", "votes", "share", "share_low", "share_high"]
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
    wanted, base = Wanted.by(request, job), base_url(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        judged = await _judged(connection, job, revision, wanted)
        here = judged.positions[(wanted.number - 1) * PAGE_SIZE : wanted.number * PAGE_SIZE]
        remarks = {} if judged.pairs is None else remarks_on(judged.pairs, here)
        return page(
            "job.html",
            job=job,
            live=live_job(job, revision.referee.most),
            label_link=label_link(request, job["id"], job["audience_id"])
            if JobState(job["state"]).changes_by_itself
            else None,
            audience=await _audience(connection, job["audience_id"]),
            instruction=revision.task.instruction(revision.asked),
            wanted=wanted,
            verdict=judged.verdict,
            stops_early=isinstance(revision.referee, EarlyStoppingReferee),
            overall=None if judged.verdict else await _overall(connection, job, revision, wanted.who),
            sides=_sides(revision),
            results=await datapoint_results(connection, job, revision, wanted.who, base, here, remarks),
            total=len(judged.positions),
            pages=max(1, -(-len(judged.positions) // PAGE_SIZE)),
            reports=await _reports(connection, job["id"]),
        )


@dataclass(frozen=True)
class _Judged:
    """The results asked for by their positions (from 0), in the order asked for; of a comparison also what they say."""

    positions: Sequence[int]
    pairs: CompareResults | None = None
    verdict: Verdict | None = None


async def _judged(connection: AsyncConnection, job: RowMapping, revision: Revision, wanted: Wanted) -> _Judged:
    if not isinstance(revision.asked, CompareRapid):
        return _Judged(range(await unit_count(connection, job, revision)))
    tallies = await tallies_of(connection, job["id"], wanted.who)

    def judge() -> _Judged:
        pairs = compare_results(job["datapoint_count"], tallies)
        places = chosen(pairs.pairs, wanted.only, "", wanted.order)
        return _Judged([place - 1 for place in places], pairs, verdict_of(pairs, final=job["state"] == "Completed"))

    return await to_thread.run_sync(judge)  # a large job takes a second, in which labelers must not wait


def _sides(revision: Revision) -> tuple[str, str]:
    """What stands behind the first and the second item of every pair, in words."""
    named = revision.asked.index_identifiers if isinstance(revision.asked, CompareRapid) else None
    first, second = named or ("the first item", "the second item")
    return first, second


async def _overall(connection: AsyncConnection, job: RowMapping, revision: Revision, who: Who) -> Overall | None:
    """What a job of another task says as a whole, unless nobody has answered or it is too large for a page."""
    if not 0 < job["response_count"] <= MOST_TOGETHER:
        return None
    results = await datapoint_results(connection, job, revision, who, "")
    outcomes = [result.outcome for result in results]
    return await to_thread.run_sync(revision.task.overall, outcomes, revision.settings)


async def table(request: Request) -> Response:
    """`GET /jobs/{job_id}/results.csv?who=…`: a row per pair, or per answer to a datapoint of another task"""
    job, platform = await current(request)
    who, base = Wanted.by(request, job).who, base_url(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        if isinstance(revision.asked, CompareRapid):
            tallies = await tallies_of(connection, job["id"], who)
            keys = await _keys(connection, job, base)
            results = await to_thread.run_sync(compare_results, job["datapoint_count"], tallies, keys)
            columns, rows = ["answered_by", *PAIR_COLUMNS], pair_table(results)
        elif job["response_count"] > MOST_TOGETHER:
            raise ProblemError(400, f"Tables of more than {MOST_TOGETHER} responses are made by export_results.")
        else:
            columns = ANSWER_COLUMNS
            rows = _answer_table(await datapoint_results(connection, job, revision, who, base))
    told = ({"answered_by": who, **row} for row in rows)
    text = await to_thread.run_sync(as_csv, columns, told)
    name = f"{job['id']}-{who}.csv"
    return Response(text, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _answer_table(results: Sequence[DatapointResult]) -> Iterator[dict[str, Any]]:
    for result in results:
        outcome = result.outcome
        which = {"datapoint": outcome.position, "item": outcome.item, "context": outcome.context}
        for answer in outcome.answers:
            yield {
                **which,
                "answer": answer.answer,
                "votes": answer.votes,
                "share": answer.share and answer.share.value,
                "share_low": answer.share and answer.share.low,
                "share_high": answer.share and answer.share.high,
            }


async def _keys(connection: AsyncConnection, job: RowMapping, base: str) -> dict[int, Keys]:
    rows = await rows_of(connection, job)
    media = await stored_media(connection, [name for row in rows for name in row.item_names])

    def named() -> dict[int, Keys]:
        keys = {}
        for row in rows:
            first, second = (item.key for item in items_shown(row.item_names, media, base)[:2])
            keys[row.position] = (first, second, row.context or "")
        return keys

    return await to_thread.run_sync(named)


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
