"""Random keys in the database: the secret of its tokens, and the id that identifies the database."""

from __future__ import annotations

import secrets

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import keys


async def read_key(connection: AsyncConnection, name: str) -> str:
    """Return the key of a name, and create it at the first call. The connection must be one for writing."""
    create = text("INSERT INTO keys (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
    await connection.execute(create, {"name": name, "value": secrets.token_urlsafe(32)})
    key: str = (await connection.execute(select(keys.c.value).where(keys.c.name == name))).scalar_one()
    return key
