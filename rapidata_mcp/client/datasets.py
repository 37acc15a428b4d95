"""Data sets and their datapoints (contract E)."""

from __future__ import annotations

from collections.abc import Sequence

from rapidata_mcp.client.assets import Assets, asset_input
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import Refused
from rapidata_mcp.models.assets import BatchUploadItem
from rapidata_mcp.models.datasets import DatapointCreated, DatasetCreated, NewDatapoint, NewDataset, Segment
from rapidata_mcp.tasks.arguments import Datapoint, DataType

AT_ONCE = 25
"""Datapoints on their way at the same time; more make it slower."""
FAILURES_NAMED = 5


class Datasets:
    """What a job is about."""

    def __init__(self, http: Http, assets: Assets) -> None:
        self._http = http
        self._assets = assets

    async def create(self, name: str, datapoints: Sequence[Datapoint], data_type: DataType) -> str:
        """Create a data set with these datapoints in this order; its id is returned.

        Raises:
            Refused: when files cannot be stored; names the datapoints by their positions, and nothing is usable.
        """
        body = NewDataset(name=name, schema_=None)
        dataset = await self._http.send("POST", "/dataset", DatasetCreated, body=body)
        names: dict[str, str] = {}
        if data_type == "media":
            stored = await self._assets.store_urls(item for datapoint in datapoints for item in datapoint.items)
            _require_all(datapoints, stored)
            names = {url: item.file_name or "" for url, item in stored.items()}
        path = f"/dataset/{segment(dataset.dataset_id)}/datapoint"
        remaining = iter(enumerate(datapoints))

        async def add_some() -> None:
            for position, datapoint in remaining:
                body = _wire(position, datapoint, data_type, names)
                await self._http.send("POST", path, DatapointCreated, body=body)

        async with task_group() as group:
            for _ in range(min(AT_ONCE, len(datapoints))):
                group.start_soon(add_some)
        return dataset.dataset_id


def _wire(position: int, datapoint: Datapoint, data_type: DataType, names: dict[str, str]) -> NewDatapoint:
    segments = [Segment(key="asset", kind="Asset", asset=asset_input(datapoint.items, data_type, names))]
    if datapoint.context is not None:
        segments.append(Segment(key="context", kind="Text", text=datapoint.context))
    return NewDatapoint(segments=segments, sort_index=position, group=None, private_metadata=None)


def _require_all(datapoints: Sequence[Datapoint], stored: dict[str, BatchUploadItem]) -> None:
    failed = [
        f"datapoints.{position}.{place} ({_reason(stored.get(item))})"
        for position, datapoint in enumerate(datapoints)
        for place, item in enumerate(datapoint.items)
        if item not in stored or stored[item].status != "Completed"
    ]
    if failed:
        more = f" and {len(failed) - FAILURES_NAMED} more" if len(failed) > FAILURES_NAMED else ""
        raise Refused(
            f"The platform could not store {', '.join(failed[:FAILURES_NAMED])}{more}.",
            "Correct these URLs and create the job again; nothing was created.",
        )


def _reason(item: BatchUploadItem | None) -> str:
    if item is None:
        return "not reported"
    status = f" {item.upstream_http_status}" if item.upstream_http_status else ""
    return f"{item.stage or 'failed'}{status}"
