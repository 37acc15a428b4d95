"""Datasets and their datapoints (contract E)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from rapidata_mcp.models.assets import Asset, AssetInput
from rapidata_mcp.tasks.arguments import MAX_CONTEXT
from rapidata_mcp.wire import Whole, WireModel

SegmentKind = Literal["Text", "Asset", "OptionList"]


class SegmentDefinition(WireModel):
    """A column of a dataset."""

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
"""The schema of a dataset without one of its own. Every other schema has these segments too (contract E.1)."""


class NewDataset(WireModel):
    """The request that creates a dataset. Without a schema it gets the default one."""

    name: str
    schema_: list[SegmentDefinition] | None = None

    model_config = WireModel.model_config | {"alias_generator": lambda name: "schema" if name == "schema_" else name}


class DatasetCreated(WireModel):
    """The answer to `NewDataset`."""

    dataset_id: str


class Dataset(WireModel):
    """A dataset."""

    name: str
    schema_: list[SegmentDefinition]

    model_config = NewDataset.model_config


class DatasetProgress(WireModel):
    """The number of datapoints of a dataset that are ready."""

    total: int
    ready: int
    pending: int = 0
    failed: int = 0


class Renamed(WireModel):
    """The request that renames a thing."""

    name: str = Field(min_length=1)


class LongContext(WireModel):
    """A context, with the question that is shown with it."""

    context: str
    question: str = ""


class LongContexts(WireModel):
    """The request that shortens contexts, at most ten (contract E.5)."""

    items: list[LongContext] = Field(max_length=10)


class ShortContext(WireModel):
    """A shortened context."""

    shortened_context: str


class ShortContexts(WireModel):
    """The answer to `LongContexts`, in the same order."""

    items: list[ShortContext]


class SegmentOption(WireModel):
    """An option that labelers can choose."""

    label: str
    value: str


class Segment(WireModel):
    """A part of a new datapoint."""

    key: str
    kind: SegmentKind
    text: str | None = None
    asset: AssetInput | None = None
    options: list[SegmentOption] | None = None


class NewDatapoint(WireModel):
    """The request that adds a datapoint. Only `sort_index` determines the order: requests arrive in any order."""

    segments: list[Segment]
    sort_index: Whole | None = None
    group: str | None = None
    private_metadata: dict[str, str] | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_flat_body(cls, body: Any) -> Any:
        """Accept the older flat body too, which has no segments (contract M, row 16)."""
        if not isinstance(body, dict) or body.get("segments") is not None or "asset" not in body:
            return body
        flat = (
            ("asset", "Asset", "asset", body["asset"]),
            ("context", "Text", "text", body.get("context")),
            ("context_asset", "Asset", "asset", body.get("contextAsset")),
            ("transcription", "Text", "text", body.get("transcription")),
        )
        segments = [{"key": key, "kind": kind, field: value} for key, kind, field, value in flat if value is not None]
        return {**body, "segments": segments}


class NewGroup(WireModel):
    """The request that sets the context of a group of datapoints (contract E.3)."""

    group: str = Field(min_length=1)
    segments: list[Segment]


class DatapointCreated(WireModel):
    """The answer to `NewDatapoint`."""

    datapoint_id: str


class StoredSegment(WireModel):
    """A part of a stored datapoint. A text has its original and its English version (contract E.4)."""

    key: str
    kind: SegmentKind | str
    original_text: str | None = None
    english_text: str | None = None
    asset: Asset | None = None
    options: list[SegmentOption] | None = None


class StoredDatapoint(WireModel):
    """A stored datapoint."""

    id: str
    dataset_id: str = ""
    segments: list[StoredSegment] = []
    sort_index: int | None = None
    state: Literal["Ready", "Pending", "Failed"] | str = "Ready"
    private_metadata: dict[str, str] | None = None


class FailedDatapoints(WireModel):
    """The datapoints that the platform could not prepare."""

    datapoints: list[StoredDatapoint]
