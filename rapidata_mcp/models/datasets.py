"""Data sets and their datapoints (contract E)."""

from __future__ import annotations

from typing import Literal

from rapidata_mcp.models.assets import AssetInput
from rapidata_mcp.wire import Wire

SegmentKind = Literal["Text", "Asset", "OptionList"]


class SegmentDefinition(Wire):
    """One column of a data set."""

    key: str
    kind: SegmentKind
    label: str | None = None
    required: bool
    max_length: int | None = None


class NewDataset(Wire):
    """The request that creates a data set; without a schema it has asset, context and context_asset."""

    name: str
    schema_: list[SegmentDefinition] | None = None

    model_config = Wire.model_config | {"alias_generator": lambda name: "schema" if name == "schema_" else name}


class DatasetCreated(Wire):
    """The answer to it."""

    dataset_id: str


class Segment(Wire):
    """One part of a datapoint."""

    key: str
    kind: SegmentKind
    text: str | None = None
    asset: AssetInput | None = None


class NewDatapoint(Wire):
    """The request that adds one datapoint. `sort_index` alone carries the order: requests arrive in any."""

    segments: list[Segment]
    sort_index: int | None = None
    group: str | None = None
    private_metadata: dict[str, str] | None = None


class DatapointCreated(Wire):
    """The answer to it."""

    datapoint_id: str
