"""Assets: what is shown, brought to the platform, each distinct one once (contract D)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import anyio
import anyio.to_thread

from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.client.uploads import Uploads
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import BadAnswer, PlatformFailure, Refused
from rapidata_mcp.files import LocalFile
from rapidata_mcp.models.assets import (
    AssetInput,
    BatchUpload,
    BatchUploadItem,
    BatchUploadRequest,
    BatchUploadResult,
    BatchUploadStatus,
    ExistingAssetInput,
    MultiAssetInput,
    TextAssetInput,
    Upload,
)
from rapidata_mcp.tasks.arguments import DataType, is_remote

BATCH = 1_000
POLL_S = 0.25
LONGEST_POLL_S = 2.0
BATCH_DEADLINE_S = 600
FILE_DEADLINE_S = 300
FILES_AT_ONCE = 10
PIECE = 256 * 1024
"""Bytes of a file that are in memory at a time."""


@dataclass
class Stored:
    """What became of some items: the names under which they are stored, and why the others are not."""

    names: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


class Assets:
    """Media and texts."""

    def __init__(self, http: Http, clock: Clock, uploads: Uploads) -> None:
        self._http = http
        self._clock = clock
        self._uploads = uploads

    async def store_one_by_one(self, items: Sequence[str], files: Mapping[str, LocalFile]) -> dict[str, str]:
        """Store the few media of an example; the names they go by from then on.

        Raises:
            RapidataError: when one cannot be stored.
        """
        stored = Stored(await self._uploads.known(list({_key(item, files) for item in items})))
        names = {item: stored.names[_key(item, files)] for item in items if _key(item, files) in stored.names}
        fresh: dict[str, str] = {}

        async def store(item: str) -> None:
            fresh[item] = await (self._store_file(files[item]) if item in files else self._store_url(item))

        async with task_group() as group:
            for item in dict.fromkeys(items):
                if item not in names:
                    group.start_soon(store, item)
        await self._uploads.remember({_key(item, files): name for item, name in fresh.items()})
        return names | fresh

    async def store_many(self, items: Iterable[str], files: Mapping[str, LocalFile]) -> Stored:
        """Store many media, each once: URLs in batches, local files one by one; what failed is told, not raised.

        Raises:
            PlatformFailure: when the platform has not stored a batch within ten minutes.
        """
        distinct = list(dict.fromkeys(items))
        known = await self._uploads.known([_key(item, files) for item in distinct])
        stored = Stored({item: known[_key(item, files)] for item in distinct if _key(item, files) in known})
        waiting = [item for item in distinct if item not in stored.names]
        async with task_group() as group:
            group.start_soon(self._store_files, [item for item in waiting if not is_remote(item)], files, stored)
            group.start_soon(self._store_batches, [item for item in waiting if is_remote(item)], stored)
        return stored

    async def _store_url(self, url: str) -> str:
        return (await self._http.send("POST", "/asset/url", Upload, query={"url": url})).file_name

    async def _store_file(self, file: LocalFile) -> str:
        boundary = uuid4().hex
        data = await self._http.send_raw(
            "POST",
            "/asset/file",
            content=lambda: _multipart(file, boundary),
            content_type=f"multipart/form-data; boundary={boundary}",
            deadline=FILE_DEADLINE_S,
        )
        try:
            return Upload.model_validate_json(data).file_name
        except ValueError:
            raise BadAnswer("The platform did not say how it stored a file.", "Try again.") from None

    async def _store_files(self, items: Sequence[str], files: Mapping[str, LocalFile], stored: Stored) -> None:
        remaining = iter(items)

        async def store_some() -> None:
            for item in remaining:
                try:
                    name = await self._store_file(files[item])
                except (Refused, PlatformFailure) as failure:
                    stored.failures[item] = f"upload: {failure.message}"
                    continue
                stored.names[item] = name
                await self._uploads.remember({files[item].key: name})

        async with task_group() as group:
            for _ in range(min(FILES_AT_ONCE, len(items))):
                group.start_soon(store_some)

    async def _store_batches(self, urls: Sequence[str], stored: Stored) -> None:
        if not urls:
            return
        correlation_id = str(uuid4())
        waiting = set()
        for start in range(0, len(urls), BATCH):
            body = BatchUploadRequest(urls=list(urls[start : start + BATCH]), correlation_id=correlation_id)
            waiting.add((await self._http.send("POST", "/asset/batch-upload", BatchUpload, body=body)).batch_upload_id)
        pause = POLL_S
        with anyio.move_on_after(BATCH_DEADLINE_S):
            while True:
                status = await self._http.send(
                    "GET", "/asset/batch-upload/status", BatchUploadStatus, query={"correlationId": correlation_id}
                )
                for batch_id in waiting & set(status.completed_batches):
                    done = await self._http.send("GET", f"/asset/batch-upload/{segment(batch_id)}", BatchUploadResult)
                    await self._note(done.items, stored)
                    waiting.discard(batch_id)
                if not waiting:
                    return
                await self._clock.sleep(pause)
                pause = min(LONGEST_POLL_S, pause * 1.5)
        raise PlatformFailure(
            f"The platform has not stored all {len(urls)} files within {BATCH_DEADLINE_S} seconds.",
            "Call again with the same arguments; what was stored stays stored.",
        )

    async def _note(self, items: Sequence[BatchUploadItem], stored: Stored) -> None:
        fresh = {item.url: item.file_name for item in items if item.status == "Completed" and item.file_name}
        stored.names |= fresh
        stored.failures |= {item.url: _reason(item) for item in items if item.url not in fresh}
        await self._uploads.remember(fresh)


def asset_input(items: Sequence[str], data_type: DataType, names: Mapping[str, str]) -> AssetInput:
    """Items as one asset of a request: texts as they are, media by the names under which they were stored."""
    parts: list[AssetInput] = [
        TextAssetInput(text=item) if data_type == "text" else ExistingAssetInput(name=names[item]) for item in items
    ]
    return parts[0] if len(parts) == 1 else MultiAssetInput(assets=parts)


def _key(item: str, files: Mapping[str, LocalFile]) -> str:
    return files[item].key if item in files else item


def _reason(item: BatchUploadItem) -> str:
    status = f", status {item.upstream_http_status}" if item.upstream_http_status else ""
    return f"{item.stage or 'upload'}{status}"


async def _multipart(file: LocalFile, boundary: str) -> AsyncIterator[bytes]:
    """A file as the one part of a form, read piece by piece."""
    name = Path(file.path).name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {file.media_type}'
    yield f"--{boundary}\r\n{head}\r\n\r\n".encode()
    with closing(await anyio.to_thread.run_sync(file.open)) as opened:
        while piece := await anyio.to_thread.run_sync(opened.read, PIECE):
            yield piece
    yield f"\r\n--{boundary}--\r\n".encode()
