"""A create call for a thing that exists already says how the thing has changed since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.assistant import MovingClock
from tests.cloud import serve_cloud
from tests.conftest import OpenAssistant
from tests.spending.test_lost_answers import assistant_of, in_the_app


async def test_a_changed_audience_is_described_as_it_is(open_assistant: OpenAssistant) -> None:
    """With its new name and filters. The same call with repeat=true creates another audience."""
    arguments: dict[str, Any] = {"name": "Germans", "filters": [{"country": ["DE"]}]}
    async with open_assistant(toolsets="all") as assistant:
        audience_id = (await assistant.call("create_audience", **arguments))["audience_id"]
        change = {"audience_id": audience_id, "name": "Everybody", "clear_filters": True}
        await assistant.call("update_audience", **change)
        again = await assistant.call("create_audience", **arguments)
        other = await assistant.call("create_audience", **arguments, repeat=True)
    assert again["audience_id"] == audience_id != other["audience_id"]
    assert "But it has changed since: it is called “Everybody”, and anybody may qualify." in again["summary"]
    assert "changed since" not in other["summary"]


async def test_a_revised_draft_is_described_with_its_new_instruction(tmp_path: Path, clock: MovingClock) -> None:
    """A user can revise a draft in the platform's app."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        draft = await assistant.draft()
        async with in_the_app(cloud) as app:
            first = (await app.get(f"/job/definition/{draft}/revision")).text
            second = json.loads(first.replace("Which reads better?", "Which is worse?"))
            changed = {part: second[part] for part in ("workflow", "referee", "datasetId")}
            response = await app.post(f"/job/definition/{draft}/revision", json=changed)
            assert response.status_code == 200, response.text
        clock.time += 5
        again = await assistant.call(
            "create_compare_job",
            name="Texts",
            instruction="Which reads better?",
            datapoints=[[f"first text {number}", f"second text {number}"] for number in range(3)],
            data_type="text",
        )
    assert again["job_definition_id"] == draft
    assert "But it has changed: revision 2 asks “Which is worse?”" in again["summary"]
