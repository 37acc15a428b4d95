"""A persistent cache of uploads, so that each asset is uploaded once (contract D.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import anyio
from sqlalchemy import select, text

from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import uploads

MAX_SOURCES = 400
"""Sources in one SELECT statement."""


class UploadCache:
    """The file names under which the platform stores the assets of one account."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account
        self._pending: dict[str, str] = {}
        self._writing = anyio.Lock()

    async def lookup(self, sources: Sequence[str]) -> dict[str, str]:
        """Return the file names of the sources that were uploaded before."""
        names: dict[str, str] = {}
        async with self._database.read() as connection:
            for start in range(0, len(sources), MAX_SOURCES):
                query = select(uploads.c.source, uploads.c.file_name).where(
                    uploads.c.account == self._account, uploads.c.source.in_(sources[start : start + MAX_SOURCES])
                )
                names |= {str(source): str(file_name) for source, file_name in await connection.execute(query)}
        return names

    async def save(self, names: Mapping[str, str]) -> None:
        """Save the file names of sources. Concurrent calls are written together by whichever call writes first."""
        self._pending |= names
        async with self._writing:
            if not names.keys() & self._pending.keys():
                return
            batch, self._pending = self._pending, {}
            async with self._database.write() as connection:
                await connection.execute(
                    text(
                        "INSERT INTO uploads (account, source, file_name) VALUES (:account, :source, :file_name) "
                        "ON CONFLICT DO NOTHING"
                    ),
                    [
                        {"account": self._account, "source": source, "file_name": file_name}
                        for source, file_name in batch.items()
                    ],
                )
