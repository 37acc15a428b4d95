"""Assets: what is shown, brought to the platform (contract D)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

import anyio

from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import PlatformFailure
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
DEADLINE_S = 600


class Assets:
    """Media and texts."""

    def __init__(self, http: Http, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def store_url(self, url: str) -> str:
        """Let the platform store the file behind a URL; the name it goes by from then on is returned."""
        upload = await self._http.send("POST", "/asset/url", Upload, query={"url": url})
        return upload.file_name

    async def store_urls(self, urls: Iterable[str]) -> dict[str, BatchUploadItem]:
        """Let the platform store many files in batches, each URL once; what became of each is returned.

        Raises:
            PlatformFailure: when the platform has not finished after ten minutes.
        """
        distinct = list(dict.fromkeys(urls))
        if not distinct:
            return {}
        correlation_id = str(uuid4())
        waiting = set()
        for start in range(0, len(distinct), BATCH):
            body = BatchUploadRequest(urls=distinct[start : start + BATCH], correlation_id=correlation_id)
            batch = await self._http.send("POST", "/asset/batch-upload", BatchUpload, body=body)
            waiting.add(batch.batch_upload_id)
        items: dict[str, BatchUploadItem] = {}
        with anyio.move_on_after(DEADLINE_S):
            while True:
                status = await self._http.send(
                    "GET", "/asset/batch-upload/status", BatchUploadStatus, query={"correlationId": correlation_id}
                )
                for batch_id in waiting & set(status.completed_batches):
                    done = await self._http.send("GET", f"/asset/batch-upload/{segment(batch_id)}", BatchUploadResult)
                    items |= {item.url: item for item in done.items}
                    waiting.discard(batch_id)
                if not waiting:
                    return items
                await self._clock.sleep(POLL_S)
        raise PlatformFailure(
            f"The platform has not stored all {len(distinct)} files within {DEADLINE_S} seconds.",
            "Try again; what was stored stays stored.",
        )


def asset_input(items: Sequence[str], data_type: DataType, names: dict[str, str]) -> AssetInput:
    """Items as one asset of a request: texts as they are, media by the names under which they were stored."""
    parts: list[AssetInput] = [
        TextAssetInput(text=item) if data_type == "text" else ExistingAssetInput(name=names[item]) for item in items
    ]
    return parts[0] if len(parts) == 1 else MultiAssetInput(assets=parts)
