"""SQLite without blocking the event loop, with one visit to the connection's thread for each statement.

aiosqlite alone visits its thread four times: for a cursor, the statement, its rows, and the end of the cursor. A
labeler's request has a dozen small statements, and the visits are most of their cost.

This uses three members of aiosqlite that are not public: `_thread`, `_conn`, and `_execute`. pyproject.toml allows only
the minor version with which they were tested. A driver of our own on sqlite3 took 20 % less processor time, but it was
70 lines longer and depended on as much of SQLAlchemy that is not public.
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
    # As in SQLAlchemy: a thread that waits for a statement must not keep the process from ending.
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
        """Return a cursor. Nothing happens before it executes a statement."""
        return Cursor(self)

    async def visit(self, work: Callable[[sqlite3.Cursor], list[Any]]) -> tuple[sqlite3.Cursor, list[Any]]:
        """Call `work` with a cursor in the connection's thread. Return the cursor, closed, and the result."""

        def call() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = self._conn.cursor()
            try:
                return cursor, work(cursor)
            finally:
                cursor.close()

        result: tuple[sqlite3.Cursor, list[Any]] = await self._execute(call)  # type: ignore[no-untyped-call]
        return result


class Cursor:
    """The part of a cursor that SQLAlchemy uses (PEP 249)."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute a statement and fetch its rows."""

        def work(cursor: sqlite3.Cursor) -> list[Any]:
            return cursor.execute(statement, parameters).fetchall()

        self._cursor, self._rows = await self._connection.visit(work)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Execute a statement for each set of parameters."""

        def work(cursor: sqlite3.Cursor) -> list[Any]:
            cursor.executemany(statement, parameters)
            return []

        self._cursor, self._rows = await self._connection.visit(work)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows of the statement."""
        return self._rows

    async def close(self) -> None:
        """Drop the rows."""
        self._rows = []

    @property
    def description(self) -> Any:
        """The names of the columns; None if the statement has no rows."""
        return self._cursor and self._cursor.description

    @property
    def rowcount(self) -> int:
        """The number of rows that the statement changed."""
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the last row that was inserted."""
        return None if self._cursor is None else self._cursor.lastrowid
