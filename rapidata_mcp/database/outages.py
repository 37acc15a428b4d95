"""Failures of the database that are not this program's mistake, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rapidata_mcp.errors import PlatformFailure

BUSY_TIMEOUT_S = 20
"""How long a writer waits for the write of another process."""
HOW_TO_FIX = "Check RAPIDATA_MCP_DATA_DIR, its permissions and free space, or RAPIDATA_MCP_DATABASE_URL."
_LOCK_NOT_AVAILABLE = "55P03"
_OUTAGES = ("08", "25P03", "28", "3D", "40", "42501", "53", "55", "57", "58")
"""Prefixes of the SQLSTATEs for a lost connection, refused access and missing resources."""


@contextmanager
def report_outages() -> Iterator[None]:
    """Turn an outage into an error that says what to do. Other exceptions pass unchanged.

    Raises:
        PlatformFailure: the database is gone, full, or locked by another process for too long.
    """
    try:
        yield
    except Exception as exc:
        reason = _reason(exc)
        if reason is None:
            raise
        raise PlatformFailure(f"The database cannot be used: {reason}.", HOW_TO_FIX) from exc


def _reason(exc: Exception) -> str | None:
    """Return the reason for an outage, or None if the exception is not an outage.

    While connecting, asyncpg raises its own errors, which SQLAlchemy does not wrap. They have a SQLSTATE.
    """
    if isinstance(exc, OSError | PoolTimeout):
        return str(exc) or "it does not answer"
    cause = exc.orig if isinstance(exc, DBAPIError) else exc
    state = str(getattr(cause, "sqlstate", None) or "")
    if state == _LOCK_NOT_AVAILABLE:
        return f"another process has been writing for more than {BUSY_TIMEOUT_S} seconds"
    lost = isinstance(exc, DBAPIError) and (isinstance(exc, OperationalError) or exc.connection_invalidated)
    return str(cause) if lost or state.startswith(_OUTAGES) else None
