"""Assets: media and texts that labelers see. Each distinct file or URL is uploaded once (contract D)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4
from weakref import WeakValueDictionary

import anyio
import anyio.to_thread

from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.client.http_responses import parse_body
from rapidata_mcp.client.idempotency import FirstAttempt, send_once
from rapidata_mcp.client.upload_cache import UploadCache
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import InvalidArgument, NotFound, PlatformFailure, Refused
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
from rapidata_mcp.tasks.arguments import DataType

BATCH = 1_000
POLL_S = 0.25
MAX_POLL_S = 2.0
BATCH_DEADLINE_S = 600
FILE_DEADLINE_S = 300.0
URL_DEADLINE_FACTOR = 2
"""The factor of the usual deadline for a URL, which the platform has to fetch."""
CONCURRENT_FILES = 10
CONCURRENT_BATCHES = 4
CHUNK = 256 * 1024
"""Bytes of a file that are in memory at a time."""


@dataclass
class UploadResult:
    """The file names of stored items, and the reasons for failed items."""

    names: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


class Assets:
    """The assets of a platform."""

    def __init__(self, http: Http, clock: Clock, uploads: UploadCache) -> None:
        self._http = http
        self._clock = clock
        self._uploads = uploads
        self._storing: WeakValueDictionary[str, anyio.Lock] = WeakValueDictionary()
        self._stored: dict[str, str] = {}

    async def store_one_by_one(self, items: Sequence[str], files: Mapping[str, LocalFile]) -> dict[str, str]:
        """Store the few media of an example, and return their file names.

        Raises:
            RapidataError: if one cannot be stored. The others stay stored.
        """
        known = await self._uploads.lookup(list({_key(item, files) for item in items}))
        names = {item: known[_key(item, files)] for item in items if _key(item, files) in known}

        async def store(item: str) -> None:
            names[item] = await self._store_once(item, files)

        new = [item for item in dict.fromkeys(items) if item not in names]
        try:
            async with task_group() as group:
                for item in new:
                    group.start_soon(store, item)
        finally:
            with anyio.CancelScope(shield=True):
                await self._uploads.save({_key(item, files): names[item] for item in new if item in names})
        return names

    async def store_many(self, items: Iterable[str], files: Mapping[str, LocalFile]) -> UploadResult:
        """Store many media: URLs in batches, local files one by one. Failed items are part of the result.

        Raises:
            PlatformFailure: if the platform needs more than ten minutes for a batch.
        """
        distinct = list(dict.fromkeys(items))
        known = await self._uploads.lookup([_key(item, files) for item in distinct])
        result = UploadResult({item: known[_key(item, files)] for item in distinct if _key(item, files) in known})
        waiting = [item for item in distinct if item not in result.names]
        async with task_group() as group:
            group.start_soon(self._store_files, [item for item in waiting if item in files], files, result)
            group.start_soon(self._store_urls, [item for item in waiting if item not in files], result)
        return result

    async def _store_once(self, item: str, files: Mapping[str, LocalFile]) -> str:
        """Store an item, unless another call stores it now or has stored it."""
        key = _key(item, files)
        async with self._storing.setdefault(key, anyio.Lock()):
            if key not in self._stored:
                name = await (self._store_file(files[item]) if item in files else self._store_url(item))
                self._stored[key] = name
            return self._stored[key]

    async def _store_url(self, url: str) -> str:
        upload = await self._http.send(
            "POST", "/asset/url", Upload, query={"url": url}, deadline=URL_DEADLINE_FACTOR * self._http.deadline
        )
        return upload.file_name

    async def _store_file(self, file: LocalFile) -> str:
        boundary = uuid4().hex
        data = await self._http.send_raw(
            "POST",
            "/asset/file",
            content=lambda: _multipart(file, boundary),
            content_type=f"multipart/form-data; boundary={boundary}",
            deadline=FILE_DEADLINE_S,
        )
        return parse_body(data, Upload, "POST /asset/file").file_name

    async def _store_files(self, items: Sequence[str], files: Mapping[str, LocalFile], result: UploadResult) -> None:
        remaining = iter(items)

        async def store_some() -> None:
            for item in remaining:
                try:
                    result.names[item] = await self._store_once(item, files)
                    await self._uploads.save({_key(item, files): result.names[item]})
                except (InvalidArgument, Refused, PlatformFailure) as failure:
                    result.failures[item] = f"upload: {failure.message}"

        async with task_group() as group:
            for _ in range(min(CONCURRENT_FILES, len(items))):
                group.start_soon(store_some)

    async def _store_urls(self, urls: Sequence[str], result: UploadResult) -> None:
        batches = iter(range(0, len(urls), BATCH))

        async def store_some() -> None:
            for start in batches:
                await self._store_batch(urls[start : start + BATCH], result)

        async with task_group() as group:
            for _ in range(min(CONCURRENT_BATCHES, -(-len(urls) // BATCH))):
                group.start_soon(store_some)

    async def _store_batch(self, urls: Sequence[str], result: UploadResult) -> None:
        """Store up to a thousand URLs. The correlation id of the batch finds it again."""
        correlation_id = str(uuid4())
        body = BatchUploadRequest(urls=list(urls), correlation_id=correlation_id)

        async def send() -> str:
            return (await self._http.send("POST", "/asset/batch-upload", BatchUpload, body=body)).batch_upload_id

        async def find() -> str | None:
            try:
                return "arrived" if (await self._batch_status(correlation_id)).total_count else None
            except NotFound:
                return None

        await send_once(send, find, FirstAttempt(), self._clock)
        until = self._clock.now() + BATCH_DEADLINE_S
        pause = POLL_S
        while self._clock.now() < until:
            status = await self._batch_status(correlation_id)
            for batch_id in status.completed_batches:
                done = await self._http.send("GET", f"/asset/batch-upload/{segment(batch_id)}", BatchUploadResult)
                await self._record(done.items, result)
                return
            if status.status == "Aborted":
                result.failures |= dict.fromkeys(urls, "upload: aborted")
                return
            await self._clock.sleep(pause)
            pause = min(MAX_POLL_S, pause * 1.5)
        raise PlatformFailure(
            f"The platform has not stored {len(urls)} files within {BATCH_DEADLINE_S} seconds.",
            "Call again with the same arguments. Stored files stay stored.",
        )

    async def _batch_status(self, correlation_id: str) -> BatchUploadStatus:
        query = {"correlationId": correlation_id}
        return await self._http.send("GET", "/asset/batch-upload/status", BatchUploadStatus, query=query)

    async def _record(self, items: Sequence[BatchUploadItem], result: UploadResult) -> None:
        names = {item.url: item.file_name for item in items if item.status == "Completed" and item.file_name}
        result.names |= names
        result.failures |= {item.url: _reason(item) for item in items if item.url not in names}
        await self._uploads.save(names)


def asset_input(items: Sequence[str], data_type: DataType, names: Mapping[str, str]) -> AssetInput:
    """Return items as the asset of a request: texts as they are, media by their file names."""
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
    """Yield a form with one file, read in chunks."""
    name = Path(file.path).name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {file.media_type}'
    yield f"--{boundary}\r\n{head}\r\n\r\n".encode()
    with closing(await anyio.to_thread.run_sync(file.open)) as opened:
        while chunk := await anyio.to_thread.run_sync(opened.read, CHUNK):
            yield chunk
    yield f"\r\n--{boundary}--\r\n".encode()
