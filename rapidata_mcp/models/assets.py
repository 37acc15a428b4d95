"""Assets: what is shown. Requests and answers use different discriminators (contract C.2, C.5, D.1)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rapidata_mcp.wire import WireModel


class ExistingAssetInput(WireModel):
    """A media file that was uploaded before; `name` is the `fileName` the platform gave it."""

    t: Literal["ExistingAssetInput"] = Field("ExistingAssetInput", alias="_t")
    name: str


class TextAssetInput(WireModel):
    """A text; nothing is uploaded."""

    t: Literal["TextAssetInput"] = Field("TextAssetInput", alias="_t")
    text: str


class MultiAssetInput(WireModel):
    """Several assets shown together, in order."""

    t: Literal["MultiAssetInput"] = Field("MultiAssetInput", alias="_t")
    assets: list[AssetInput]


AssetInput = Annotated[ExistingAssetInput | TextAssetInput | MultiAssetInput, Field(discriminator="t")]


class FileAsset(WireModel):
    """A stored media file, read back."""

    t: Literal["FileAsset"] = Field("FileAsset", alias="_t")
    file_name: str
    metadata: dict[str, Any] = {}
    identifier: str = ""

    @property
    def name(self) -> str:
        """What truths refer to."""
        return self.file_name

    @property
    def source(self) -> str:
        """The URL it came from where the platform remembers it, else the name under which it is stored."""
        for entry in self.metadata.values():
            if isinstance(entry, dict) and entry.get("_t") == "SourceUrlMetadataModel":
                return str(entry.get("url", self.file_name))
        return self.file_name


class TextAsset(WireModel):
    """A text, read back."""

    t: Literal["TextAsset"] = Field("TextAsset", alias="_t")
    text: str
    metadata: dict[str, Any] = {}
    identifier: str = ""

    @property
    def name(self) -> str:
        """What truths refer to."""
        return self.text

    @property
    def source(self) -> str:
        """The text as it was given."""
        return self.text


class MultiAsset(WireModel):
    """Several assets, read back."""

    t: Literal["MultiAsset"] = Field("MultiAsset", alias="_t")
    assets: list[Asset]
    metadata: dict[str, Any] = {}
    identifier: str = ""


class NullAsset(WireModel):
    """No asset, read back."""

    t: Literal["NullAsset"] = Field("NullAsset", alias="_t")
    metadata: dict[str, Any] = {}
    identifier: str = ""


Asset = Annotated[FileAsset | TextAsset | MultiAsset | NullAsset, Field(discriminator="t")]

MultiAssetInput.model_rebuild()
MultiAsset.model_rebuild()


def items_of(asset: Asset) -> list[FileAsset | TextAsset]:
    """The single items that an asset shows, in order."""
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
    """URLs to be stored, at most some thousands a batch; one `correlation_id` for all batches of a run."""

    urls: list[str]
    correlation_id: str | None = None


class BatchUpload(WireModel):
    """The answer to a batch upload."""

    batch_upload_id: str


class BatchUploadStatus(WireModel):
    """How far the batches of a run are."""

    status: Literal["Processing", "Completed", "Aborted"] | str = "Processing"
    total_count: int = 0
    completed_count: int
    failed_count: int
    completed_batches: list[str]


class BatchUploadItem(WireModel):
    """What became of one URL; `stage` says where it failed (contract D.5)."""

    url: str
    file_name: str | None = None
    warnings: list[str] | None = None
    status: Literal["Pending", "Completed", "Failed"] | str
    error_message: str | None = None
    stage: str | None = None
    upstream_http_status: int | None = None


class BatchUploadResult(WireModel):
    """What became of the URLs of one batch."""

    batch_upload_id: str = ""
    status: Literal["Processing", "Completed", "Aborted"] | str = "Completed"
    total_count: int = 0
    completed_count: int = 0
    failed_count: int = 0
    items: list[BatchUploadItem]
