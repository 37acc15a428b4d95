"""Processes are killed, and work at the same time. Things are still made once."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.cloud import Cloud, serve_cloud

PAIRS = [[f"https://a.test/{n}a.jpg", f"https://a.test/{n}b.jpg"] for n in range(20)]
JOB = {"name": "Killed", "instruction": "Which?", "datapoints": PAIRS}


@dataclass
class KillingRequests:
    """Kills a process when its request with number `at` (from 0), or this one, has taken effect, before the answer."""

    app: ASGIApp
    at: int | str
    process: anyio.abc.Process | None = None
    seen: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.process is not None:
            self.seen.append(f"{scope['method']} {scope['path']}")
            if self.at in (len(self.seen) - 1, self.seen[-1]):
                await self.app(scope, receive, _nobody)
                os.kill(self.process.pid, signal.SIGKILL)
                return
        await self.app(scope, receive, send)


async def _nobody(_message: Any) -> None:
    """Drop the answer."""


# dataset, batch upload, its status, its result, datapoints, the last of them, definition
@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 12, 23, 24])
async def test_a_killed_create_is_finished_by_the_same_call(tmp_path: Path, clock: MovingClock, at: int) -> None:
    """Whichever step kills the process, there is one data set in use with 20 datapoints, and one definition."""
    async with serve_cloud(tmp_path, clock) as cloud:
        with anyio.fail_after(60):
            await killed(cloud, at, "create_compare_job", JOB)
            async with Client(build_server(cloud.settings, pages=False)) as client:
                assistant = Assistant(client, clock)
                draft = await assistant.call("create_compare_job", **JOB)
                page = await assistant.call("find_jobs")
    assert draft["datapoints"] == 20
    assert [row["job_definition_id"] for row in page["drafts"]] == [draft["job_definition_id"]]


@pytest.mark.parametrize("at", [3, "POST /job"])
async def test_a_killed_start_is_found_by_the_same_call(tmp_path: Path, clock: MovingClock, at: int | str) -> None:
    """Killed before or after the start, there is one job, and it counts once."""
    async with serve_cloud(tmp_path, clock) as cloud:
        settings = Settings(**cloud.settings.model_dump() | {"max_spend_per_day": 0.5})
        clock.time = time.time()  # by which the process goes that is killed
        async with Client(build_server(settings, clock, pages=False)) as client:
            assistant = Assistant(client, clock)
            order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
            clock.time += 5
            order["quote"] = (await assistant.call("assign_job", **order))["quote"]
            with anyio.fail_after(60):
                await killed(cloud, at, "assign_job", order)
            clock.time = max(clock.time, time.time()) + 61  # the killed process goes by real time
            job = await assistant.call("assign_job", **order)
            page = await assistant.call("find_jobs")
            assert [row["job_id"] for row in page["jobs"]] == [job["job_id"]]
            other = {"job_definition_id": await assistant.draft(name="Other"), "audience_id": "global"}
            clock.time += 5
            assert "$0.20 of $0.50" in await assistant.refusal("assign_job", **other)


async def killed(cloud: Cloud, at: int | str, tool: str, arguments: dict[str, Any]) -> None:
    """Call a tool in another process, which is killed at this request."""
    killer = KillingRequests(cloud.answers.app, at)
    cloud.answers.app = killer
    environment = {
        "RAPIDATA_MCP_PLATFORM": "cloud",
        "RAPIDATA_MCP_API_URL": cloud.settings.api,
        "RAPIDATA_TOKEN_FILE": str(cloud.settings.token_file),
        "RAPIDATA_MCP_DATA_DIR": str(cloud.settings.data_dir),
    }
    command = [sys.executable, "-m", "rapidata_mcp"]
    async with await anyio.open_process(command, env=os.environ | environment, stderr=None) as process:
        killer.process = process
        await _call(process, tool, arguments)
        await process.wait()
    killer.process = None
    assert process.returncode == -signal.SIGKILL


async def _call(process: anyio.abc.Process, tool: str, arguments: dict[str, Any]) -> None:
    """Initialize the session and call a tool, without waiting for answers."""
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}},
    ]
    assert process.stdin is not None
    await process.stdin.send("".join(json.dumps(message) + "\n" for message in messages).encode())


@asynccontextmanager
async def process_of(directory: Path) -> AsyncIterator[Client]:
    environment = {
        "RAPIDATA_MCP_PLATFORM": "local",
        "RAPIDATA_MCP_DATA_DIR": str(directory),
        "RAPIDATA_MCP_LOCAL_PRICE": "0.01",
    }
    server = StdioServerParameters(command=sys.executable, args=["-m", "rapidata_mcp"], env=environment)
    async with Client(server) as client:
        yield client


async def test_one_quote_used_by_many_starts_one_job(tmp_path: Path) -> None:
    """Twenty calls at once with one quote, from two processes, start one job and return its id."""
    with anyio.fail_after(60):
        async with process_of(tmp_path) as one, process_of(tmp_path) as two:
            draft = await one.call_tool(
                "create_compare_job", {"name": "n", "instruction": "?", "datapoints": [["a", "b"]], "data_type": "text"}
            )
            order = {"job_definition_id": draft.structured_content["job_definition_id"], "audience_id": "global"}
            quoted = await one.call_tool("assign_job", order)
            while quoted.is_error:  # it takes a moment until the platform has priced it
                await anyio.sleep(0.2)
                quoted = await one.call_tool("assign_job", order)
            order["quote"] = quoted.structured_content["quote"]
            jobs = []

            async def start(client: Client) -> None:
                result = await client.call_tool("assign_job", order)
                assert not result.is_error, result.content
                jobs.append(result.structured_content)

            async with anyio.create_task_group() as group:
                for _ in range(10):
                    group.start_soon(start, one)
                    group.start_soon(start, two)
            page = (await one.call_tool("find_jobs", {})).structured_content
    assert len({job["job_id"] for job in jobs}) == 1
    assert sum(not job["already_existed"] for job in jobs) == 1
    assert page["total_jobs"] == 1
