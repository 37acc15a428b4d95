"""One database for everything that is kept: SQLite in the data directory, or another by URL, from one text of SQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from pydantic_core import from_json
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from rapidata_mcp.database import sqlite
from rapidata_mcp.database.upgrade import upgrade
from rapidata_mcp.errors import PlatformFailure, SettingsError

BUSY_TIMEOUT_S = 20
"""How long a writer waits for another process's write."""
HOW_TO_MEND = "Check RAPIDATA_MCP_DATA_DIR, its permissions and free space, or RAPIDATA_MCP_DATABASE_URL."
_ONE_WRITER = text("SELECT pg_advisory_xact_lock(7272)")
"""PostgreSQL lets many write at once; whoever reads before it writes here counts on being alone, as in SQLite."""
IDLE_S = 60
"""How long a transaction may do nothing, as that of a stopped process does, before PostgreSQL ends it."""
CONNECT_S, ANSWER_S = 10.0, 120.0
"""How long PostgreSQL may take until it is connected, and until it answers; behind a dead network it never does."""
LOCK_NOT_AVAILABLE = "55P03"
OUTAGES = ("08", "25P03", "28", "3D", "40", "53", "55", "57", "58")
"""How the SQLSTATEs begin that say that PostgreSQL cannot do what it otherwise could: connection, access, resources."""


class Database:
    """Connections to the database. A transaction is one `async with`; it commits at the end and rolls back on error."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._shared = engine.dialect.name == "postgresql"
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if self._shared else engine
        self._writer = engine.execution_options(writes=True)
        # There is one writer at a time. Waiting here is fair and cheap; waiting inside the database is neither.
        self._turn = anyio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one consistent state."""
        # Transactions are short; a cancelled call ends them properly before it gives up (both here and below).
        with anyio.CancelScope(shield=True):
            with _told():
                async with self._reader.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together or not at all."""
        async with self._turn:
            with anyio.CancelScope(shield=True), _told():
                async with self._writer.begin() as connection:
                    if self._shared:
                        await connection.execute(_ONE_WRITER)
                    yield connection


@contextmanager
def _told() -> Iterator[None]:
    """What the database cannot do is told: it is gone or full, or another process writes for too long.

    Raises:
        PlatformFailure: for these. Anything else is raised as it is.
    """
    try:
        yield
    except Exception as exc:
        why = _outage(exc)
        if why is None:
            raise
        raise PlatformFailure(f"The database cannot be used: {why}.", HOW_TO_MEND) from exc


def _outage(exc: Exception) -> str | None:
    """Why the database cannot be used, where that and no mistake of ours is what went wrong.

    asyncpg's own errors are known by their SQLSTATE: while connecting, they come without one of SQLAlchemy's around.
    """
    if isinstance(exc, OSError | PoolTimeout):
        return str(exc) or "it does not answer"
    told = exc.orig if isinstance(exc, DBAPIError) else exc
    state = str(getattr(told, "sqlstate", None) or "")
    if state == LOCK_NOT_AVAILABLE:
        return f"another process has been writing for more than {BUSY_TIMEOUT_S} seconds"
    lost = isinstance(exc, DBAPIError) and (isinstance(exc, OperationalError) or exc.connection_invalidated)
    return str(told) if lost or state.startswith(OUTAGES) else None


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open the database at a SQLAlchemy URL, and close it at the end.

    Raises:
        SettingsError: when the URL is none, or the database cannot be opened or written.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError("RAPIDATA_MCP_DATABASE_URL is not a database URL.", "Unset it to use SQLite.") from None
    in_file = parsed.get_backend_name() == "sqlite"
    if in_file and parsed.database:
        directory = Path(parsed.database).parent
        try:
            await anyio.to_thread.run_sync(lambda: directory.mkdir(mode=0o700, parents=True, exist_ok=True))
        except OSError as exc:
            raise SettingsError(
                f"The data directory {directory} cannot be created ({exc.strerror}).",
                "Set RAPIDATA_MCP_DATA_DIR to a directory that you may write.",
            ) from None
    # Every transaction ends by commit or rollback, so a connection needs no reset when it goes back to the pool.
    try:
        engine = create_async_engine(url, pool_reset_on_return=None, json_deserializer=from_json, **_opener(parsed))
    except (ArgumentError, InvalidRequestError, ImportError):
        raise SettingsError(
            f"RAPIDATA_MCP_DATABASE_URL names {parsed.drivername}, for which there is no asynchronous driver here.",
            "For postgresql+asyncpg install rapidata-mcp[postgresql]; or unset it to use SQLite.",
        ) from None
    if in_file:
        _tune_sqlite(engine)
    elif parsed.get_backend_name() == "postgresql":
        _tune_postgresql(engine)
    try:
        database = Database(engine)
        await _reach(database)
        yield database
    finally:
        with anyio.CancelScope(shield=True):
            await engine.dispose()


def _opener(url: URL) -> dict[str, Any]:
    """How connections are opened, where that is not left to the driver: with deadlines, and our own way to a file."""
    if url.drivername == "postgresql+asyncpg":
        return {"connect_args": {"timeout": CONNECT_S, "command_timeout": ANSWER_S}}
    if url.get_backend_name() != "sqlite" or url.query or url.database in (None, "", ":memory:"):
        return {}
    return {"async_creator": partial(sqlite.connect, url.database)}


def without_password(url: str) -> str:
    """A SQLAlchemy URL as it may be shown."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "RAPIDATA_MCP_DATABASE_URL"


async def _reach(database: Database) -> None:
    try:
        async with database.write() as connection:
            await connection.run_sync(upgrade)
    except PlatformFailure as failure:
        raise SettingsError(failure.message, failure.next_step) from None


def _tune_sqlite(engine: AsyncEngine) -> None:
    """Transactions as SQLite means them: readers never block, writers announce themselves before they read."""

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, says when a transaction begins
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
            "journal_mode=WAL",
            "synchronous=NORMAL",  # what is committed survives a killed process
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _tune_postgresql(engine: AsyncEngine) -> None:
    """No wait without an end: neither for another process's write, nor for one that was stopped in the middle of it."""

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{BUSY_TIMEOUT_S}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_S}s'")
        cursor.close()
        connection.commit()
