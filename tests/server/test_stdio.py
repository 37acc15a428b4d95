"""The process `rapidata-mcp` serves MCP over standard input and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

COMMAND = [sys.executable, "-m", "rapidata_mcp"]


def environment(directory: Path) -> dict[str, str]:
    return {"RAPIDATA_MCP_DATA_DIR": str(directory), "RAPIDATA_MCP_PLATFORM": "local"}


@asynccontextmanager
async def process(directory: Path, era: str = "auto") -> AsyncIterator[Client]:
    server = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment(directory))
    with anyio.fail_after(60):
        async with Client(server, mode=era) as client:
            yield client


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content or {}


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_a_job_runs_in_real_time(tmp_path: Path, era: str) -> None:
    """In a process of its own, on the system's clock, within seconds."""
    async with process(tmp_path, era) as client:
        draft = await call(
            client, "create_compare_job", name="n", instruction="?", datapoints=[["a", "b"]], data_type="text"
        )
        job = await call(client, "assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
        state = "Running"
        with anyio.fail_after(30):  # several calls: each notable change ends a wait
            while state == "Running":
                state = (await call(client, "get_job", job_id=job["job_id"], wait_seconds=30))["state"]
    assert state == "Completed"
    assert draft["preview_url"].startswith("http://127.0.0.1:")


class Peer:
    """A client that reads and writes lines, so that it sees everything that the process writes."""

    def __init__(self, directory: Path) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(COMMAND, env=os.environ | environment(directory), text=True, **pipes)
        hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
        self.request("initialize", hello)
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdout
        self.send({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        while True:
            message = json.loads(self.process.stdout.readline())
            if "result" in message:
                return dict(message["result"])

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        return dict(self.request("tools/call", {"name": tool, "arguments": arguments})["structuredContent"])


def test_standard_output_has_only_messages_of_the_protocol(tmp_path: Path) -> None:
    """Every line is JSON-RPC, and the process ends when its input ends."""
    peer = Peer(tmp_path)
    peer.call("find_audiences")
    assert peer.process.stdin
    peer.process.stdin.close()
    rest = peer.process.stdout.read() if peer.process.stdout else ""
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert peer.process.wait(10) == 0
    assert peer.process.stdout
    peer.process.stdout.close()


def test_a_killed_process_loses_nothing_that_it_has_confirmed(tmp_path: Path) -> None:
    """After SIGKILL right after the answer, the next process knows the audience."""
    first = Peer(tmp_path)
    audience_id = first.call("create_audience", name="Kept")["audience_id"]
    first.process.send_signal(signal.SIGKILL)
    first.process.communicate()
    second = Peer(tmp_path)
    assert second.call("create_audience", name="Kept") | {"already_existed": True, "audience_id": audience_id} == (
        second.call("create_audience", name="Kept")
    )
    second.process.communicate(timeout=60)


def test_two_processes_share_one_data_directory(tmp_path: Path) -> None:
    """Each sees the audiences of the other, while both write."""
    one, two = Peer(tmp_path), Peer(tmp_path)
    for number in range(10):
        one.call("create_audience", name=f"one {number}")
        two.call("create_audience", name=f"two {number}")
    assert one.call("find_audiences", name="two")["total"] == two.call("find_audiences", name="one")["total"] == 10
    for peer in (one, two):
        peer.process.communicate(timeout=60)
