"""Datasets and their datapoints. A later call continues an upload that stopped (contract E)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidata_mcp.client.assets import Assets, UploadResult, asset_input
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.client.idempotency import Attempt
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import PlatformFailure, Refused
from rapidata_mcp.models.assets import ExistingAssetInput, FileAsset
from rapidata_mcp.models.datasets import (
    DEFAULT_SCHEMA,
    DatapointCreated,
    DatasetCreated,
    DatasetProgress,
    NewDatapoint,
    NewDataset,
    NewGroup,
    Segment,
    SegmentDefinition,
    SegmentOption,
    StoredDatapoint,
    StoredSegment,
)
from rapidata_mcp.models.paging import Page
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.drafts import Group, TaskDraft

CONCURRENT_DATAPOINTS = 50
"""Concurrent requests, at most as many as the ConcurrencyLimiter allows at that time."""
PAGE_SIZE = 1_000
ROUNDS = 3
SETTLE_S = 1.0
DEADLINE_FACTOR = 4
"""The factor of the usual deadline for a datapoint, which may wait long while the platform throttles."""
MAX_NAMED_FAILURES = 5

Body = Callable[[int], NewDatapoint]
"""Makes the request for the datapoint at a position. Thousands of requests at once would fill the memory."""
Content = frozenset[tuple[str, tuple[str, ...]]]
"""The content of a datapoint: the key of each segment with its text, its options, or the file names of its asset."""


@dataclass
class StoredContent:
    """The datapoints in a dataset, by position if the platform returns it, else by content."""

    positions: set[int] = field(default_factory=set)
    contents: Counter[Content] = field(default_factory=Counter)

    def take(self, position: int, body: NewDatapoint) -> bool:
        """Whether a datapoint is stored. It counts once: two with equal content must be stored twice."""
        if position in self.positions:
            return True
        content = _content(body)
        if not self.contents[content]:
            return False
        self.contents[content] -= 1
        return True


@dataclass
class Failures:
    """The positions of the datapoints that could not be uploaded, with the stage at which each failed."""

    stages: dict[int, str]

    def require_tolerable(self, total: int, tolerance: float) -> None:
        """Check that at most the share `tolerance` (0 to 1) of all failed, and not all of them (contract E.6).

        Raises:
            Refused: names the failed datapoints with their stages.
        """
        if not self.stages or (len(self.stages) <= tolerance * total and len(self.stages) < total):
            return
        names = [f"datapoints.{at} ({stage})" for at, stage in sorted(self.stages.items())]
        more = f" and {len(names) - MAX_NAMED_FAILURES} more" if len(names) > MAX_NAMED_FAILURES else ""
        raise Refused(
            f"{len(names)} of {total} datapoints could not be uploaded: {', '.join(names[:MAX_NAMED_FAILURES])}{more}. "
            "No job definition was created.",
            "Fix them, allow failures with failure_tolerance, or call again with the same arguments. "
            "Uploaded datapoints are kept.",
        )


class Datasets:
    """The datasets of a platform."""

    def __init__(self, http: Http, clock: Clock, assets: Assets) -> None:
        self._http = http
        self._clock = clock
        self._assets = assets

    async def create(self, name: str, task: TaskDraft, tolerance: float, attempt: Attempt) -> str:
        """Create a dataset with the datapoints of a task in their order, or continue one, and return its id.

        Raises:
            Refused: if more than the share `tolerance` of the datapoints failed.
            PlatformFailure: if the platform gives no usable answer. The next try continues.
        """
        dataset_id = attempt.checkpoint("dataset_id")
        continued = dataset_id is not None
        if dataset_id is None:
            body = NewDataset(name=name, schema_=_schema(task))
            dataset_id = (await self._http.send("POST", "/dataset", DatasetCreated, body=body)).dataset_id
            await attempt.save_checkpoint("dataset_id", dataset_id)
        uploads = await self._upload_media(task)
        failures = Failures(_without_media(task, uploads))

        def body_of(position: int) -> NewDatapoint:
            return _new_datapoint(position, task.content.datapoints[position], task, uploads.names)

        positions = [at for at in range(len(task.content.datapoints)) if at not in failures.stages]
        failures.stages |= await self._fill(dataset_id, positions, body_of, look_first=continued)
        failures.require_tolerable(len(task.content.datapoints), tolerance)
        for group in task.groups:
            path, segments = f"/dataset/{segment(dataset_id)}/group", _context_segments(group, uploads.names)
            await self._http.send("POST", path, body=NewGroup(group=group.name, segments=segments))
        return dataset_id

    async def count(self, dataset_id: str) -> int:
        """Return the number of datapoints of a dataset (contract E.4)."""
        path = f"/dataset/{segment(dataset_id)}/progress"
        return (await self._http.send("GET", path, DatasetProgress)).total

    async def _upload_media(self, task: TaskDraft) -> UploadResult:
        media = [item for datapoint in task.content.datapoints for item in datapoint.media_context]
        media += [item for group in task.groups for item in group.media_context]
        if task.content.data_type == "media":
            media += [item for datapoint in task.content.datapoints for item in datapoint.items]
        return await self._assets.store_many(media, task.content.files) if media else UploadResult()

    async def _fill(
        self, dataset_id: str, positions: Sequence[int], body_of: Body, *, look_first: bool
    ) -> dict[int, str]:
        """Add datapoints. One whose request got no response is looked for before it is sent again."""
        failed: dict[int, str] = {}
        for round_number in range(ROUNDS):
            if look_first or round_number:
                await self._clock.sleep(SETTLE_S)  # for requests in flight when the connection or the process ended
                positions = _missing(positions, body_of, await self._stored(dataset_id))
            refused, positions = await self._add(dataset_id, positions, body_of)
            failed |= refused
            if not positions:
                return failed
        await self._clock.sleep(SETTLE_S)
        missing = _missing(positions, body_of, await self._stored(dataset_id))
        return failed | dict.fromkeys(missing, "datapoint: no answer")

    async def _add(self, dataset_id: str, positions: Sequence[int], body_of: Body) -> tuple[dict[int, str], list[int]]:
        """Send datapoints. Return the refused positions with their reasons, and the positions without a response."""
        path, deadline = f"/dataset/{segment(dataset_id)}/datapoint", DEADLINE_FACTOR * self._http.deadline
        failed: dict[int, str] = {}
        unknown: list[int] = []
        remaining = iter(positions)

        async def add_some() -> None:
            for at in remaining:
                try:
                    await self._http.send("POST", path, DatapointCreated, body=body_of(at), deadline=deadline)
                except Refused as refusal:
                    failed[at] = f"datapoint: {refusal.message}"
                except PlatformFailure as failure:
                    if failure.applied is False:
                        raise
                    unknown.append(at)

        async with task_group() as group:
            for _ in range(min(CONCURRENT_DATAPOINTS, len(positions))):
                group.start_soon(add_some)
        return failed, sorted(unknown)

    async def _stored(self, dataset_id: str) -> StoredContent:
        stored = StoredContent()
        page, seen = 1, 0
        while True:
            query = {"page": page, "page_size": PAGE_SIZE}
            path = f"/dataset/{segment(dataset_id)}/datapoints"
            answer = await self._http.send("GET", path, Page[StoredDatapoint], query=query)
            for datapoint in answer.items:
                if datapoint.sort_index is None:
                    stored.contents[_content(datapoint)] += 1
                else:
                    stored.positions.add(datapoint.sort_index)
            page, seen = page + 1, seen + len(answer.items)
            if not answer.items or seen >= answer.total:
                return stored


def _schema(task: TaskDraft) -> list[SegmentDefinition] | None:
    """Return the segments of the datapoints; None for the default ones (contract E.1)."""
    own = [
        SegmentDefinition(key=part.key, kind=part.kind, label=part.label, required=True) for part in task.own_segments
    ]
    return [*DEFAULT_SCHEMA, *own] if own else None


def _new_datapoint(position: int, datapoint: Datapoint, task: TaskDraft, names: Mapping[str, str]) -> NewDatapoint:
    segments = [Segment(key="asset", kind="Asset", asset=asset_input(datapoint.items, task.content.data_type, names))]
    segments += _context_segments(datapoint, names)
    segments += [_own_segment(key, value) for key, value in datapoint.segments.items()]
    metadata = None if datapoint.private_metadata is None else dict(datapoint.private_metadata)
    return NewDatapoint(segments=segments, sort_index=position, group=datapoint.group, private_metadata=metadata)


def _context_segments(part: Datapoint | Group, names: Mapping[str, str]) -> list[Segment]:
    """Return the segments of the context of a datapoint, or of a group of datapoints."""
    segments = []
    if part.context is not None:
        segments.append(Segment(key="context", kind="Text", text=part.context))
    if part.media_context:
        asset = asset_input(part.media_context, "media", names)
        segments.append(Segment(key="context_asset", kind="Asset", asset=asset))
    return segments


def _own_segment(key: str, value: str | tuple[str, ...]) -> Segment:
    if isinstance(value, str):
        return Segment(key=key, kind="Text", text=value)
    return Segment(key=key, kind="OptionList", options=[SegmentOption(label=option, value=option) for option in value])


def _without_media(task: TaskDraft, uploads: UploadResult) -> dict[int, str]:
    """Return the positions of datapoints whose media could not be stored, with the stage that failed."""
    failures: dict[int, str] = {}
    for at, datapoint in enumerate(task.content.datapoints):
        media = (*datapoint.media_context, *(datapoint.items if task.content.data_type == "media" else ()))
        missing = next((item for item in media if item not in uploads.names), None)
        if missing is not None:
            failures[at] = uploads.failures.get(missing, "upload: not reported")
    return failures


def _missing(positions: Sequence[int], body_of: Body, stored: StoredContent) -> list[int]:
    return [at for at in positions if not stored.take(at, body_of(at))]


def _content(datapoint: NewDatapoint | StoredDatapoint) -> Content:
    return frozenset((part.key, tuple(_values(part))) for part in datapoint.segments)


def _values(part: Segment | StoredSegment) -> list[str]:
    if part.asset is not None:
        return _names(part.asset)
    if part.options is not None:
        return [option.value for option in part.options]
    return [(part.text if isinstance(part, Segment) else part.original_text) or ""]


def _names(asset: object) -> list[str]:
    """Return the file names or texts of an asset, of a request or of an answer."""
    if isinstance(asset, FileAsset | ExistingAssetInput):
        return [asset.file_name if isinstance(asset, FileAsset) else asset.name]
    parts = getattr(asset, "assets", None)
    if parts is not None:
        return [name for part in parts for name in _names(part)]
    return [str(getattr(asset, "text", ""))]
