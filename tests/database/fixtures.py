"""Databases as earlier programs wrote them: dumps of SQLite, with rows in every table.

    python -m tests.database.fixtures

saves the current schema as the next of them: the newest dump, upgraded.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from sqlalchemy import Boolean, Integer, MetaData, create_engine, event, insert, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from rapidata_mcp.database import open_database
from rapidata_mcp.database.migrations import CURRENT

SCHEMAS = Path(__file__).parent / "schemas"
UNVERSIONED = sorted(path.stem for path in SCHEMAS.glob("unversioned_*.sql"))
VERSIONS = [f"version_{number}" for number in range(1, CURRENT.version + 1)]
EARLIER = [*UNVERSIONED, *VERSIONS[:-1]]

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each table, by their columns."""


def load(schema: str, path: Path) -> str:
    """Make a database from a dump; its URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{schema}.sql").read_text())
    return f"sqlite+aiosqlite:///{path}"


def dump(path: Path) -> str:
    """Everything in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def read_rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}


async def copy(url: str, target: str) -> Rows:
    """Copy a database in a file to an empty one on PostgreSQL; the rows of each table."""
    metadata = MetaData()

    @event.listens_for(metadata, "column_reflect")
    def generalize(_inspector: Any, _table: Any, column: Any) -> None:
        column["type"] = column["type"].as_generic()
        if isinstance(column["type"], Boolean) and column["default"]:
            column["default"] = "true"

    file, engine = create_engine(url.replace("+aiosqlite", "")), create_async_engine(target)
    async with engine.begin() as connection:
        with file.connect() as source:
            metadata.reflect(source)
            tables = metadata.sorted_tables
            rows = {table.name: [dict(row) for row in source.execute(select(table)).mappings()] for table in tables}
        await connection.run_sync(metadata.create_all)
        for table in tables:
            await connection.execute(insert(table), rows[table.name])
            if "id" in table.c and isinstance(table.c.id.type, Integer):
                highest = f"(SELECT MAX(id) FROM {table.name})"
                await connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {highest})")
                )
    await engine.dispose()
    file.dispose()
    return rows


async def _upgrade(url: str) -> None:
    async with open_database(url):
        pass


def save() -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "rapidata.db"
        anyio.run(_upgrade, load(EARLIER[-1], path))
        (SCHEMAS / f"{VERSIONS[-1]}.sql").write_text(dump(path))


if __name__ == "__main__":
    save()
