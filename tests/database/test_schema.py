"""Databases of every earlier schema are upgraded; those of newer programs and of other programs are left alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, inspect

from rapidata_mcp.database import open_database
from rapidata_mcp.database.migrations import CURRENT
from rapidata_mcp.database.schema import Migration, Schema
from rapidata_mcp.errors import SettingsError
from rapidata_mcp.settings import Settings
from tests.conftest import OpenAssistant
from tests.database.fixtures import EARLIER, UNVERSIONED, VERSIONS, Rows, dump, load, read_rows

_, LEDGER, UPLOADS = CURRENT.groups
CLOUD = LEDGER | UPLOADS | {"quotes", "spends"}


@pytest.fixture
def path(settings: Settings) -> Path:
    """Where the database is."""
    settings.data_dir.mkdir()
    return settings.data_dir / "rapidata.db"


def structure(connection: Connection) -> dict[str, Any]:
    """Columns, keys and indexes of all tables. Order and defaults differ between created and upgraded tables."""
    inspector = inspect(connection)
    return {
        table: (
            {(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)},
            inspector.get_pk_constraint(table)["constrained_columns"],
            sorted(map(str, inspector.get_foreign_keys(table))),
            {(index["name"], *index["column_names"], index["unique"]) for index in inspector.get_indexes(table)},
        )
        for table in inspector.get_table_names()
    }


async def structure_of(url: str, schema: Schema = CURRENT) -> dict[str, Any]:
    """The structure of a database after it was opened."""
    async with open_database(url, schema) as database, database.read() as connection:
        return await connection.run_sync(structure)


def assert_kept(before: Rows, after: Rows) -> None:
    """Every row of before is there, with the same values."""
    for table in before.keys() - {"rapidata_mcp_schema"}:
        kept = [{column: row[column] for column in before[table][0]} for row in after[table]]
        assert sorted(kept, key=repr) == sorted(before[table], key=repr), table


@pytest.fixture
async def fresh(tmp_path: Path) -> dict[str, Any]:
    """The structure of a new database."""
    return await structure_of(f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}")


@pytest.mark.parametrize("schema", EARLIER)
async def test_a_database_of_an_earlier_schema_is_upgraded(schema: str, path: Path, fresh: dict[str, Any]) -> None:
    """Every table gets what it lacks and keeps its rows."""
    url = load(schema, path)
    before = read_rows(path)
    assert all(before.values()), "every table of a fixture has rows"
    assert await structure_of(url) == fresh
    assert_kept(before, read_rows(path))


@pytest.mark.parametrize("schema", UNVERSIONED)
@pytest.mark.parametrize("on_cloud", [True, False], ids=["cloud", "platform"])
async def test_a_database_with_some_of_the_tables_is_upgraded(
    schema: str, on_cloud: bool, path: Path, fresh: dict[str, Any]
) -> None:
    """A program on the cloud did not create the local platform's tables, and `rapidata-mcp platform` only those."""
    url = load(schema, path)
    missing = [table for table in read_rows(path) if (table not in CLOUD) == on_cloud]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(f"DROP TABLE {table};" for table in missing))
    before = read_rows(path)
    assert await structure_of(url) == fresh
    assert_kept(before, read_rows(path))


@pytest.mark.parametrize("schema", EARLIER)
async def test_everything_works_on_an_upgraded_database(
    schema: str, path: Path, settings: Settings, open_assistant: OpenAssistant
) -> None:
    """Create, upload, price, approve, start and spend within the budget; what was there is found."""
    load(schema, path)
    spent = sum(row["estimate"] for row in read_rows(path).get("spends", ()) if row["day"] == "2027-01-15")
    money: dict[str, Any] = {"local_price": 0.01, "local_credit": 50.0, "max_spend_per_day": spent + 0.05}
    async with open_assistant(approval="quote", **money) as assistant:
        known = await assistant.call("create_audience", name="Readers")
        assert known["already_existed"] == (schema != "unversioned_1")  # its ledger had keys of another form
        audience_id = await assistant.audience(name="Writers")
        pictures = [["https://assets.rapidata.ai/new_1.jpg", "https://assets.rapidata.ai/new_2.jpg"]]
        drafts = [
            await assistant.draft(name=name, datapoints=pictures, data_type="media", responses_per_datapoint=4)
            for name in ("First", "Second")
        ]
        assistant.clock.time += 10
        start = {"job_definition_id": drafts[0], "audience_id": "global"}
        quote = (await assistant.call("assign_job", **start))["quote"]
        job_id = (await assistant.call("assign_job", quote=quote, **start))["job_id"]
        await assistant.finished(job_id)
        refusal = await assistant.refusal("assign_job", job_definition_id=drafts[1], audience_id=audience_id)
        assert "today's limit" in refusal
        assert (await assistant.call("find_jobs", name="Halfway"))["total_jobs"] == 1
    sources = {row["source"] for row in read_rows(path)["uploads"]}
    assert sources >= set(pictures[0])


@pytest.mark.parametrize("schema", UNVERSIONED)
async def test_the_load_of_a_job_is_counted_from_its_responses_and_assignments(schema: str, path: Path) -> None:
    """Otherwise labelers would be asked for more responses than the job needs."""
    await structure_of(load(schema, path))
    rows = read_rows(path)
    for datapoint in rows["job_datapoints"]:
        place = (datapoint["job_id"], datapoint["position"])
        work = [row for table in ("responses", "assignments") for row in rows[table]]
        assert datapoint["load"] == sum((row["job_id"], row["position"]) == place for row in work)


FUTURE = Schema(
    MetaData(),
    (*CURRENT.migrations, Migration(columns={"ledger.note": "UPDATE ledger SET note = kind"}, tables={"later"})),
    CURRENT.groups,
)
for current in CURRENT.metadata.tables.values():
    current.to_metadata(FUTURE.metadata)
FUTURE.metadata.tables["ledger"].append_column(Column("note", String, index=True))
Table("later", FUTURE.metadata, Column("id", String, primary_key=True))


@pytest.mark.parametrize("schema", [*UNVERSIONED, *VERSIONS])
async def test_a_column_that_a_later_version_adds_to_the_ledger_is_added(schema: str, path: Path) -> None:
    """The ledger is upgraded like every other table, and the column is filled in existing rows."""
    url = load(schema, path)
    before = read_rows(path)
    assert await structure_of(url, FUTURE) == await structure_of(f"{url}.fresh", FUTURE)
    assert_kept(before, read_rows(path))
    assert all(row["note"] == row["kind"] for row in read_rows(path)["ledger"])


async def test_a_database_of_a_newer_program_is_refused(
    path: Path, settings: Settings, open_assistant: OpenAssistant
) -> None:
    """The sentence has both versions and what to do. Nothing is changed."""
    await structure_of(settings.database, FUTURE)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE rapidata_mcp_schema SET program = '9.9.9'")
    before = dump(path)
    async with open_assistant() as assistant:
        refusal = await assistant.refusal("find_audiences")
    assert "written by rapidata-mcp 9.9.9 (schema 2)" in refusal
    assert "(schema 1). Nothing was changed. Update rapidata-mcp, or set RAPIDATA_MCP_DATA_DIR" in refusal
    assert dump(path) == before


def test_the_platform_command_refuses_a_newer_database_in_a_sentence(tmp_path: Path) -> None:
    """A server that fails while it starts would print a traceback."""
    load(VERSIONS[-1], tmp_path / "rapidata.db")
    with closing(sqlite3.connect(tmp_path / "rapidata.db")) as connection, connection:
        connection.execute("UPDATE rapidata_mcp_schema SET version = 99")
    command = [Path(sys.executable).parent / "rapidata-mcp", "platform", "--data-dir", tmp_path]
    process = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert process.returncode == 1
    assert process.stderr.startswith("rapidata-mcp: The database was written by")


FOREIGN = {
    "a table with other columns": "CREATE TABLE jobs (id INTEGER, title TEXT)",
    "a view": "CREATE VIEW jobs AS SELECT 1 AS id",
    "a table with columns of ours and more": "CREATE TABLE uploads (account, source, file_name, size)",
    "a part of our tables": "CREATE TABLE labelers (id, simulated, country, language, age, gender, occupation)",
    "a table with our columns, alone": "CREATE TABLE keys (name TEXT, value TEXT)",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
async def test_a_table_of_another_program_is_never_changed(statement: str, path: Path, settings: Settings) -> None:
    """A database that has the name of a table of ours for something else is refused in a sentence."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    before = dump(path)
    with pytest.raises(SettingsError, match=r"not from rapidata-mcp: \w+\. Nothing was changed\. To keep"):
        await structure_of(settings.database)
    assert dump(path) == before


async def test_a_foreign_table_with_the_name_of_a_later_table_is_not_taken_for_it(path: Path) -> None:
    """Also if the rest of the database is ours."""
    url = load(VERSIONS[-1], path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE later (anything)")
    with pytest.raises(SettingsError, match="not from rapidata-mcp: later"):
        await structure_of(url, FUTURE)


async def test_tables_with_other_names_are_left_alone(path: Path, settings: Settings, fresh: dict[str, Any]) -> None:
    """Other programs can have their tables in the same database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE customers (id INTEGER)")
    assert (await structure_of(settings.database)).keys() == fresh.keys() | {"customers"}


async def test_an_upgrade_that_fails_changes_nothing(path: Path) -> None:
    """It is one transaction."""
    url = load("unversioned_1", path)
    broken = replace(
        FUTURE, migrations=(*FUTURE.migrations[:-1], Migration(columns={"ledger.note": "UPDATE missing SET x = 1"}))
    )
    before = dump(path)
    with pytest.raises(SettingsError, match="no such table: missing"):
        await structure_of(url, broken)
    assert dump(path) == before


@pytest.mark.parametrize("schema", ["new", *EARLIER])
async def test_processes_that_start_at_the_same_time_upgrade_once(
    schema: str, path: Path, settings: Settings, fresh: dict[str, Any]
) -> None:
    """Each waits for the one that came first, and then uses what it did."""
    if schema != "new":
        load(schema, path)

    async def start() -> None:
        assert await structure_of(settings.database) == fresh

    async with anyio.create_task_group() as group:
        for _ in range(6):
            group.start_soon(start)


async def test_a_changed_schema_has_a_version_and_a_fixture_of_its_own(tmp_path: Path, fresh: dict[str, Any]) -> None:
    """After a change of tables.py: append a migration, then run `python -m tests.database.fixtures`."""
    path = tmp_path / "saved.db"
    load(VERSIONS[-1], path)
    before = dump(path)
    assert await structure_of(f"sqlite+aiosqlite:///{path}") == fresh
    assert dump(path) == before, "the newest fixture is current"
