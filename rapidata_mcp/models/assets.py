"""Assets: the media and texts that labelers see.

Requests and answers use different discriminators (contract C.2, C.5, D.1).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rapidata_mcp.wire import WireModel


class ExistingAssetInput(WireModel):
    """An uploaded media file. `name` is the `fileName` that the platform returned."""

    t: Literal["ExistingAssetInput"] = Field("ExistingAssetInput", alias="_t")
    name: str


class TextAssetInput(WireModel):
    """A text, which needs no upload."""

    t: Literal["TextAssetInput"] = Field("TextAssetInput", alias="_t")
    text: str


class MultiAssetInput(WireModel):
    """Several assets, shown together in this order."""

    t: Literal["MultiAssetInput"] = Field("MultiAssetInput", alias="_t")
    assets: list[AssetInput]


AssetInput = Annotated[ExistingAssetInput | TextAssetInput | MultiAssetInput, Field(discriminator="t")]


class FileAsset(WireModel):
    """A stored media file."""

    t: Literal["FileAsset"] = Field("FileAsset", alias="_t")
    file_name: str
    metadata: dict[str, Any] = {}
    identifier: str = ""

    @property
    def name(self) -> str:
        """The name that truths refer to."""
        return self.file_name

    @property
    def source(self) -> str:
        """The URL of the upload if the platform kept it, else the file name."""
        for entry in self.metadata.values():
            if isinstance(entry, dict) and entry.get("_t") == "SourceUrlMetadataModel":
                return str(entry.get("url", self.file_name))
        return self.file_name


class TextAsset(WireModel):
    """A stored text."""

    t: Literal["TextAsset"] = Field("TextAsset", alias="_t")
    text: str
    metadata: dict[str, Any] = {}
    identifier: str = ""

    @property
    def name(self) -> str:
        """The text, which truths refer to."""
        return self.text

    @property
    def source(self) -> str:
        """The text."""
        return self.text


class MultiAsset(WireModel):
    """Several stored assets."""

    t: Literal["MultiAsset"] = Field("MultiAsset", alias="_t")
    assets: list[Asset]
    metadata: dict[str, Any] = {}
    identifier: str = ""


class NullAsset(WireModel):
    """An asset of a datapoint that has none."""

    t: Literal["NullAsset"] = Field("NullAsset", alias="_t")
    metadata: dict[str, Any] = {}
    identifier: str = ""


Asset = Annotated[FileAsset | TextAsset | MultiAsset | NullAsset, Field(discriminator="t")]

MultiAssetInput.model_rebuild()
MultiAsset.model_rebuild()


def items_of(asset: Asset) -> list[FileAsset | TextAsset]:
    """Return the media and texts of an asset, in order."""
    if isinstance(asset, MultiAsset):
        return [item for part in asset.assets for item in items_of(part)]
    return [] if isinstance(asset, NullAsset) else [asset]


class Upload(WireModel):
    """The answer to an upload."""

    file_name: str
    warnings: list[str] = []
    was_compressed: bool = False
    original_size_bytes: int | None = None
    final_size_bytes: int | None = None


class BatchUploadRequest(WireModel):
    """The request that uploads URLs. Batches of one run share the `correlation_id`."""

    urls: list[str]
    correlation_id: str | None = None


class BatchUpload(WireModel):
    """The answer to a batch upload."""

    batch_upload_id: str


class BatchUploadStatus(WireModel):
    """The progress of all batches of a run."""

    status: Literal["Processing", "Completed", "Aborted"] | str = "Processing"
    total_count: int = 0
    completed_count: int
    failed_count: int
    completed_batches: list[str]


class BatchUploadItem(WireModel):
    """The outcome for one URL. `stage` names the step that failed (contract D.5)."""

    url: str
    file_name: str | None = None
    warnings: list[str] | None = None
    status: Literal["Pending", "Completed", "Failed"] | str
    error_message: str | None = None
    stage: str | None = None
    upstream_http_status: int | None = None


class BatchUploadResult(WireModel):
    """The outcomes for the URLs of one batch."""

    batch_upload_id: str = ""
    status: Literal["Processing", "Completed", "Aborted"] | str = "Completed"
    total_count: int = 0
    completed_count: int = 0
    failed_count: int = 0
    items: list[BatchUploadItem]
