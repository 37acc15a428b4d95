"""A platform without a crowd, and people who come to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import anyio
import pytest

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.human_labeler import Person

Come = Callable[[str], Person]


@pytest.fixture
async def people_only(open_assistant: OpenAssistant) -> AsyncIterator[Assistant]:
    async with open_assistant(crowd=0, toolsets="all") as one:
        yield one


@pytest.fixture
async def come(settings: Settings, clock: MovingClock) -> AsyncIterator[Come]:
    """Lets somebody new follow a link to the platform that the assistant works on."""
    crowdless = Settings(**settings.model_dump() | {"crowd": 0})
    async with open_database(settings.database) as database:
        app = await open_local(crowdless, database, clock, Scenario())
        with anyio.fail_after(60):
            yield lambda link: Person(app, link)
