"""A running job on a platform that fails on request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mcp import Client

from rapidata_mcp.server.app import build_server
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud
from tests.faulty_platform import Ailing, Started
from tests.spending.test_lost_answers import SaysYes


@pytest.fixture
async def started(tmp_path: Path, clock: MovingClock) -> AsyncIterator[Started]:
    async with serve_cloud(tmp_path, clock) as cloud:
        ailing = cloud.answers.app = Ailing(cloud.answers.app)
        server = build_server(cloud.settings, clock, pages=False)
        async with Client(server, elicitation_callback=SaysYes()) as client:
            assistant = Assistant(client, clock)
            draft = await assistant.draft(pairs=50)
            clock.time += 5
            job = await assistant.call("assign_job", job_definition_id=draft, audience_id="global")
            yield Started(assistant, job["job_id"], ailing)
