"""Data sets and their datapoints (contract E)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from rapidata_mcp.models.assets import Asset, AssetInput
from rapidata_mcp.tasks.arguments import MAX_CONTEXT
from rapidata_mcp.wire import Whole, WireModel

SegmentKind = Literal["Text", "Asset", "OptionList"]


class SegmentDefinition(WireModel):
    """One column of a data set."""

    key: str
    kind: SegmentKind
    label: str | None = None
    required: bool
    max_length: int | None = None


DEFAULT_SCHEMA = [
    SegmentDefinition(key="asset", kind="Asset", label="Asset", required=True),
    SegmentDefinition(key="context", kind="Text", label="Context", required=False, max_length=MAX_CONTEXT),
    SegmentDefinition(key="context_asset", kind="Asset", label="Context asset", required=False),
]
"""What a data set consists of that was created without a schema; every other one has these as well (contract E.1)."""


class NewDataset(WireModel):
    """The request that creates a data set; without a schema it has asset, context and context_asset."""

    name: str
    schema_: list[SegmentDefinition] | None = None

    model_config = WireModel.model_config | {"alias_generator": lambda name: "schema" if name == "schema_" else name}


class DatasetCreated(WireModel):
    """The answer to it."""

    dataset_id: str


class Dataset(WireModel):
    """A data set, read back."""

    name: str
    schema_: list[SegmentDefinition]

    model_config = NewDataset.model_config


class DatasetProgress(WireModel):
    """How many datapoints of a data set are prepared."""

    total: int
    ready: int
    pending: int = 0
    failed: int = 0


class Renamed(WireModel):
    """The request that gives something another name."""

    name: str = Field(min_length=1)


class LongContext(WireModel):
    """A context, and the question under which it would be shown."""

    context: str
    question: str = ""


class LongContexts(WireModel):
    """The request that shortens contexts, at most ten at a time (contract E.5)."""

    items: list[LongContext] = Field(max_length=10)


class ShortContext(WireModel):
    """A context that fits."""

    shortened_context: str


class ShortContexts(WireModel):
    """The answer to it, in the same order."""

    items: list[ShortContext]


class SegmentOption(WireModel):
    """One of the answers to choose from."""

    label: str
    value: str


class Segment(WireModel):
    """One part of a datapoint."""

    key: str
    kind: SegmentKind
    text: str | None = None
    asset: AssetInput | None = None
    options: list[SegmentOption] | None = None


class NewDatapoint(WireModel):
    """The request that adds one datapoint. `sort_index` alone carries the order: requests arrive in any."""

    segments: list[Segment]
    sort_index: Whole | None = None
    group: str | None = None
    private_metadata: dict[str, str] | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_flat_body(cls, body: Any) -> Any:
        """Take the older flat body as well, which has no segments (contract M, row 16)."""
        if not isinstance(body, dict) or body.get("segments") is not None or "asset" not in body:
            return body
        flat = (
            ("asset", "Asset", "asset", body["asset"]),
            ("context", "Text", "text", body.get("context")),
            ("context_asset", "Asset", "asset", body.get("contextAsset")),
            ("transcription", "Text", "text", body.get("transcription")),
        )
        segments = [{"key": key, "kind": kind, member: value} for key, kind, member, value in flat if value is not None]
        return {**body, "segments": segments}


class NewGroup(WireModel):
    """The request that gives a group of datapoints what is shown with each of them (contract E.3)."""

    group: str = Field(min_length=1)
    segments: list[Segment]


class DatapointCreated(WireModel):
    """The answer to it."""

    datapoint_id: str


class StoredSegment(WireModel):
    """One part of a datapoint, read back; texts come in their original and in English (contract E.4)."""

    key: str
    kind: SegmentKind | str
    original_text: str | None = None
    english_text: str | None = None
    asset: Asset | None = None
    options: list[SegmentOption] | None = None


class StoredDatapoint(WireModel):
    """A datapoint, read back from its data set."""

    id: str
    dataset_id: str = ""
    segments: list[StoredSegment] = []
    sort_index: int | None = None
    state: Literal["Ready", "Pending", "Failed"] | str = "Ready"
    private_metadata: dict[str, str] | None = None


class FailedDatapoints(WireModel):
    """Datapoints that could not be prepared."""

    datapoints: list[StoredDatapoint]
