"""Connections to the database, and the one way to open it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from pydantic_core import from_json
from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from rapidata_mcp.database import postgresql, sqlite
from rapidata_mcp.database.migrations import CURRENT
from rapidata_mcp.database.outages import report_outages
from rapidata_mcp.database.schema import Schema
from rapidata_mcp.errors import PlatformFailure, SettingsError


class Database:
    """Connections to the database. A transaction is one `async with`; it commits at the end and rolls back on error."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._on_postgresql = engine.dialect.name == "postgresql"
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if self._on_postgresql else engine
        self._writer = engine.execution_options(writes=True)
        # There is one writer at a time. Waiting here is fair and cheap; waiting inside the database is neither.
        self._turn = anyio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one consistent state."""
        # Transactions are short. A cancelled call finishes its transaction first (both here and below).
        with anyio.CancelScope(shield=True):
            with report_outages():
                async with self._reader.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together or not at all."""
        async with self._turn:
            with anyio.CancelScope(shield=True), report_outages():
                async with self._writer.begin() as connection:
                    if self._on_postgresql:
                        await connection.execute(postgresql.ONE_WRITER)
                    yield connection


@asynccontextmanager
async def open_database(url: str, schema: Schema = CURRENT) -> AsyncIterator[Database]:
    """Open the database at a SQLAlchemy URL with the current schema, and close it at the end.

    A new database gets its tables, and one of an earlier version is upgraded.

    Raises:
        SettingsError: the URL is malformed, the database cannot be opened or written, or it is not ours to change.
    """
    engine = await _create_engine(url)
    try:
        database = Database(engine)
        await _bring_up_to_date(database, schema)
        yield database
    finally:
        with anyio.CancelScope(shield=True):
            await engine.dispose()


def without_password(url: str) -> str:
    """Return a SQLAlchemy URL that is safe to show."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "RAPIDATA_MCP_DATABASE_URL"


async def _create_engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError("RAPIDATA_MCP_DATABASE_URL is not a database URL.", "Unset it to use SQLite.") from None
    on_sqlite = parsed.get_backend_name() == "sqlite"
    if on_sqlite and parsed.database:
        await _make_directory(Path(parsed.database).parent)
    # Every transaction ends by commit or rollback, so a connection needs no reset when it goes back to the pool.
    try:
        engine = create_async_engine(url, pool_reset_on_return=None, json_deserializer=from_json, **_options(parsed))
    except (ArgumentError, InvalidRequestError, ImportError):
        raise SettingsError(
            f"RAPIDATA_MCP_DATABASE_URL names {parsed.drivername}, for which there is no asynchronous driver here.",
            "For postgresql+asyncpg install rapidata-mcp[postgresql]; or unset it to use SQLite.",
        ) from None
    if on_sqlite:
        sqlite.configure(engine)
    elif engine.dialect.name == "postgresql":
        postgresql.configure(engine)
    return engine


async def _make_directory(directory: Path) -> None:
    try:
        await anyio.to_thread.run_sync(lambda: directory.mkdir(mode=0o700, parents=True, exist_ok=True))
    except OSError as exc:
        raise SettingsError(
            f"The data directory {directory} cannot be created ({exc.strerror}).",
            "Set RAPIDATA_MCP_DATA_DIR to a directory that you may write.",
        ) from None


def _options(url: URL) -> dict[str, Any]:
    """How connections are opened, if that is not left to the driver: with deadlines, and our own way to a file."""
    if url.drivername == "postgresql+asyncpg":
        return {"connect_args": postgresql.ASYNCPG}
    if url.get_backend_name() != "sqlite" or url.query or url.database in (None, "", ":memory:"):
        return {}
    return {"async_creator": partial(sqlite.connect, url.database)}


async def _bring_up_to_date(database: Database, schema: Schema) -> None:
    try:
        async with database.read() as connection:
            current = await connection.run_sync(schema.is_current)
        if not current:
            async with database.write() as connection:
                await connection.run_sync(schema.upgrade)
    except PlatformFailure as failure:
        raise SettingsError(failure.message, failure.next_step) from None
