"""`/asset/file` and `/assets`: media files that are stored here (contract D.1). No foreign address is ever asked."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path, PurePosixPath

import anyio
from sqlalchemy import insert, select
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from rapidata_mcp.database.tables import assets
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.problems import ProblemError, missing
from rapidata_mcp.models.assets import Upload

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/quicktime": ".mov",
}
"""The media types that are taken, none of which can run a script, and the suffixes under which files are kept."""
MAX_FILE = 100 * 1024 * 1024
MAX_OVERHEAD = 64 * 1024
"""Bytes of a request around its file."""
_BY_SUFFIX = {suffix: media_type for media_type, suffix in reversed(SUFFIXES.items())} | {".jpeg": "image/jpeg"}
_UNSPECIFIC = ("", "application/octet-stream")
"""What clients say who do not know a file's type."""
_STORED = re.compile(r"[0-9a-f-]{36}\.[a-z0-9]{3,4}\Z")
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
    "Referrer-Policy": "no-referrer",
}


async def upload(request: Request) -> Response:
    """`POST /asset/file`: one part `file`, which is written to disk while it comes in"""
    platform = platform_of(request)
    try:
        form = await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=10).parse()
    except (MultiPartException, KeyError):
        raise ProblemError(400, "The request is not multipart/form-data with one file.") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise ProblemError(400, "The request has no part 'file'.", {"file": ["is required"]})
        media_type = _media_type(file)
        if media_type not in SUFFIXES:
            allowed = ", ".join(sorted(SUFFIXES))
            raise ProblemError(400, f"Files of type {media_type[:60] or 'none'} are not taken; {allowed} are.")
        if not file.size:
            raise ProblemError(400, "The file is empty.")
        name = f"{uuid.uuid4()}{SUFFIXES[media_type]}"
        await anyio.to_thread.run_sync(_store, file, platform.files / name)
        row = {
            "file_name": name,
            "original_name": PurePosixPath((file.filename or "").replace("\\", "/")).name or name,
            "source_url": "",
            "media_type": media_type,
            "size": file.size,
            "used": False,
            "created_at": platform.clock.now(),
        }
    finally:
        await form.close()
    async with platform.database.write() as connection:
        await connection.execute(insert(assets), row)
    return answer(Upload(file_name=name, original_size_bytes=file.size, final_size_bytes=file.size))


def _media_type(file: UploadFile) -> str:
    declared = (file.content_type or "").split(";")[0].strip().lower()
    return (
        _BY_SUFFIX.get(PurePosixPath(file.filename or "").suffix.lower(), declared)
        if declared in _UNSPECIFIC
        else declared
    )


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_FILE + MAX_OVERHEAD:
            raise ProblemError(413, f"The file is larger than {MAX_FILE} bytes.", stage="size")
        yield chunk


def _store(file: UploadFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file.file.seek(0)
    with path.open("xb") as stored:
        shutil.copyfileobj(file.file, stored)


async def read(request: Request) -> Response:
    """`GET /assets/{file_name}`: a stored file that a datapoint or an example shows, under the type it came with"""
    name = request.path_params["file_name"]
    platform = platform_of(request)
    async with platform.database.read() as connection:
        shown = select(assets.c.media_type).where(assets.c.file_name == name, assets.c.used)
        found = await connection.execute(shown)
        media_type = found.scalar_one_or_none()
    path = anyio.Path(platform.files / name) if _STORED.match(name) else None
    if media_type not in SUFFIXES or path is None or not await path.is_file():
        raise missing("stored file", name)
    return FileResponse(path, media_type=media_type, headers=SAFETY)


ROUTES = [
    Route("/asset/file", upload, methods=["POST"]),
    Route("/assets/{file_name}", read),
]
