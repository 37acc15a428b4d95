"""Pages of datapoints as the contract shows them (contract E.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, Select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from rapidata_mcp.database.tables import (
    datapoints,
    job_datapoints,
)
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.questions.media import as_read, tell_sources
from rapidata_mcp.models.datasets import Segment, StoredDatapoint, StoredSegment
from rapidata_mcp.models.paging import Page

SORTS = {"sort_index": datapoints.c.sort_index, "created_at": datapoints.c.arrived_at, "id": datapoints.c.id}


async def datapoint_page(
    request: Request, connection: AsyncConnection, query: Select[Any], default_sort: str
) -> Page[StoredDatapoint]:
    """Return one page of datapoints, each with the sources of its media."""
    sorts = {**SORTS, "position": job_datapoints.c.position} if default_sort == "position" else SORTS
    as_jobs_have_them = [datapoints.c.arrived_at, datapoints.c.id]
    page = await paged(request, connection, query, {}, sorts, default_sort, as_jobs_have_them, to_datapoint)
    await tell_sources(connection, [part.asset for item in page.items for part in item.segments if part.asset])
    return page


def to_datapoint(row: RowMapping) -> StoredDatapoint:
    """Return a datapoint as the contract shows it (E.4)."""
    segments = [_stored(Segment.model_validate(part)) for part in row["segments"] or _earlier_segments(row)]
    return StoredDatapoint.model_validate({**row, "segments": segments})


def _stored(segment: Segment) -> StoredSegment:
    return StoredSegment(
        key=segment.key,
        kind=segment.kind,
        original_text=segment.text,
        asset=None if segment.asset is None else as_read(segment.asset),
        options=segment.options,
    )


def _earlier_segments(row: RowMapping) -> list[dict[str, Any]]:
    """The segments of a datapoint from before they were kept: their row alone does not distinguish texts from media."""
    parts = [{"_t": "TextAssetInput", "text": name} for name in row["item_names"]]
    segments: list[dict[str, Any]] = [
        {"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": parts}}
    ]
    if row["context"] is not None:
        segments.append({"key": "context", "kind": "Text", "text": row["context"]})
    return segments
