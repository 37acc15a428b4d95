"""Data sets and their datapoints, continued where an earlier try stopped (contract E)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidata_mcp.client.assets import Assets, Stored, asset_input
from rapidata_mcp.client.attempt import Attempt
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import PlatformFailure, Refused
from rapidata_mcp.models.assets import items_of
from rapidata_mcp.models.datasets import (
    DatapointCreated,
    DatasetCreated,
    DatasetProgress,
    NewDatapoint,
    NewDataset,
    Segment,
    StoredDatapoint,
)
from rapidata_mcp.models.paging import Page
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.compare import CompareTask

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
Content = tuple[tuple[str, ...], tuple[str, ...], str]
"""What a datapoint shows: names of its items, of its media context, and its context."""


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

    async def create(self, name: str, task: CompareTask, tolerance: float, attempt: Attempt) -> str:
        """Create a data set with the datapoints of a task in their order, or continue one; its id is returned.

        Raises:
            Refused: when more than the share `tolerance` of the datapoints failed.
            PlatformFailure: when the platform gives no usable answer; the next try continues.
        """
        dataset_id = attempt.noted("dataset_id")
        begun = dataset_id is not None
        if dataset_id is None:
            body = NewDataset(name=name, schema_=None)
            dataset_id = (await self._http.send("POST", "/dataset", DatasetCreated, body=body)).dataset_id
            await attempt.note("dataset_id", dataset_id)
        stored = await self._store(task)
        failures = Failures(_unstored(task, stored))

        def body_of(position: int) -> NewDatapoint:
            return _wire(position, task.datapoints[position], task, stored.names)

        wanted = [at for at in range(len(task.datapoints)) if at not in failures.stages]
        failures.stages |= await self._fill(dataset_id, wanted, body_of, look_first=begun)
        failures.require_tolerable(len(task.datapoints), tolerance)
        return dataset_id

    async def count(self, dataset_id: str) -> int:
        """How many datapoints a data set has (contract E.4)."""
        path = f"/dataset/{segment(dataset_id)}/progress"
        return (await self._http.send("GET", path, DatasetProgress)).total

    async def _store(self, task: CompareTask) -> Stored:
        media = [item for datapoint in task.datapoints for item in datapoint.media_context]
        if task.data_type == "media":
            media += [item for datapoint in task.datapoints for item in datapoint.items]
        return await self._assets.store_many(media, task.files) if media else Stored()

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
                    present.contents[_stored_content(datapoint)] += 1
                else:
                    present.positions.add(datapoint.sort_index)
            page, seen = page + 1, seen + len(part.items)
            if not part.items or seen >= part.total:
                return present


def _wire(position: int, datapoint: Datapoint, task: CompareTask, names: Mapping[str, str]) -> NewDatapoint:
    segments = [Segment(key="asset", kind="Asset", asset=asset_input(datapoint.items, task.data_type, names))]
    if datapoint.context is not None:
        segments.append(Segment(key="context", kind="Text", text=datapoint.context))
    if datapoint.media_context:
        shown = asset_input(datapoint.media_context, "media", names)
        segments.append(Segment(key="context_asset", kind="Asset", asset=shown))
    metadata = None if datapoint.private_metadata is None else dict(datapoint.private_metadata)
    return NewDatapoint(segments=segments, sort_index=position, group=None, private_metadata=metadata)


def _unstored(task: CompareTask, stored: Stored) -> dict[int, str]:
    """The positions of datapoints with a file that could not be stored, and at which stage that failed."""
    failures: dict[int, str] = {}
    for at, datapoint in enumerate(task.datapoints):
        media = (*datapoint.media_context, *(datapoint.items if task.data_type == "media" else ()))
        missing = next((item for item in media if item not in stored.names), None)
        if missing is not None:
            failures[at] = stored.failures.get(missing, "upload: not reported")
    return failures


def _missing(wanted: Sequence[int], body_of: Body, present: Present) -> list[int]:
    return [at for at in wanted if not present.take(at, body_of(at))]


def _content(body: NewDatapoint) -> Content:
    parts = {part.key: part for part in body.segments}
    shown, media = (tuple(_names(parts[key].asset)) if key in parts else () for key in ("asset", "context_asset"))
    return shown, media, (parts["context"].text or "") if "context" in parts else ""


def _names(asset: object) -> list[str]:
    parts = getattr(asset, "assets", [asset])
    return [str(getattr(part, "text", None) or getattr(part, "name", "")) for part in parts]


def _stored_content(datapoint: StoredDatapoint) -> Content:
    parts = {part.key: part for part in datapoint.segments}
    shown, media = (
        tuple(item.name for item in items_of(part.asset)) if (part := parts.get(key)) and part.asset else ()
        for key in ("asset", "context_asset")
    )
    return shown, media, (parts["context"].original_text or "") if "context" in parts else ""
