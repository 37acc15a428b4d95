"""What is used of aiosqlite without being public is there, in the only minor version that can be installed."""

from __future__ import annotations

import sqlite3
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from rapidata_mcp.database.sqlite import connect

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


async def test_a_cursor_has_the_rows_and_the_counts_of_its_statement(tmp_path: Path) -> None:
    """They come from the thread along with the statement, through `_execute` and `_conn`."""
    connection = await connect(str(tmp_path / "database.db"))
    cursor = connection.cursor()
    assert (cursor.description, cursor.rowcount, cursor.lastrowid) == (None, -1, None)
    await cursor.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY)")
    await cursor.execute("INSERT INTO numbers VALUES (?)", (7,))
    assert (cursor.rowcount, cursor.lastrowid) == (1, 7)
    await cursor.executemany("INSERT INTO numbers VALUES (?)", [(8,), (9,)])
    assert cursor.rowcount == 2
    await cursor.execute("SELECT id FROM numbers")
    assert cursor.description[0][0] == "id"
    assert await cursor.fetchall() == [(7,), (8,), (9,)]
    with pytest.raises(sqlite3.OperationalError, match="no such table: letters"):
        await cursor.execute("SELECT * FROM letters")
    await connection.close()


async def test_the_thread_of_a_connection_does_not_keep_the_process_from_ending(tmp_path: Path) -> None:
    """aiosqlite has no public way to say so."""
    connection = await connect(str(tmp_path / "database.db"))
    assert connection._thread.daemon
    await connection.close()


def test_only_the_tested_minor_version_of_aiosqlite_can_be_installed() -> None:
    """Another one can rename what is not public, without a warning."""
    dependencies = tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"]
    assert [name for name in dependencies if name.startswith("aiosqlite")] == ["aiosqlite>=0.22.1,<0.23"]
    assert version("aiosqlite").startswith("0.22.")
