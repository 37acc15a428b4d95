"""Results of a job as the platform's one JSON document, final or so far (contract G.7, G.8, H)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.account import moment, new_id
from rapidata_mcp.local.media import Media, context_names, stored_media
from rapidata_mcp.local.platform import answer, base_url, platform_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.questions import question_of
from rapidata_mcp.local.revisions import revision_of
from rapidata_mcp.local.routes.jobs import catch_up, current
from rapidata_mcp.local.tables import datapoints, job_datapoints, jobs, labelers, preliminary_downloads, responses
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.jobs import PreliminaryDownload
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.task import DatapointVotes, Item, Question, Vote

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
    votes = await _votes(connection, job["id"])
    with_confidence = isinstance(revision.referee, EarlyStoppingReferee)
    entries = []
    for shown in await _datapoints(connection, job["id"], revision, base):
        cast = votes.get(shown.position, ())
        datapoint = DatapointVotes(shown.question, shown.items, cast, shown.private_metadata)
        entry = task.result(datapoint, with_confidence=with_confidence)
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
            responses.c.answer,
        )
        .join(labelers, people.id == responses.c.labeler_id)
        .where(responses.c.job_id == job_id)
        .order_by(responses.c.position, responses.c.at)
    )
    votes: dict[int, list[Vote]] = defaultdict(list)
    for position, *vote in rows:
        votes[position].append(Vote(*vote))
    return votes


@dataclass(frozen=True)
class _Shown:
    """A datapoint of a job, as its result tells it."""

    position: int
    question: Question
    items: list[Item]
    context_urls: list[str]
    private_metadata: dict[str, str] | None


async def _datapoints(connection: AsyncConnection, job_id: str, revision: Revision, base: str) -> list[_Shown]:
    content = datapoints.c
    rows = await connection.execute(
        select(
            job_datapoints.c.position, content.item_names, content.context, content.segments, content.private_metadata
        )
        .join(datapoints, content.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job_id)
        .order_by(job_datapoints.c.position)
    )
    found = [(*row, context_names(row.segments)) for row in rows]
    media = await stored_media(connection, [name for row in found for name in (*row[1], *row[5])])
    sources = {name: stored.source for name, stored in media.items()}
    return [
        _Shown(
            position,
            question_of(revision, names, context, segments, sources),
            items_shown(names, media, base),
            [media[name].url(base) for name in shown_beside if name in media],
            metadata,
        )
        for position, names, context, segments, metadata, shown_beside in found
    ]


def items_shown(names: Sequence[str], media: Mapping[str, Media], base: str) -> list[Item]:
    """The items of a datapoint: texts under themselves, media under their file name.

    Where two files of a datapoint have the same name they go by their URLs, since a key stands for one item
    (contract H.2 leaves that case open).
    """
    stored = [media.get(name) for name in names]
    originals = [name if file is None else file.original_name for name, file in zip(names, stored, strict=True)]
    distinct = len(set(originals)) == len(originals)
    return [
        Item(original, None, original)
        if file is None
        else Item(original if distinct else file.url(base), file.url(base), file.source)
        for original, file in zip(originals, stored, strict=True)
    ]


ROUTES = [
    Route("/job/{job_id}/download-results", download),
    Route("/job/{job_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/job/{job_id}/preliminary-download/{download_id}", preliminary),
    Route("/pipeline/{pipeline_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/pipeline/preliminary-download/{download_id}", preliminary),
]
