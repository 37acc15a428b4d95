"""PostgreSQL from the same text of SQL: the whole workflow, and what must not happen twice across processes."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from sqlalchemy import select, text

from rapidata_mcp.concurrency import gather
from rapidata_mcp.database import open_database, outages, postgresql
from rapidata_mcp.database.migrations import CURRENT
from rapidata_mcp.database.schema import Schema
from rapidata_mcp.errors import PlatformFailure, SettingsError
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import opened
from tests.contract.test_cards import same_as_the_file
from tests.database.fixtures import EARLIER, VERSIONS, Rows, copy, load
from tests.database.test_schema import FUTURE, assert_kept, structure
from tests.human_labeler import Person

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
pytestmark = pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed (Debian: apt-get install postgresql)")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A PostgreSQL server of our own on loopback; its address."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name  # it refuses to run as root
    directory = Path(tempfile.mkdtemp(prefix="rapidata-postgresql-"))
    shutil.chown(directory, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        command = [PROGRAMS[-1] / program, "-D", directory / "data", *arguments]
        as_user = {"user": user} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, cwd=directory, stdout=subprocess.DEVNULL, timeout=60, **as_user)

    run("initdb", "--auth=trust", "--username=postgres", "--no-sync")
    options = f"-p {port} -k {directory} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", "--wait", "--log", str(directory / "log"), "-o", options, "start")
    try:
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "--mode=immediate", "stop")
        shutil.rmtree(directory)


@pytest.fixture
async def database_url(cluster: str) -> str:
    """A database of its own for one test."""
    return await create_database(cluster)


@pytest.fixture
async def second_url(cluster: str) -> str:
    """Another one."""
    return await create_database(cluster)


async def create_database(cluster: str) -> str:
    import asyncpg

    name = f"test_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(cluster.replace("+asyncpg", "") + "/postgres")
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return f"{cluster}/{name}"


async def test_the_workflow_runs_on_postgresql(open_assistant: OpenAssistant, database_url: str) -> None:
    """Audience, qualification, draft, job, results; lists and their filters."""
    async with open_assistant(database_url=database_url) as assistant:
        audience_id = await assistant.audience()
        job_id = await assistant.job(audience_id)
        assert (await assistant.finished(job_id))["simulated_responses"] >= 30
        assert (await assistant.call("get_results", job_id=job_id))["completeness"] == "final"
        assert (await assistant.call("find_jobs", name="TEXT"))["total_jobs"] == 1
        assert (await assistant.call("get_audience", audience_id=audience_id))["graduated"] > 0


async def test_cards_on_postgresql_are_counted_as_in_the_file(
    open_assistant: OpenAssistant, database_url: str, settings: Settings, clock: MovingClock
) -> None:
    """Where the database counts, what it counts comes as text of its own making."""
    there = settings.model_copy(update={"database_url": database_url})
    async with open_assistant(database_url=database_url) as assistant, opened(there, clock) as call:
        job_id = await assistant.job(pairs=8, responses_per_datapoint=9)
        await assistant.finished(job_id)
        assert await same_as_the_file(assistant, call, job_id) == 8


async def test_two_servers_on_postgresql_share_one_budget_and_start_things_once(
    open_assistant: OpenAssistant, database_url: str, settings: Settings, clock: MovingClock
) -> None:
    """Ten quotes used by both at once, and a budget for three: three jobs, each named by both servers."""
    priced: dict[str, Any] = {"local_price": 0.01, "local_credit": 5.0, "max_spend_per_day": 1.0}
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(open_assistant(database_url=database_url, **priced)) for _ in range(2)
        ]
        orders = []
        for number in range(10):
            draft = await servers[0].draft(name=f"Job {number}")
            orders.append({"job_definition_id": draft, "audience_id": "global"})
        clock.time += 5
        for order in orders:
            order["quote"] = (await servers[0].call("assign_job", **order))["quote"]
        started: list[str] = []

        async def start(server: Any, order: dict[str, str]) -> None:
            result = await server.client.call_tool("assign_job", order)
            if not result.is_error:
                started.append(result.structured_content["job_id"])

        async with anyio.create_task_group() as group:
            for order in orders:
                for server in servers:
                    group.start_soon(start, server, order)
        found = await servers[1].call("find_jobs")
    assert found["total_jobs"] == 3
    assert sorted(started) == sorted(2 * [job["job_id"] for job in found["jobs"]])


@asynccontextmanager
async def by_hand(database_url: str) -> AsyncIterator[Any]:
    """A connection of somebody else to the same server."""
    import asyncpg

    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    try:
        yield connection
    finally:
        await connection.close()


async def test_a_peer_that_stopped_inside_its_transaction_holds_nobody_up_for_ever(
    open_assistant: OpenAssistant, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A labeler who waits for it sees that; when it has ended, everything goes on."""
    monkeypatch.setattr(outages, "BUSY_TIMEOUT_S", 1)
    async with open_assistant(database_url=database_url) as assistant, by_hand(database_url) as stopped:
        await stopped.execute("BEGIN; SELECT pg_advisory_xact_lock(7272)")
        refusal = await assistant.refusal("create_audience", name="Waits")
        assert "another process has been writing for more than 1 seconds" in refusal
        await stopped.execute("ROLLBACK")
        assert (await assistant.call("create_audience", name="Waits"))["already_existed"] is False


async def test_the_server_ends_the_transaction_of_a_process_that_was_stopped_in_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others write again; the stopped one learns that its changes were not kept."""
    monkeypatch.setattr(postgresql, "IDLE_S", 1)
    async with open_database(database_url) as stopped, open_database(database_url) as other:
        with pytest.raises(PlatformFailure, match="The database cannot be used"):
            async with stopped.write(), other.write() as connection:  # waits until the first is ended
                assert (await connection.execute(text("SELECT 1"))).scalar() == 1


async def test_an_outage_is_told_as_one(open_assistant: OpenAssistant, database_url: str, cluster: str) -> None:
    """Lost connections and refused ones alike; when the server is back, the next call works."""
    name = database_url.rpartition("/")[2]
    async with open_assistant(database_url=database_url) as assistant, by_hand(f"{cluster}/postgres") as owner:
        await assistant.call("create_audience", name="Before")
        await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        for _ in range(2):
            refusal = await assistant.refusal("create_audience", name="During")
            assert "The database cannot be used" in refusal
            assert "RAPIDATA_MCP_DATABASE_URL" in refusal
            assert "mistake" not in refusal
        await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert (await assistant.call("create_audience", name="After"))["already_existed"] is False


@pytest.fixture
async def servers(settings: Settings, database_url: str, clock: MovingClock) -> AsyncIterator[list[Any]]:
    """Two platforms of people on one database."""
    wanted = Settings(**settings.model_dump() | {"database_url": database_url, "crowd": 0})
    async with AsyncExitStack() as stack:
        databases = [await stack.enter_async_context(open_database(database_url)) for _ in range(2)]
        yield [await open_local(wanted, database, clock, Scenario()) for database in databases]


async def test_two_servers_on_postgresql_give_nothing_to_two_people(
    open_assistant: OpenAssistant, database_url: str, servers: list[Any]
) -> None:
    """One writes at a time: what one server takes for somebody, the other one sees."""
    async with open_assistant(database_url=database_url, crowd=0) as assistant:
        for number in range(5):
            job_id = await assistant.job(name=f"Job {number}", pairs=24, responses_per_datapoint=1)
            people = [Person(servers[number % 2], job_id) for number in range(12)]
            held: list[str] = []

            async def come(one: Person, held: list[str] = held) -> None:
                held += [task["id"] for task in (await one.begin())["tasks"]]

            async with anyio.create_task_group() as group:
                for one in people:
                    group.start_soon(come, one)
            assert sorted(held) == sorted(f"{job_id}.{position}" for position in range(24))


async def test_people_at_two_servers_on_postgresql_label_one_job(
    open_assistant: OpenAssistant, database_url: str, servers: list[Any]
) -> None:
    """Twelve of them, each answer sent to both servers at once: each pair is answered as often as it needs."""
    async with open_assistant(database_url=database_url, crowd=0) as assistant:
        audience_id = await assistant.audience()
        job_id = await assistant.job(audience_id, pairs=10, responses_per_datapoint=4)
        given: list[str] = []

        async def work(number: int) -> None:
            one, same = Person(servers[number % 2], job_id), Person(servers[1 - number % 2], job_id)
            await one.begin()
            same.browser.cookies = one.browser.cookies
            turn = await one.qualify()
            while turn["tasks"]:
                task = turn["tasks"][0]["id"]
                given.append(task)
                await gather(one.answer(task, 0), same.answer(task, 1))
                turn = await one.act("next")

        async with anyio.create_task_group() as group:
            for number in range(12):
                group.start_soon(work, number)
        status = await assistant.call("get_job", job_id=job_id)
        audience = await assistant.call("get_audience", audience_id=audience_id)
    assert Counter(given) == {f"{job_id}.{position}": 4 for position in range(10)}
    assert (status["state"], status["human_responses"]) == ("Completed", 40)
    assert audience["graduated"] == 12


async def structure_and_rows(url: str, schema: Schema = CURRENT) -> tuple[dict[str, Any], Rows]:
    """The structure of a database after it was opened, and the rows of each table."""
    async with open_database(url, schema) as opened_database, opened_database.read() as connection:
        rows = {}
        for name, table in schema.metadata.tables.items():
            rows[name] = [dict(row) for row in (await connection.execute(select(table))).mappings()]
        return await connection.run_sync(structure), rows


@pytest.mark.parametrize("schema", EARLIER)
async def test_a_database_of_an_earlier_schema_is_upgraded_on_postgresql(
    schema: str, database_url: str, second_url: str, tmp_path: Path
) -> None:
    """By the first of three that open it at the same time. Every row is kept."""
    before = await copy(load(schema, tmp_path / "earlier.db"), database_url)
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(structure_and_rows, database_url)
    upgraded, after = await structure_and_rows(database_url)
    assert upgraded == (await structure_and_rows(second_url))[0]
    assert_kept(before, after)


async def test_a_job_runs_on_an_upgraded_database_on_postgresql(
    database_url: str, tmp_path: Path, open_assistant: OpenAssistant
) -> None:
    """The oldest one, which lacks the most."""
    await copy(load(EARLIER[0], tmp_path / "earlier.db"), database_url)
    async with open_assistant(database_url=database_url) as assistant:
        await assistant.finished(await assistant.job(await assistant.audience(name="Writers")))


@pytest.mark.parametrize("schema", [EARLIER[0], VERSIONS[-1]])
async def test_a_column_that_a_later_version_adds_to_the_ledger_is_added_on_postgresql(
    schema: str, database_url: str, second_url: str, tmp_path: Path
) -> None:
    """And this program refuses the database from then on."""
    await copy(load(schema, tmp_path / "earlier.db"), database_url)
    upgraded, rows = await structure_and_rows(database_url, FUTURE)
    assert upgraded == (await structure_and_rows(second_url, FUTURE))[0]
    assert all(row["note"] == row["kind"] for row in rows["ledger"])
    with pytest.raises(SettingsError, match=r"\(schema 2\)"):
        await structure_and_rows(database_url)


async def test_a_table_of_another_program_on_postgresql_is_never_changed(database_url: str) -> None:
    """An earlier version added 25 columns to such a table. Now the database stays as it is."""
    async with by_hand(database_url) as owner:
        await owner.execute("CREATE TABLE jobs (id INTEGER, title TEXT)")
        with pytest.raises(SettingsError, match=r"not from rapidata-mcp: jobs\. Nothing was changed"):
            await structure_and_rows(database_url)
        columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        assert {tuple(row) for row in await owner.fetch(columns)} == {("jobs", "id"), ("jobs", "title")}


async def test_a_user_who_may_not_create_tables_on_postgresql_reads_a_sentence(database_url: str) -> None:
    """Since PostgreSQL 15, only the owner of a database may."""
    async with by_hand(database_url) as owner:
        await owner.execute(
            "DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC"
        )
    with pytest.raises(SettingsError, match="permission denied for schema public"):
        await structure_and_rows(database_url.replace("postgres@", "guest@"))
