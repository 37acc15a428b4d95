"""An account whose bill and balance are hidden from its credentials."""

from __future__ import annotations

from pathlib import Path

import pytest
from mcp import Client

from rapidata_mcp.server.app import build_server
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud
from tests.faulty_platform import Ailing
from tests.spending.test_lost_answers import SaysYes


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_hidden_bill_breaks_nothing(tmp_path: Path, clock: MovingClock, status: int) -> None:
    """Drafts, starts and statuses work without a balance; the cost of a job is calculated from its price."""
    async with serve_cloud(tmp_path, clock) as cloud:
        cloud.answers.app = Ailing(cloud.answers.app, fails="GET /billing", status=status)
        async with Client(build_server(cloud.settings, clock, pages=False), elicitation_callback=SaysYes()) as client:
            assistant = Assistant(client, clock)
            draft = await assistant.draft()
            clock.time += 5
            shown = await assistant.call("get_job", job_definition_id=draft)
            job = await assistant.call("assign_job", job_definition_id=draft, audience_id="global")
            await assistant.finished(job["job_id"])
            done = await assistant.call("get_job", job_id=job["job_id"])  # it is priced by now
    assert shown["balance_usd"] is None
    assert done["cost_usd"] == pytest.approx(0.01 * done["simulated_responses"])
