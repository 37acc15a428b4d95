"""`/job/{job_id}/results`, `/ab-summary`: a job's results in pages, and the wins of each side (contract G.9)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, RowMapping, and_, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.aggregate.majority import EQUAL_WITHIN
from rapidata_mcp.database.tables import job_datapoints, responses
from rapidata_mcp.local.api.paging import MAX_PAGE_SIZE
from rapidata_mcp.local.api.platform import LocalPlatform, platform_of, whole_number
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.rehearsal.current_jobs import labeled_job
from rapidata_mcp.local.results.cards import read_cards, state_of
from rapidata_mcp.local.results.rankings import ranked_group, ranked_groups
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.pairs import PairTaskType


async def results(request: Request) -> Response:
    """`GET /job/{job_id}/results`: a page of cards, one per datapoint, in the order of the job"""
    page = whole_number(request, "page", 1, 1_000_000)
    size = whole_number(request, "page_size", 10, MAX_PAGE_SIZE)
    platform = platform_of(request)
    job = await labeled_job(platform, request.path_params["job_id"])
    if job["pairs_dataset_id"] is not None:
        return await _ranked_lists(job, platform, page, size)
    async with platform.database.read() as connection:
        revision, kind = await _pairs(connection, job)
        states = _states(job, request.query_params.getlist("states"))
        if states is None:  # positions are consecutive, so no page has to be searched for
            total, first = job["datapoint_count"], (page - 1) * size
            which = and_(job_datapoints.c.position >= first, job_datapoints.c.position < first + size)
            cards = await read_cards(connection, job, revision, kind, which, size, 0)
        else:
            counted = select(func.count()).where(job_datapoints.c.job_id == job["id"], states)
            total = (await connection.execute(counted)).scalar_one()
            cards = await read_cards(connection, job, revision, kind, states, size, (page - 1) * size)
    body = f'{{"_t":"RapidResults","total":{total},"page":{page},"pageSize":{size},"items":[{",".join(cards)}]}}'
    return Response(body, media_type="application/json")


async def _ranked_lists(job: RowMapping, platform: LocalPlatform, page: int, size: int) -> Response:
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        total, groups = await ranked_groups(connection, job, revision, (page - 1) * size, size)
    body = {"_t": "GroupedRankingResults", "total": total, "page": page, "pageSize": size, "items": groups}
    return JSONResponse(body)


async def ranked_list(request: Request) -> Response:
    """`GET /job/{job_id}/results/groups/{group_id}`: the items of one list of a ranking, the best first"""
    page = whole_number(request, "page", 1, 1_000_000)
    size = whole_number(request, "page_size", 10, MAX_PAGE_SIZE)
    platform = platform_of(request)
    job = await labeled_job(platform, request.path_params["job_id"])
    group_id, group = request.path_params["group_id"], None
    if job["pairs_dataset_id"] is not None:
        async with platform.database.read() as connection:
            revision = await revision_of(connection, job["definition_id"], job["revision"])
            group = await ranked_group(connection, job, revision, group_id)
    if group is None:
        raise missing("list of this ranking", group_id)
    items = group["datapoints"]
    counts = {"total": len(items), "page": page, "pageSize": size, "totalVotes": group["totalVotes"]}
    return JSONResponse({**counts, "items": items[(page - 1) * size :][:size]})


def _states(job: RowMapping, states: list[str]) -> ColumnElement[bool] | None:
    """The condition that a datapoint is in one of these states; None for all."""
    if not states:
        return None
    return job_datapoints.c.settled.in_(
        [settled for settled in (True, False) if state_of(job, settled=settled) in states]
    )


async def ab_summary(request: Request) -> Response:
    """`GET /job/{job_id}/ab-summary`: the number of datapoints that each side won, by count or by user score"""
    platform = platform_of(request)
    job = await labeled_job(platform, request.path_params["job_id"])
    weighted = request.query_params.get("useUserScore", "").lower() == "true"
    async with platform.database.read() as connection:
        revision, kind = await _pairs(connection, job)
        wins = await _wins(connection, job["id"], weighted=weighted)
    sides = kind.side_names(revision.spec) or ("A", "B")
    done = job["settled_count"] >= job["datapoint_count"]
    counter = dict(zip(sides, wins, strict=True))
    return JSONResponse({"winCounter": counter, "allTargetGroupsCompleted": done, "sideOrder": sides})


async def _wins(connection: AsyncConnection, job_id: str, *, weighted: bool) -> tuple[int, int]:
    """Datapoints won by the first and by the second item; a tie, also with Both or Neither, counts for none (H.2)."""
    row_of = responses.c
    weight: ColumnElement[float] = row_of.user_score if weighted else literal(1.0)
    choices = [func.sum(case((row_of.choice == choice, weight), else_=0.0)).label(f"c{choice}") for choice in range(4)]
    totals = select(*choices).where(row_of.job_id == job_id).group_by(row_of.position).subquery().c
    won = [
        func.sum(case((and_(*(side - other > EQUAL_WITHIN for other in (rival, totals.c2, totals.c3))), 1), else_=0))
        for side, rival in ((totals.c0, totals.c1), (totals.c1, totals.c0))
    ]
    row = (await connection.execute(select(*won))).one()
    return int(row[0] or 0), int(row[1] or 0)


async def _pairs(connection: AsyncConnection, job: RowMapping) -> tuple[Revision, PairTaskType]:
    revision = await revision_of(connection, job["definition_id"], job["revision"])
    kind = revision.task
    if not isinstance(kind, PairTaskType):
        raise ProblemError(404, "The results of this kind of task are in the results file only.")
    return revision, kind


ROUTES = [
    Route("/job/{job_id}/results", results),
    Route("/job/{job_id}/results/groups/{group_id}", ranked_list),
    Route("/job/{job_id}/ab-summary", ab_summary),
]
