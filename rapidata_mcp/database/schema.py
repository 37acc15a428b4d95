"""The schema of the database: its version, and how a database gets to it.

One row in the database holds the version; a normal start only reads it, in 1 ms. An upgrade is one write transaction:
it happens once and as a whole, also if several processes start at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from sqlalchemy import Connection, MetaData, delete, insert, inspect, select, text
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.schema import CreateColumn

from rapidata_mcp import __version__
from rapidata_mcp.database.tables import schema_version
from rapidata_mcp.errors import SettingsError

ELSEWHERE = "set RAPIDATA_MCP_DATA_DIR or RAPIDATA_MCP_DATABASE_URL to another database"

Columns = Mapping[str, Set[str]]
"""The column names of each table."""


@dataclass(frozen=True)
class Migration:
    """The additions from one version of the schema to the next. `tables.py` has their definitions."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    """New columns as `table.column`, each with the SQL that fills it in existing rows, or None."""
    tables: Set[str] = frozenset()


@dataclass(frozen=True)
class Schema:
    """All tables in their current form, and the migrations from earlier forms, oldest first.

    Migration 1 starts from a database without a version. Its tables can lack any of the columns of that migration, and
    not all tables need to be there: on the cloud, those of the local platform were not created.
    """

    metadata: MetaData
    migrations: tuple[Migration, ...]
    groups: tuple[Set[str], ...]
    """Tables that programs without a version always created together."""

    @property
    def version(self) -> int:
        """The version that the migrations lead to."""
        return len(self.migrations)

    def is_current(self, connection: Connection) -> bool:
        """Whether the database has this version.

        Raises:
            SettingsError: a newer program wrote the database.
        """
        return self._read_version(connection) == self.version

    def upgrade(self, connection: Connection) -> None:
        """Bring the database to this version. The connection must hold the lock for writing.

        Raises:
            SettingsError: a newer program wrote the database, or another program has a table of the same name in it.
        """
        version = self._read_version(connection)
        if version == self.version:  # another process upgraded it first
            return
        present = self._read_columns(connection)
        _refuse_foreign(self._foreign(present, version))
        for migration in self.migrations[version:]:
            _add_columns(connection, self.metadata, migration, present)
        self.metadata.create_all(connection)
        for table in self.metadata.tables.values():
            for index in table.indexes:
                index.create(connection, checkfirst=True)
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version), {"version": self.version, "program": __version__})

    def _read_version(self, connection: Connection) -> int:
        """Return the version of the database, or 0 if it has none."""
        if not inspect(connection).has_table(schema_version.name):
            return 0
        row = connection.execute(select(schema_version)).one()
        if row.version > self.version:
            raise SettingsError(
                f"The database was written by rapidata-mcp {row.program} (schema {row.version}). This is rapidata-mcp "
                f"{__version__}, which is older (schema {self.version}). Nothing was changed.",
                f"Update rapidata-mcp, or {ELSEWHERE}.",
            )
        return int(row.version)

    def _read_columns(self, connection: Connection) -> Columns:
        """Return the columns of the tables and views in the database that have the names of our tables."""
        reflected = inspect(connection).get_multi_columns(kind=ObjectKind.ANY, filter_names=list(self.metadata.tables))
        return {name: {column["name"] for column in columns} for (_, name), columns in reflected.items()}

    def _foreign(self, present: Columns, version: int) -> Set[str]:
        """Return the tables with the names of our tables that no earlier version created."""
        added_later = set().union(*(migration.tables for migration in self.migrations[max(version, 1) :]))
        foreign = added_later & present.keys()
        if version == 0 and present:
            foreign |= {table for table in present if not self._matches(table, present[table])}
            if not any(group <= present.keys() for group in self.groups):
                foreign |= present.keys()
            foreign.update(*(group & present.keys() for group in self.groups if not group <= present.keys()))
        return foreign

    def _matches(self, table: str, columns: Set[str]) -> bool:
        """Whether a program without a version could have created a table with these columns."""
        first, *later = (_columns_of(table, migration) for migration in self.migrations)
        most = set(self.metadata.tables[table].columns.keys()).difference(*later)
        return most - first <= columns <= most


def _columns_of(table: str, migration: Migration) -> set[str]:
    return {column.partition(".")[2] for column in migration.columns if column.startswith(f"{table}.")}


def _add_columns(connection: Connection, metadata: MetaData, migration: Migration, present: Columns) -> None:
    """Add the migration's columns to the tables that lack them. A table that does not exist is created afterwards."""
    for column, fill in migration.columns.items():
        table, _, name = column.partition(".")
        if table in present and name not in present[table]:
            definition = CreateColumn(metadata.tables[table].columns[name]).compile(dialect=connection.dialect)
            connection.execute(text(f'ALTER TABLE "{table}" ADD COLUMN {definition}'))
            if fill is not None:
                connection.execute(text(fill))


def _refuse_foreign(tables: Set[str]) -> None:
    if tables:
        raise SettingsError(
            f"The database already has tables of these names, not from rapidata-mcp: {', '.join(sorted(tables))}. "
            "Nothing was changed.",
            f"To keep the two apart, {ELSEWHERE}.",
        )
