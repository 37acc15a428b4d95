"""Results of a job as the platform's one JSON document, final or so far (contract G.7, G.8, H)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from anyio import to_thread
from sqlalchemy import RowMapping, insert, select, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import jobs, preliminary_downloads
from rapidata_mcp.local.api.platform import answer, base_url, platform_of
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.local.questions.media import Media, context_names
from rapidata_mcp.local.rehearsal.current_jobs import advance_job, current_job
from rapidata_mcp.local.results.answered import Answered, media_of, read_answered
from rapidata_mcp.local.store.account import moment, new_id
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import PreliminaryDownload
from rapidata_mcp.models.referees import EarlyStoppingReferee

FORMAT = "4.1.0"


async def download(request: Request) -> Response:
    """`GET /job/{job_id}/download-results`"""
    job = await current_job(platform_of(request), request.path_params["job_id"])
    if job["state"] != JobState.COMPLETED:
        raise ProblemError(409, f"The job is {job['state']}; its results are not complete yet.")
    name = f'attachment; filename="{job["id"]}.json"'
    return Response(
        await _document(request, job),
        media_type="application/octet-stream",
        headers={"Content-Disposition": name},
    )


async def prepare_preliminary(request: Request) -> Response:
    """`POST /pipeline/{pipeline_id}/preliminary-download`, and the same by job"""
    job = await _job_of(request)
    download = {"id": new_id("pdl"), "job_id": job["id"], "asked": False}
    async with platform_of(request).database.write() as connection:
        await connection.execute(insert(preliminary_downloads), download)
    return answer(PreliminaryDownload(download_id=str(download["id"])))


async def preliminary(request: Request) -> Response:
    """`GET …/preliminary-download/{download_id}`: the results so far; 202 at the first request"""
    download_id, platform = request.path_params["download_id"], platform_of(request)
    which = preliminary_downloads.c.id == download_id
    async with platform.database.write() as connection:
        download = (await connection.execute(select(preliminary_downloads).where(which))).mappings().one_or_none()
        await connection.execute(update(preliminary_downloads).where(which).values(asked=True))
    job = None if download is None else await advance_job(platform, download["job_id"])
    if download is None or job is None:
        raise missing("preliminary download", download_id)
    if not download["asked"]:
        return Response(status_code=202)
    return Response(await _document(request, job), media_type="application/json")


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


async def _document(request: Request, job: RowMapping) -> str:
    """The results document of a job, with every response so far.

    It is read in one transaction and made in a thread, since a large job takes many seconds.
    """
    platform = platform_of(request)
    async with platform.database.read() as connection:
        revision = await revision_of(connection, job["definition_id"], job["revision"])
        answered = await read_answered(connection, job, revision)
        media = await media_of(connection, answered)
    now, base = platform.clock.now(), base_url(request)
    return await to_thread.run_sync(lambda: _written(results_of(job, revision, answered, media, now, base)))


def results_of(
    job: RowMapping,
    revision: Revision,
    answered: Sequence[Answered],
    media: Mapping[str, Media],
    now: float,
    base: str,
) -> dict[str, Any]:
    """Make the results document of a job; stored files are below the URL `base`."""
    task = revision.task
    with_confidence = isinstance(revision.referee, EarlyStoppingReferee)
    entries = []
    for each in answered:
        entry = task.result(each.with_question(revision, media, base), with_confidence=with_confidence)
        urls = [media[name].url(base) for name in context_names(each.segments) if name in media]
        entries.append(entry | ({"contextAssetUrls": urls} if urls else {}))
    info = {
        "createdAt": moment(now).isoformat(timespec="microseconds"),
        "version": FORMAT,
        "type": task.results_name,
        "name": job["name"],
        "instruction": task.instruction(revision.spec),
        "simulatedResponses": sum(vote.simulated for each in answered for vote in each.votes),
    }
    return {"info": info, "results": entries, "summary": task.summary(entries, revision.spec)}


def _written(document: Mapping[str, Any]) -> str:
    """The document as JSON, entry by entry: others wait while a text is made, so no text is long."""
    info, summary = json.dumps(document["info"]), json.dumps(document["summary"])
    return f'{{"info": {info}, "results": [{", ".join(map(json.dumps, document["results"]))}], "summary": {summary}}}'


ROUTES = [
    Route("/job/{job_id}/download-results", download),
    Route("/job/{job_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/job/{job_id}/preliminary-download/{download_id}", preliminary),
    Route("/pipeline/{pipeline_id}/preliminary-download", prepare_preliminary, methods=["POST"]),
    Route("/pipeline/preliminary-download/{download_id}", preliminary),
]
