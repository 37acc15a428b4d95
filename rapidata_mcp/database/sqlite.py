"""SQLite without blocking the event loop, and with one visit to its thread for each statement.

The driver visits its thread four times for each: for a cursor, the statement, its rows, and the end of the cursor. For
small statements, of which a labeler's request takes a dozen, the way there and back is what costs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from rapidata_mcp.database import outages


async def connect(path: str) -> Connection:
    """Connect to the database in a file."""
    connection = Connection(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
    # As SQLAlchemy has it: a thread that waits for a statement must not keep the process from ending.
    connection._thread.daemon = True
    await connection
    return connection


def configure(engine: AsyncEngine) -> None:
    """Readers never block, and writers take the lock before they read."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, begins transactions
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={outages.BUSY_TIMEOUT_S * 1000}",
            "journal_mode=WAL",
            "synchronous=NORMAL",  # a commit survives a killed process
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: SyncConnection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Connection(aiosqlite.Connection):
    """A connection whose cursors fetch all rows along with the statement."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        """A cursor; nothing happens before it executes something."""
        return Cursor(self)

    async def visit(self, work: Callable[[sqlite3.Cursor], list[Any]]) -> tuple[sqlite3.Cursor, list[Any]]:
        """Work with a cursor in the connection's thread: the cursor, closed, and what the work returned."""

        def there() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = self._conn.cursor()
            try:
                return cursor, work(cursor)
            finally:
                cursor.close()

        done: tuple[sqlite3.Cursor, list[Any]] = await self._execute(there)  # type: ignore[no-untyped-call]
        return done


class Cursor:
    """As much of a cursor as SQLAlchemy uses (PEP 249)."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._done: sqlite3.Cursor | None = None
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute a statement and fetch its rows."""

        def work(cursor: sqlite3.Cursor) -> list[Any]:
            return cursor.execute(statement, parameters).fetchall()

        self._done, self._rows = await self._connection.visit(work)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Execute a statement for each set of parameters."""

        def work(cursor: sqlite3.Cursor) -> list[Any]:
            cursor.executemany(statement, parameters)
            return []

        self._done, self._rows = await self._connection.visit(work)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows of the statement."""
        return self._rows

    async def close(self) -> None:
        """Let go of the rows."""
        self._rows = []

    @property
    def description(self) -> Any:
        """The names of the columns; None where the statement has no rows."""
        return self._done and self._done.description

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""
        return -1 if self._done is None else self._done.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the last row that was inserted."""
        return None if self._done is None else self._done.lastrowid
