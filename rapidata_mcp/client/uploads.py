"""What was uploaded before, so that each asset is uploaded once, also across runs (contract D.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import anyio
from sqlalchemy import select, text

from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import uploads

AT_ONCE = 400
"""Sources asked for in one statement."""


class Uploads:
    """The names under which the platform keeps what one account uploaded."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account
        self._pending: dict[str, str] = {}
        self._writing = anyio.Lock()

    async def known(self, sources: Sequence[str]) -> dict[str, str]:
        """The stored names of those sources that were uploaded before."""
        found: dict[str, str] = {}
        async with self._database.read() as connection:
            for start in range(0, len(sources), AT_ONCE):
                query = select(uploads.c.source, uploads.c.file_name).where(
                    uploads.c.account == self._account, uploads.c.source.in_(sources[start : start + AT_ONCE])
                )
                found |= {str(source): str(file_name) for source, file_name in await connection.execute(query)}
        return found

    async def remember(self, names: Mapping[str, str]) -> None:
        """Write down the stored names of these sources; what waits for its turn is written with whoever has it."""
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
