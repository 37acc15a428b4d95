"""An assistant can add several examples at once: each reply describes its own example."""

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


@pytest.mark.parametrize("returns_id", [True, False])
async def test_each_reply_describes_its_own_example(tmp_path: Path, clock: MovingClock, returns_id: bool) -> None:
    """Its number, its duplicate and its contradiction, even if the platform does not return the id of an example."""
    replies: dict[str, dict[str, Any]] = {}
    async with serve_cloud(tmp_path, clock) as cloud:
        cloud.answers.app = Ailing(cloud.answers.app, renames={} if returns_id else {b'"exampleId"': b'"unheardOf"'})
        async with Client(build_server(cloud.settings, clock, pages=False)) as client:
            assistant = Assistant(client, clock)
            audience_id = (await assistant.call("create_audience", name="Readers"))["audience_id"]
            first = await assistant.example(audience_id, datapoint=PAIR, truth=PAIR[0], data_type="text")

            async def add(kind: str) -> None:
                replies[kind] = await assistant.example(audience_id, data_type="text", **NEW[kind])

            async with anyio.create_task_group() as group:
                for kind in NEW:
                    group.start_soon(add, kind)
            shown = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    original = shown[0]["example_id"]
    assert (first["example_id"] is not None) == returns_id
    assert f"contradicts {original}" in replies["contradicts"]["summary"]
    duplicates = {kind: reply["duplicate_of"] for kind, reply in replies.items() if reply["duplicate_of"]}
    assert duplicates == {"repeats": original}
    assert "distinct" in replies["distinct"]["summary"]
    assert {reply["summary"].split(".")[0] for reply in replies.values()} == {
        f"Added example {number}" for number in (2, 3, 4)
    }
