"""Results of a job as the platform's one JSON document, final or so far (contract G.7, G.8, H)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local import labeling
from rapidata_mcp.local.account import moment
from rapidata_mcp.local.platform import answer, platform_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.routes.jobs import catch_up, current
from rapidata_mcp.local.tables import assets, datapoints, job_datapoints, jobs, labelers, responses
from rapidata_mcp.models.jobs import PreliminaryDownload
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.task import DatapointVotes, Option, Vote

FORMAT = "4.1.0"


async def download(request: Request) -> Response:
    """`GET /job/{job_id}/download-results`"""
    job, platform = await current(request)
    if job["state"] != "Completed":
        raise ProblemError(409, f"The job is {job['state']}; its results are not complete yet.")
    async with platform.database.read() as connection:
        document = await results_of(connection, job, platform.clock.now())
    name = f'attachment; filename="{job["id"]}.json"'
    return Response(json.dumps(document), media_type="application/octet-stream", headers={"Content-Disposition": name})


async def prepare_preliminary(request: Request) -> Response:
    """`POST /pipeline/{pipeline_id}/preliminary-download`, and the same by job"""
    job = await _job_of(request)
    return answer(PreliminaryDownload(download_id=f"pdl_{job['id']}"))


async def preliminary(request: Request) -> Response:
    """`GET …/preliminary-download/{download_id}`: the results so far"""
    job_id = request.path_params["download_id"].removeprefix("pdl_")
    platform = platform_of(request)
    job = await catch_up(platform, job_id)
    if job is None:
        raise missing("preliminary download", request.path_params["download_id"])
    async with platform.database.read() as connection:
        return JSONResponse(await results_of(connection, job, platform.clock.now()))


async def _job_of(request: Request) -> RowMapping:
    params = request.path_params
    which = jobs.c.id == params["job_id"] if "job_id" in params else jobs.c.pipeline_id == params["pipeline_id"]
    async with platform_of(request).database.read() as connection:
        job = (await connection.execute(select(jobs).where(which))).mappings().one_or_none()
    if job is None:
        raise missing("job", params.get("job_id") or params["pipeline_id"])
    return job


async def results_of(connection: AsyncConnection, job: RowMapping, now: float) -> dict[str, Any]:
    """The results document of a job, with every response so far."""
    revision = await labeling.revision_of(connection, job["definition_id"], job["revision"])
    task = labeling.task_of(revision.workflow)
    votes = await _votes(connection, job["id"])
    with_confidence = isinstance(revision.referee, EarlyStoppingReferee)
    entries = [
        task.result(
            DatapointVotes(options, votes.get(position, ()), context, metadata), with_confidence=with_confidence
        )
        for position, options, context, metadata in await _datapoints(connection, job["id"])
    ]
    simulated = sum(vote.simulated for cast in votes.values() for vote in cast)
    info = {
        "createdAt": moment(now).isoformat(timespec="microseconds"),
        "version": FORMAT,
        "type": task.name,
        "name": job["name"],
        "instruction": task.instruction(revision.workflow.rapid),
        "simulatedResponses": simulated,
    }
    return {"info": info, "results": entries, "summary": task.summary(entries, revision.workflow.rapid)}


async def _votes(connection: AsyncConnection, job_id: str) -> dict[int, list[Vote]]:
    people = labelers.c
    rows = await connection.execute(
        select(
            responses.c.position,
            responses.c.choice,
            responses.c.user_score,
            people.country,
            people.language,
            people.age,
            people.gender,
            people.occupation,
            responses.c.simulated,
        )
        .join(labelers, people.id == responses.c.labeler_id)
        .where(responses.c.job_id == job_id)
        .order_by(responses.c.position, responses.c.at)
    )
    votes: dict[int, list[Vote]] = defaultdict(list)
    for position, *vote in rows:
        votes[position].append(Vote(*vote))
    return votes


async def _datapoints(
    connection: AsyncConnection, job_id: str
) -> list[tuple[int, Sequence[Option], str | None, dict[str, str] | None]]:
    rows = await connection.execute(
        select(job_datapoints.c.position, datapoints.c.item_names, datapoints.c.context, datapoints.c.private_metadata)
        .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job_id)
        .order_by(job_datapoints.c.position)
    )
    found = rows.all()
    names = [name for row in found for name in row[1]]
    media: dict[str, tuple[str, str]] = {}
    for start in range(0, len(names), 500):
        query = select(assets.c.file_name, assets.c.original_name, assets.c.source_url)
        part = await connection.execute(query.where(assets.c.file_name.in_(names[start : start + 500])))
        media |= {file_name: (original, url) for file_name, original, url in part}
    return [(position, options(items, media), context, metadata) for position, items, context, metadata in found]


def options(items: Sequence[str], media: dict[str, tuple[str, str]]) -> list[Option]:
    """The options of a datapoint: texts under themselves, media under their file name.

    Where two files of a datapoint have the same name they go by their URLs, since a key stands for one option
    (contract H.2 leaves that case open).
    """
    originals = [media[name][0] if name in media else name for name in items]
    distinct = len(set(originals)) == len(originals)
    return [
        Option(original if distinct or name not in media else media[name][1], media[name][1] if name in media else None)
        for name, original in zip(items, originals, strict=True)
    ]


ROUTES = [
    Route("/job/{job_id}/download-results", download),
    Route("/job/{job_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/job/{job_id}/preliminary-download/{download_id}", preliminary),
    Route("/pipeline/{pipeline_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/pipeline/preliminary-download/{download_id}", preliminary),
]
