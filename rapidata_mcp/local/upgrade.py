"""Databases of earlier versions: columns that have been added since are added to them."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.schema import CreateColumn

from rapidata_mcp.database import Database


async def upgrade(database: Database, metadata: MetaData) -> None:
    """Create the tables that do not exist yet, and add to those that do the columns they lack."""
    await database.create(metadata)
    async with database.write() as connection:
        await connection.run_sync(_add_columns, metadata)


def _add_columns(connection: Connection, metadata: MetaData) -> None:
    existing = inspect(connection)
    for table in metadata.tables.values():
        present = {column["name"] for column in existing.get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f'ALTER TABLE "{table.name}" ADD COLUMN {definition}'))
