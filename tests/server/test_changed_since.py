"""What exists already may have been changed since: who asks for it once more is told how it differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.assistant import MovingClock
from tests.cloud import serve_cloud
from tests.conftest import OpenAssistant
from tests.spending.test_lost_answers import assistant_of, in_the_app


async def test_an_audience_that_lost_its_filters_is_not_told_as_asked_for(open_assistant: OpenAssistant) -> None:
    """Nor one of another name; the same call with repeat=true makes what was asked for."""
    wanted: dict[str, Any] = {"name": "Germans", "filters": [{"country": ["DE"]}]}
    async with open_assistant(toolsets="all") as assistant:
        audience_id = (await assistant.call("create_audience", **wanted))["audience_id"]
        change = {"audience_id": audience_id, "name": "Everybody", "clear_filters": True}
        await assistant.call("update_audience", **change)
        again = await assistant.call("create_audience", **wanted)
        other = await assistant.call("create_audience", **wanted, repeat=True)
    assert again["audience_id"] == audience_id != other["audience_id"]
    assert "But it has changed since: it is called “Everybody”, and anybody may qualify." in again["summary"]
    assert "changed since" not in other["summary"]


async def test_a_draft_with_a_new_revision_is_told_with_what_it_asks_now(tmp_path: Path, clock: MovingClock) -> None:
    """Revised in the platform's app: the same call names it, and the user is asked with the new instruction."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        draft = await assistant.draft()
        async with in_the_app(cloud) as app:
            first = (await app.get(f"/job/definition/{draft}/revision")).text
            second = json.loads(first.replace("Which reads better?", "Which is worse?"))
            changed = {part: second[part] for part in ("workflow", "referee", "datasetId")}
            answer = await app.post(f"/job/definition/{draft}/revision", json=changed)
            assert answer.status_code == 200, answer.text
        clock.time += 5
        again = await assistant.call(
            "create_compare_job",
            name="Texts",
            instruction="Which reads better?",
            datapoints=[[f"first text {number}", f"second text {number}"] for number in range(3)],
            data_type="text",
        )
    assert again["job_definition_id"] == draft
    assert "But it was changed since: revision 2 asks “Which is worse?”" in again["summary"]
