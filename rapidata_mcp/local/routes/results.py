"""Results of a job as the platform's one JSON document, final or so far (contract G.7, G.8, H)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.account import moment, new_id
from rapidata_mcp.local.media import context_names, items_shown, stored_media
from rapidata_mcp.local.platform import answer, base_url, platform_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.questions import question_of
from rapidata_mcp.local.rankings import votes_by_list
from rapidata_mcp.local.revisions import revision_of
from rapidata_mcp.local.routes.jobs import catch_up, current
from rapidata_mcp.local.tables import datapoints, job_datapoints, jobs, preliminary_downloads
from rapidata_mcp.local.tallies import votes_of
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.jobs import PreliminaryDownload
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.task import DatapointVotes, Vote

FORMAT = "4.1.0"


async def download(request: Request) -> Response:
    """`GET /job/{job_id}/download-results`"""
    job, platform = await current(request)
    if job["state"] != "Completed":
        raise ProblemError(409, f"The job is {job['state']}; its results are not complete yet.")
    async with platform.database.read() as connection:
        document = await results_of(connection, job, platform.clock.now(), base_url(request))
    name = f'attachment; filename="{job["id"]}.json"'
    return Response(json.dumps(document), media_type="application/octet-stream", headers={"Content-Disposition": name})


async def prepare_preliminary(request: Request) -> Response:
    """`POST /pipeline/{pipeline_id}/preliminary-download`, and the same by job"""
    job = await _job_of(request)
    download = {"id": new_id("pdl"), "job_id": job["id"], "asked": False}
    async with platform_of(request).database.write() as connection:
        await connection.execute(insert(preliminary_downloads), download)
    return answer(PreliminaryDownload(download_id=str(download["id"])))


async def preliminary(request: Request) -> Response:
    """`GET …/preliminary-download/{download_id}`: the results so far; 202 when it is asked for the first time"""
    download_id, platform = request.path_params["download_id"], platform_of(request)
    which = preliminary_downloads.c.id == download_id
    async with platform.database.write() as connection:
        download = (await connection.execute(select(preliminary_downloads).where(which))).mappings().one_or_none()
        await connection.execute(update(preliminary_downloads).where(which).values(asked=True))
    job = None if download is None else await catch_up(platform, download["job_id"])
    if download is None or job is None:
        raise missing("preliminary download", download_id)
    if not download["asked"]:
        return Response(status_code=202)
    async with platform.database.read() as connection:
        return JSONResponse(await results_of(connection, job, platform.clock.now(), base_url(request)))


async def _job_of(request: Request) -> RowMapping:
    params = request.path_params
    which = jobs.c.id == params["job_id"] if "job_id" in params else jobs.c.pipeline_id == params["pipeline_id"]
    async with platform_of(request).database.read() as connection:
        job = (
            (await connection.execute(select(jobs).where(which, jobs.c.deleted_at.is_(None)))).mappings().one_or_none()
        )
    if job is None:
        raise missing("job", params.get("job_id") or params["pipeline_id"])
    return job


async def results_of(connection: AsyncConnection, job: RowMapping, now: float, base: str) -> dict[str, Any]:
    """The results document of a job, with every response so far; stored files are found below the URL `base`."""
    revision = await revision_of(connection, job["definition_id"], job["revision"])
    task = revision.task
    votes = await votes_of(connection, job["id"])
    with_confidence = isinstance(revision.referee, EarlyStoppingReferee)
    entries = []
    for shown in await _shown(connection, job, revision, votes, base):
        entry = task.result(shown.datapoint, with_confidence=with_confidence)
        entries.append(entry | ({"contextAssetUrls": shown.context_urls} if shown.context_urls else {}))
    simulated = sum(vote.simulated for cast in votes.values() for vote in cast)
    info = {
        "createdAt": moment(now).isoformat(timespec="microseconds"),
        "version": FORMAT,
        "type": task.results_name,
        "name": job["name"],
        "instruction": task.instruction(revision.asked),
        "simulatedResponses": simulated,
    }
    return {"info": info, "results": entries, "summary": task.summary(entries, revision.asked)}


@dataclass(frozen=True)
class _Shown:
    """A datapoint of a job, or a list that it ranks, with the media of its context."""

    datapoint: DatapointVotes
    context_urls: list[str]


async def _shown(
    connection: AsyncConnection, job: RowMapping, revision: Revision, votes: Mapping[int, Sequence[Vote]], base: str
) -> list[_Shown]:
    if job["pairs_dataset_id"] is not None:
        ranked = await votes_by_list(connection, job, revision, votes)
        rows = [(one.names, one.context, one.beside, None, cast) for one, cast in ranked]
    else:
        rows = [(*row, votes.get(position, ())) for position, *row in await _datapoints(connection, job["id"])]
    beside = [context_names(row[2]) for row in rows]
    media = await stored_media(
        connection, [name for row, more in zip(rows, beside, strict=True) for name in (*row[0], *more)]
    )
    sources = {name: stored.source for name, stored in media.items()}
    return [
        _Shown(
            DatapointVotes(
                question=question_of(revision, names, context, segments, sources),
                items=items_shown(names, media, base),
                votes=cast,
                private_metadata=metadata,
                asked=revision.asked,
            ),
            [media[name].url(base) for name in more if name in media],
        )
        for (names, context, segments, metadata, cast), more in zip(rows, beside, strict=True)
    ]


async def _datapoints(connection: AsyncConnection, job_id: str) -> list[Any]:
    """Position, names of items, context, segments and private metadata of each datapoint, in order."""
    content = datapoints.c
    rows = await connection.execute(
        select(
            job_datapoints.c.position, content.item_names, content.context, content.segments, content.private_metadata
        )
        .join(datapoints, content.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job_id)
        .order_by(job_datapoints.c.position)
    )
    return list(rows)


ROUTES = [
    Route("/job/{job_id}/download-results", download),
    Route("/job/{job_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/job/{job_id}/preliminary-download/{download_id}", preliminary),
    Route("/pipeline/{pipeline_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/pipeline/preliminary-download/{download_id}", preliminary),
]
