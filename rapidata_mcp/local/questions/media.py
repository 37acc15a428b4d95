"""What is shown to labelers: texts as they are, media by the name under which they are stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import assets
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.models.assets import (
    Asset,
    AssetInput,
    FileAsset,
    MultiAsset,
    MultiAssetInput,
    TextAsset,
    TextAssetInput,
    items_of,
)
from rapidata_mcp.models.datasets import Segment
from rapidata_mcp.tasks.task import ResultItem

_STORED_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How a stored name begins: with a random UUID."""


@dataclass(frozen=True)
class Media:
    """A media file that the platform knows: by its URL, which is never fetched, or stored by itself."""

    file_name: str
    original_name: str
    source_url: str
    media_type: str | None

    @property
    def source(self) -> str:
        """What its author called it: the URL, or the file's name."""
        return self.source_url or self.original_name

    def url(self, base: str) -> str:
        """Where it can be seen, given the platform's base URL."""
        return self.source_url or f"{base}/assets/{self.file_name}"


def item_names(asset: dict[str, Any]) -> list[str]:
    """The names of the items of an asset as requests give it: texts themselves, stored names of media."""
    if asset["_t"] == "MultiAssetInput":
        return [name for part in asset["assets"] for name in item_names(part)]
    return [asset["text"] if asset["_t"] == "TextAssetInput" else asset["name"]]


def file_names(asset: AssetInput) -> list[str]:
    """The stored names of the media among its items."""
    if isinstance(asset, MultiAssetInput):
        return [name for part in asset.assets for name in file_names(part)]
    return [] if isinstance(asset, TextAssetInput) else [asset.name]


def context_names(segments: Sequence[dict[str, Any]] | None) -> list[str]:
    """The stored names of the media that a datapoint shows as its context."""
    for part in segments or ():
        if part["key"] == "context_asset":
            asset = Segment.model_validate(part).asset
            return [] if asset is None else file_names(asset)
    return []


async def stored_media(connection: AsyncConnection, names: Sequence[str]) -> dict[str, Media]:
    """Those of these names that are media files."""
    found: dict[str, Media] = {}
    names = [name for name in names if _STORED_NAME.match(name)]  # thousands of texts need not be looked up
    columns = (assets.c.file_name, assets.c.original_name, assets.c.source_url, assets.c.media_type)
    for start in range(0, len(names), 500):
        rows = await connection.execute(select(*columns).where(assets.c.file_name.in_(names[start : start + 500])))
        found |= {row[0]: Media(*row) for row in rows}
    return found


async def put_to_use(connection: AsyncConnection, *given: AssetInput | None) -> dict[str, Media]:
    """Let labelers see the media that these name, which are returned by name: from now on their files are served.

    Raises ProblemError (400) where these name a media file that was never uploaded.
    """
    names = [name for asset in given if asset is not None for name in file_names(asset)]
    known = await stored_media(connection, names)
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise ProblemError(400, f"There is no asset '{unknown[:80]}'; upload it first.")
    files = [name for name, media in known.items() if not media.source_url]
    if files:
        await connection.execute(update(assets).where(assets.c.file_name.in_(files)).values(used=True))
    return known


def items_shown(names: Sequence[str], media: Mapping[str, Media], base: str) -> list[ResultItem]:
    """The items of a datapoint: texts under themselves, media under their file name.

    Where two files of a datapoint have the same name they go by their URLs, since a key stands for one item
    (contract H.2 leaves that case open).
    """
    stored = [media.get(name) for name in names]
    originals = [name if file is None else file.original_name for name, file in zip(names, stored, strict=True)]
    distinct = len(set(originals)) == len(originals)
    return [
        ResultItem(original, None, original)
        if file is None
        else ResultItem(original if distinct else file.url(base), file.url(base), file.source)
        for original, file in zip(originals, stored, strict=True)
    ]


async def sources_of(connection: AsyncConnection, names: Sequence[str]) -> dict[str, str]:
    """What their authors called those names that are media files."""
    return {name: media.source for name, media in (await stored_media(connection, names)).items()}


def as_read(asset: AssetInput) -> Asset:
    """An asset of a request in the form of answers, which has other discriminators (contract C.5)."""
    if isinstance(asset, MultiAssetInput):
        return MultiAsset(assets=[as_read(part) for part in asset.assets])
    if isinstance(asset, TextAssetInput):
        return TextAsset(text=asset.text)
    return FileAsset(file_name=asset.name)


async def tell_sources(connection: AsyncConnection, shown: Sequence[Asset]) -> None:
    """Add to the media among these where they came from (contract C.5)."""
    files = [item for asset in shown for item in items_of(asset) if isinstance(item, FileAsset)]
    known = await stored_media(connection, [file.file_name for file in files])
    for file in files:
        media = known.get(file.file_name)
        if media is not None:
            file.metadata = {
                "originalFilename": {"_t": "OriginalFilenameMetadata", "originalFilename": media.original_name}
            }
            if media.source_url:
                file.metadata["sourceUrl"] = {"_t": "SourceUrlMetadataModel", "url": media.source_url}
