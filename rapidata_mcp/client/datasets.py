"""Data sets and their datapoints, continued where an earlier try stopped (contract E)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidata_mcp.client.assets import Assets, Stored, asset_input
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

AT_ONCE = 50
"""Datapoints on their way at the same time; the gate lets fewer through when the platform asks for that."""
PAGE = 1_000
ROUNDS = 3
SETTLE_S = 1.0
PATIENCE = 4
"""Times the ordinary deadline, for one datapoint, which may wait for its turn while the platform throttles."""
FAILURES_NAMED = 5

Body = Callable[[int], NewDatapoint]
"""The request that adds the datapoint at a position, made when it is sent: thousands at once would fill the memory."""
Content = frozenset[tuple[str, tuple[str, ...]]]
"""What a datapoint consists of: by the key of each segment its text, options, or the names of what it shows."""


@dataclass
class Present:
    """What is in a data set: by position where the platform tells it, else by content."""

    positions: set[int] = field(default_factory=set)
    contents: Counter[Content] = field(default_factory=Counter)

    def take(self, position: int, body: NewDatapoint) -> bool:
        """Whether this datapoint is there; two of equal content must be there twice."""
        if position in self.positions:
            return True
        content = _content(body)
        if not self.contents[content]:
            return False
        self.contents[content] -= 1
        return True


@dataclass
class Failures:
    """Datapoints that could not be uploaded: their positions, and at which stage each failed."""

    stages: dict[int, str]

    def require_tolerable(self, total: int, tolerance: float) -> None:
        """At most the share `tolerance` (0 to 1) of all may have failed, and at least one arrived (contract E.6).

        Raises:
            Refused: names the datapoints by their positions and the stages that failed.
        """
        if not self.stages or (len(self.stages) <= tolerance * total and len(self.stages) < total):
            return
        named = [f"datapoints.{at} ({stage})" for at, stage in sorted(self.stages.items())]
        more = f" and {len(named) - FAILURES_NAMED} more" if len(named) > FAILURES_NAMED else ""
        raise Refused(
            f"{len(named)} of {total} datapoints could not be uploaded: {', '.join(named[:FAILURES_NAMED])}{more}. "
            "No job definition was created.",
            "Mend them, allow failures with failure_tolerance, or call again with the same arguments: "
            "what was uploaded is kept.",
        )


class Datasets:
    """What a job is about."""

    def __init__(self, http: Http, clock: Clock, assets: Assets) -> None:
        self._http = http
        self._clock = clock
        self._assets = assets

    async def create(self, name: str, task: TaskDraft, tolerance: float, attempt: Attempt) -> str:
        """Create a data set with the datapoints of a task in their order, or continue one; its id is returned.

        Raises:
            Refused: when more than the share `tolerance` of the datapoints failed.
            PlatformFailure: when the platform gives no usable answer; the next try continues.
        """
        dataset_id = attempt.checkpoint("dataset_id")
        begun = dataset_id is not None
        if dataset_id is None:
            body = NewDataset(name=name, schema_=_schema(task))
            dataset_id = (await self._http.send("POST", "/dataset", DatasetCreated, body=body)).dataset_id
            await attempt.save_checkpoint("dataset_id", dataset_id)
        stored = await self._store(task)
        failures = Failures(_unstored(task, stored))

        def body_of(position: int) -> NewDatapoint:
            return _wire(position, task.content.datapoints[position], task, stored.names)

        wanted = [at for at in range(len(task.content.datapoints)) if at not in failures.stages]
        failures.stages |= await self._fill(dataset_id, wanted, body_of, look_first=begun)
        failures.require_tolerable(len(task.content.datapoints), tolerance)
        for group in task.groups:
            path, segments = f"/dataset/{segment(dataset_id)}/group", _shown_beside(group, stored.names)
            await self._http.send("POST", path, body=NewGroup(group=group.name, segments=segments))
        return dataset_id

    async def count(self, dataset_id: str) -> int:
        """How many datapoints a data set has (contract E.4)."""
        path = f"/dataset/{segment(dataset_id)}/progress"
        return (await self._http.send("GET", path, DatasetProgress)).total

    async def _store(self, task: TaskDraft) -> Stored:
        media = [item for datapoint in task.content.datapoints for item in datapoint.media_context]
        media += [item for group in task.groups for item in group.media_context]
        if task.content.data_type == "media":
            media += [item for datapoint in task.content.datapoints for item in datapoint.items]
        return await self._assets.store_many(media, task.content.files) if media else Stored()

    async def _fill(self, dataset_id: str, wanted: Sequence[int], body_of: Body, *, look_first: bool) -> dict[int, str]:
        """Add the wanted datapoints; those that may have arrived without an answer are looked for, not repeated."""
        failed: dict[int, str] = {}
        for round_number in range(ROUNDS):
            if look_first or round_number:
                await self._clock.sleep(SETTLE_S)  # what was on its way when the answer was lost, or the process killed
                wanted = _missing(wanted, body_of, await self._present(dataset_id))
            refused, wanted = await self._add(dataset_id, wanted, body_of)
            failed |= refused
            if not wanted:
                return failed
        await self._clock.sleep(SETTLE_S)
        left = _missing(wanted, body_of, await self._present(dataset_id))
        return failed | dict.fromkeys(left, "datapoint: no answer")

    async def _add(self, dataset_id: str, wanted: Sequence[int], body_of: Body) -> tuple[dict[int, str], list[int]]:
        """Send datapoints; which were refused and why, and of which the outcome is unknown."""
        path, deadline = f"/dataset/{segment(dataset_id)}/datapoint", PATIENCE * self._http.deadline
        failed: dict[int, str] = {}
        unknown: list[int] = []
        remaining = iter(wanted)

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
            for _ in range(min(AT_ONCE, len(wanted))):
                group.start_soon(add_some)
        return failed, sorted(unknown)

    async def _present(self, dataset_id: str) -> Present:
        """What is in the data set."""
        present = Present()
        page, seen = 1, 0
        while True:
            query = {"page": page, "page_size": PAGE}
            path = f"/dataset/{segment(dataset_id)}/datapoints"
            part = await self._http.send("GET", path, Page[StoredDatapoint], query=query)
            for datapoint in part.items:
                if datapoint.sort_index is None:
                    present.contents[_content(datapoint)] += 1
                else:
                    present.positions.add(datapoint.sort_index)
            page, seen = page + 1, seen + len(part.items)
            if not part.items or seen >= part.total:
                return present


def _schema(task: TaskDraft) -> list[SegmentDefinition] | None:
    """What the datapoints consist of; None where that is what every data set has (contract E.1)."""
    own = [
        SegmentDefinition(key=part.key, kind=part.kind, label=part.label, required=True) for part in task.own_segments
    ]
    return [*DEFAULT_SCHEMA, *own] if own else None


def _wire(position: int, datapoint: Datapoint, task: TaskDraft, names: Mapping[str, str]) -> NewDatapoint:
    segments = [Segment(key="asset", kind="Asset", asset=asset_input(datapoint.items, task.content.data_type, names))]
    segments += _shown_beside(datapoint, names)
    segments += [_own_segment(key, value) for key, value in datapoint.segments.items()]
    metadata = None if datapoint.private_metadata is None else dict(datapoint.private_metadata)
    return NewDatapoint(segments=segments, sort_index=position, group=datapoint.group, private_metadata=metadata)


def _shown_beside(part: Datapoint | Group, names: Mapping[str, str]) -> list[Segment]:
    """The segments of what is shown with a datapoint, or with each of a group."""
    segments = []
    if part.context is not None:
        segments.append(Segment(key="context", kind="Text", text=part.context))
    if part.media_context:
        shown = asset_input(part.media_context, "media", names)
        segments.append(Segment(key="context_asset", kind="Asset", asset=shown))
    return segments


def _own_segment(key: str, value: str | tuple[str, ...]) -> Segment:
    if isinstance(value, str):
        return Segment(key=key, kind="Text", text=value)
    return Segment(key=key, kind="OptionList", options=[SegmentOption(label=option, value=option) for option in value])


def _unstored(task: TaskDraft, stored: Stored) -> dict[int, str]:
    """The positions of datapoints with a file that could not be stored, and at which stage that failed."""
    failures: dict[int, str] = {}
    for at, datapoint in enumerate(task.content.datapoints):
        media = (*datapoint.media_context, *(datapoint.items if task.content.data_type == "media" else ()))
        missing = next((item for item in media if item not in stored.names), None)
        if missing is not None:
            failures[at] = stored.failures.get(missing, "upload: not reported")
    return failures


def _missing(wanted: Sequence[int], body_of: Body, present: Present) -> list[int]:
    return [at for at in wanted if not present.take(at, body_of(at))]


def _content(datapoint: NewDatapoint | StoredDatapoint) -> Content:
    return frozenset((part.key, tuple(_values(part))) for part in datapoint.segments)


def _values(part: Segment | StoredSegment) -> list[str]:
    if part.asset is not None:
        return _names(part.asset)
    if part.options is not None:
        return [option.value for option in part.options]
    return [(part.text if isinstance(part, Segment) else part.original_text) or ""]


def _names(asset: object) -> list[str]:
    """The names of an asset's items, in the forms of requests and of answers."""
    if isinstance(asset, FileAsset | ExistingAssetInput):
        return [asset.file_name if isinstance(asset, FileAsset) else asset.name]
    parts = getattr(asset, "assets", None)
    if parts is not None:
        return [name for part in parts for name in _names(part)]
    return [str(getattr(asset, "text", ""))]
