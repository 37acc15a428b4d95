"""PostgreSQL from the same text of SQL: the whole workflow, and what must not happen twice across processes."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest

from rapidata_mcp.database import open_database
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.scenario import Scenario
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import opened
from tests.contract.test_cards import same_as_the_file
from tests.person import Person

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


async def test_people_at_two_servers_on_postgresql_label_one_job(
    open_assistant: OpenAssistant, database_url: str, settings: Settings, clock: MovingClock
) -> None:
    """Twelve at once, qualified first: each pair is given as often as it needs, to different people."""
    wanted = Settings(**settings.model_dump() | {"database_url": database_url, "crowd": 0})
    async with AsyncExitStack() as stack:
        assistant = await stack.enter_async_context(open_assistant(database_url=database_url, crowd=0))
        audience_id = await assistant.audience()
        job_id = await assistant.job(audience_id, pairs=10, responses_per_datapoint=4)
        apps = []
        for _ in range(2):
            database = await stack.enter_async_context(open_database(database_url))
            apps.append(await open_local(wanted, database, clock, Scenario()))
        people = [Person(apps[number % 2], job_id) for number in range(12)]
        given: list[dict[str, int]] = []

        async def work(one: Person) -> None:
            await one.begin()
            await one.qualify()
            given.append(await one.label())

        async with anyio.create_task_group() as group:
            for one in people:
                group.start_soon(work, one)
        status = await assistant.call("get_job", job_id=job_id)
        audience = await assistant.call("get_audience", audience_id=audience_id)
    times = Counter(task for one in given for task in one)
    assert times == {f"{job_id}.{position}": 4 for position in range(10)}
    assert (status["state"], status["human_responses"]) == ("Completed", 40)
    assert audience["graduated"] == 12
