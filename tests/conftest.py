"""Shared by all tests: a clock that is moved, settings in a directory of their own, the ways in, and the markers."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock

STARTS_PROCESSES = re.compile(r"\bsubprocess\b|open_process|StdioServerParameters|command\(")
OPENS_SOCKETS = re.compile(
    r"serve_cloud|\bserved?\(|uvicorn|create_server|tests\.contract\.served|serve_pages|large_job"
)
SOCKET_FIXTURES = {"started", "open_platform", "platform", "sdk", "world"}
LEFT_OUT = {"browser", "postgresql", "process", "socket"}
"""The markers of tests that `make quick` leaves out."""
running: list[pytest.Item] = []
"""The test that runs now, for the audit hook below."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out, by folder, fixtures, and what a file uses."""
    sources: dict[Path, str] = {}
    for item in items:
        source = sources.setdefault(item.path, item.path.read_text(encoding="utf-8"))
        if "browser" in item.path.parts:
            item.add_marker("browser")
        elif item.path.name == "test_postgresql.py":
            item.add_marker("postgresql")
            item.add_marker(pytest.mark.xdist_group("postgresql"))
        elif STARTS_PROCESSES.search(source):
            item.add_marker("process")
        elif OPENS_SOCKETS.search(source) or SOCKET_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("socket")


def _refuse_unmarked(event: str, _arguments: object) -> None:
    if event in ("subprocess.Popen", "socket.bind") and running and not LEFT_OUT & set(running[0].keywords):
        raise RuntimeError(f"{running[0].nodeid}: {event} without a marker, so `make quick` would not leave it out.")


sys.addaudithook(_refuse_unmarked)


@pytest.fixture(autouse=True)
def _note_running_test(request: pytest.FixtureRequest) -> Iterator[None]:
    running.append(request.node)
    yield
    running.clear()


OpenAssistant = Callable[..., AbstractAsyncContextManager[Assistant]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", platform="local")


@pytest.fixture
def open_assistant(settings: Settings, clock: MovingClock) -> OpenAssistant:
    """Opens an MCP client on a server in memory, in either era of the protocol."""

    @asynccontextmanager
    async def open_one(
        era: str = "auto",
        scenario: Scenario | None = None,
        user: Any = None,
        approval_timeout: float = 5,
        **changes: Any,
    ) -> AsyncIterator[Assistant]:
        wanted = Settings(**settings.model_dump() | changes)
        server = build_server(wanted, clock, scenario, pages=False, approval_timeout=approval_timeout)
        with anyio.fail_after(60):
            async with Client(server, mode=era, elicitation_callback=user) as client:
                yield Assistant(client, clock)

    return open_one


@pytest.fixture
async def assistant(open_assistant: OpenAssistant) -> AsyncIterator[Assistant]:
    async with open_assistant() as one:
        yield one
