"""What is shown to labelers: texts as they are, media by the name under which they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local.tables import assets


def item_names(asset: dict[str, Any]) -> list[str]:
    """The names of the items of an asset as requests give it: texts themselves, stored names of media."""
    if asset["_t"] == "MultiAssetInput":
        return [name for part in asset["assets"] for name in item_names(part)]
    return [asset["text"] if asset["_t"] == "TextAssetInput" else asset["name"]]


async def sources_of(connection: AsyncConnection, names: Sequence[str]) -> dict[str, str]:
    """The source URLs of those names that are stored media files."""
    found: dict[str, str] = {}
    for start in range(0, len(names), 500):
        rows = await connection.execute(
            select(assets.c.file_name, assets.c.source_url).where(assets.c.file_name.in_(names[start : start + 500]))
        )
        found |= {str(file_name): str(source_url) for file_name, source_url in rows}
    return found
