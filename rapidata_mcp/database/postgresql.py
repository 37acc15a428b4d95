"""PostgreSQL: every wait ends, and there is one writer at a time, as in SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from rapidata_mcp.database import outages

ONE_WRITER = text("SELECT pg_advisory_xact_lock(7272)")
"""PostgreSQL allows many writers. Transactions that read before they write rely on being alone."""
IDLE_S = 60
"""PostgreSQL ends a transaction that does nothing for this long, such as that of a stopped process."""
ASYNCPG = {"timeout": 10.0, "command_timeout": 120.0}
"""Seconds for a connection and for an answer. Behind a dead network, neither would ever come."""


def configure(engine: AsyncEngine) -> None:
    """Bound the wait for locks, and the life of idle transactions."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{outages.BUSY_TIMEOUT_S}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_S}s'")
        cursor.close()
        connection.commit()
