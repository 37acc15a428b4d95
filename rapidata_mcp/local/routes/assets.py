"""`/asset`: media by URL, one by one or in batches (contract D). URLs are kept as they are, never fetched."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import assets, batch_uploads
from rapidata_mcp.local.api.platform import LocalPlatform, answer, platform_of
from rapidata_mcp.local.api.scenario import UploadFailure
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.assets import (
    BatchUpload,
    BatchUploadRequest,
    BatchUploadResult,
    BatchUploadStatus,
    Upload,
)

MAX_BATCH = 5_000


async def upload_url(request: Request) -> Response:
    """`POST /asset/url?url=…`"""
    url = request.query_params.get("url", "")
    platform = platform_of(request)
    row = new_asset(url, platform.clock.now())
    if row is None:
        raise ProblemError(
            400, "The url is not an http(s) URL.", {"url": ["must be an http(s) URL"]}, stage="validation"
        )
    failure = scripted_failure(platform, url)
    if failure is not None:
        status = failure.upstream_status
        raise ProblemError(400, _why(failure), stage=failure.stage, upstreamHttpStatus=status)
    async with platform.database.write() as connection:
        await connection.execute(insert(assets), row)
    return answer(Upload(file_name=row["file_name"]))


async def upload_batch(request: Request) -> Response:
    """`POST /asset/batch-upload`"""
    wanted = await parse(request, BatchUploadRequest)
    if not 1 <= len(wanted.urls) <= MAX_BATCH:
        raise ProblemError(400, f"A batch takes 1 to {MAX_BATCH} URLs.")
    platform = platform_of(request)
    rows: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    for url in wanted.urls:
        row = new_asset(url, platform.clock.now())
        failure = scripted_failure(platform, url)
        if row is None:
            items.append({"url": url, "status": "Failed", "stage": "validation", "errorMessage": "not an http(s) URL"})
        elif failure is not None:
            said = {
                "stage": failure.stage,
                "errorMessage": _why(failure),
                "upstreamHttpStatus": failure.upstream_status,
            }
            items.append({"url": url, "status": "Failed"} | said)
        else:
            rows.append(row)
            items.append({"url": url, "status": "Completed", "fileName": row["file_name"], "warnings": []})
    batch = {"id": new_id("bup"), "correlation_id": wanted.correlation_id, "outcomes": items}
    async with platform.database.write() as connection:
        if rows:
            await connection.execute(insert(assets), rows)
        await connection.execute(insert(batch_uploads), batch)
    return answer(BatchUpload(batch_upload_id=str(batch["id"])))


async def batch_status(request: Request) -> Response:
    """`GET /asset/batch-upload/status`, by correlation id or by batch ids"""
    correlation_id = request.query_params.get("correlationId")
    ids = request.query_params.getlist("batchUploadIds")
    column = batch_uploads.c
    which = column.correlation_id == correlation_id if correlation_id else column.id.in_(ids)
    async with platform_of(request).database.read() as connection:
        rows = (await connection.execute(select(batch_uploads).where(which))).mappings().all()
    items = [item for row in rows for item in row["outcomes"]]
    completed = sum(item["status"] == "Completed" for item in items)
    return answer(
        BatchUploadStatus(
            status="Completed",
            total_count=len(items),
            completed_count=completed,
            failed_count=len(items) - completed,
            completed_batches=[row["id"] for row in rows],
        )
    )


async def batch_result(request: Request) -> Response:
    """`GET /asset/batch-upload/{batch_id}`"""
    batch_id = request.path_params["batch_id"]
    async with platform_of(request).database.read() as connection:
        found = await connection.execute(select(batch_uploads.c.outcomes).where(batch_uploads.c.id == batch_id))
        items: list[dict[str, Any]] | None = found.scalar_one_or_none()
    if items is None:
        raise missing("batch upload", batch_id)
    completed = sum(item["status"] == "Completed" for item in items)
    return answer(
        BatchUploadResult.model_validate(
            {
                "batchUploadId": batch_id,
                "totalCount": len(items),
                "completedCount": completed,
                "failedCount": len(items) - completed,
                "items": items,
            }
        )
    )


async def abort_batch(request: Request) -> Response:
    """`POST /asset/batch-upload/{batch_id}/abort`: nothing is left to stop, a batch is completed when it is created"""
    batch_id = request.path_params["batch_id"]
    async with platform_of(request).database.read() as connection:
        found = await connection.execute(select(batch_uploads.c.id).where(batch_uploads.c.id == batch_id))
        if found.scalar_one_or_none() is None:
            raise missing("batch upload", batch_id)
    return Response(status_code=204)


def scripted_failure(platform: LocalPlatform, url: str) -> UploadFailure | None:
    """Why this URL fails now, if the scenario says so; each call counts as one try."""
    failure = platform.scenario.failing_urls.get(url)
    if failure is None:
        return None
    platform.upload_attempts[url] += 1
    return failure if failure.times is None or platform.upload_attempts[url] <= failure.times else None


def _why(failure: UploadFailure) -> str:
    answered = f": the host answered {failure.upstream_status}" if failure.upstream_status else ""
    return f"The file could not be stored ({failure.stage}{answered})."


def new_asset(url: str, now: float) -> dict[str, Any] | None:
    """The row of a media file that stays where it is; None when the URL cannot be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    original = PurePosixPath(unquote(parts.path)).name
    suffix = PurePosixPath(original).suffix[:10]
    return {
        "file_name": f"{uuid.uuid4()}{suffix}",
        "original_name": original or parts.hostname,
        "source_url": url,
        "created_at": now,
    }


ROUTES = [
    Route("/asset/url", upload_url, methods=["POST"]),
    Route("/asset/batch-upload", upload_batch, methods=["POST"]),
    Route("/asset/batch-upload/status", batch_status),
    Route("/asset/batch-upload/{batch_id}", batch_result),
    Route("/asset/batch-upload/{batch_id}/abort", abort_batch, methods=["POST"]),
]
