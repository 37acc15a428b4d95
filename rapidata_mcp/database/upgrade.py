"""Databases of earlier versions: columns and indexes that have been added since are added to them."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateColumn

from rapidata_mcp.database.tables import metadata

FILLED = {
    ("job_datapoints", "load"): "UPDATE job_datapoints SET load = (SELECT COUNT(*) FROM responses r WHERE "
    "r.job_id = job_datapoints.job_id AND r.position = job_datapoints.position) + (SELECT COUNT(*) FROM assignments a "
    "WHERE a.job_id = job_datapoints.job_id AND a.position = job_datapoints.position)"
}
"""What a new column holds for rows that were there before, where that follows from other tables."""


def upgrade(connection: Connection) -> None:
    """Create missing tables, and add missing columns to existing tables."""
    metadata.create_all(connection)
    existing = inspect(connection)
    for table in metadata.tables.values():
        present = {column["name"] for column in existing.get_columns(table.name)}
        added = [column for column in table.columns if column.name not in present]
        for column in added:
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f'ALTER TABLE "{table.name}" ADD COLUMN {definition}'))
            if (table.name, column.name) in FILLED:
                connection.execute(text(FILLED[table.name, column.name]))
        for index in table.indexes if added else ():
            index.create(connection, checkfirst=True)
