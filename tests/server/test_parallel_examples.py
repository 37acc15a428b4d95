"""Examples that an assistant adds in one turn: each call tells of its own, whichever comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from rapidata_mcp.server.app import build_server
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud
from tests.faulty_platform import Ailing

PAIR, OTHER = ["a clear answer", "a muddled one"], ["another clear answer", "another muddled one"]
NEW: dict[str, dict[str, Any]] = {
    "contradicts": {"datapoint": PAIR, "truth": PAIR[1]},
    "repeats": {"datapoint": PAIR, "truth": PAIR[0]},
    "distinct": {"datapoint": OTHER, "truth": OTHER[0]},
}


@pytest.mark.parametrize("told", [True, False])
async def test_each_call_tells_of_its_own_example(tmp_path: Path, clock: MovingClock, told: bool) -> None:
    """Its number, what it repeats and what it contradicts; also where the platform does not tell the new id."""
    answers: dict[str, dict[str, Any]] = {}
    async with serve_cloud(tmp_path, clock) as cloud:
        cloud.answers.app = Ailing(cloud.answers.app, renames={} if told else {b'"exampleId"': b'"unheardOf"'})
        async with Client(build_server(cloud.settings, clock, pages=False)) as client:
            assistant = Assistant(client, clock)
            audience_id = (await assistant.call("create_audience", name="Readers"))["audience_id"]
            first = await assistant.example(audience_id, datapoint=PAIR, truth=PAIR[0], data_type="text")

            async def add(kind: str) -> None:
                answers[kind] = await assistant.example(audience_id, data_type="text", **NEW[kind])

            async with anyio.create_task_group() as group:
                for kind in NEW:
                    group.start_soon(add, kind)
            shown = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    original = shown[0]["example_id"]
    assert (first["example_id"] is not None) == told
    assert f"contradicts {original}" in answers["contradicts"]["summary"]
    assert {kind: one["duplicate_of"] for kind, one in answers.items() if one["duplicate_of"]} == {"repeats": original}
    assert "distinct" in answers["distinct"]["summary"]
    assert {one["summary"].split(".")[0] for one in answers.values()} == {f"Added example {at}" for at in (2, 3, 4)}
