"""Random texts that a database keeps: the secret behind its tokens, and what tells it from others."""

from __future__ import annotations

import secrets

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import keys


async def read_key(connection: AsyncConnection, name: str) -> str:
    """The key of a name, which nobody can guess; it is made when it is wanted for the first time."""
    create = text("INSERT INTO keys (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
    await connection.execute(create, {"name": name, "value": secrets.token_urlsafe(32)})
    found = await connection.execute(select(keys.c.value).where(keys.c.name == name))
    key: str = found.scalar_one()
    return key
