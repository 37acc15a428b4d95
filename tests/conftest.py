"""What all tests share: a clock that is moved, settings in a directory of their own, and the ways in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
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
        patience: float = 5,
        **changes: Any,
    ) -> AsyncIterator[Assistant]:
        wanted = Settings(**settings.model_dump() | changes)
        server = build_server(wanted, clock, scenario, pages=False, approval_timeout=patience)
        with anyio.fail_after(60):
            async with Client(server, mode=era, elicitation_callback=user) as client:
                yield Assistant(client, clock)

    return open_one


@pytest.fixture
async def assistant(open_assistant: OpenAssistant) -> AsyncIterator[Assistant]:
    async with open_assistant() as one:
        yield one
