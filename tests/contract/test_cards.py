"""A job's grid of cards counts what its results file counts (contract G.9, H.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.pairs import votes_of
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import Caller, opened


async def same_as_the_file(assistant: Assistant, call: Caller, job_id: str, which: str = "") -> int:
    """Compare the cards of a query with the pairs of the file, and return their number."""
    cards = (await call("GET", f"/job/{job_id}/results?page_size=1000{which}"))["items"]
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    entries: list[dict[str, Any]] = json.loads(resource.contents[0].text)["results"]
    for card in cards:
        place = int(card["rapidId"].rpartition("_")[2])
        pair, entry = Compare().read_card(place + 1, card), entries[place]
        counts, sure = entry["aggregatedResults"], entry.get("confidencePerCategory", {})
        first, second, *_ = pair.names
        assert votes_of(pair) == tuple(counts.get(key, 0) for key in (first, second, "Both", "Neither"))
        assert pair.scores[0] == pytest.approx(entry["summedUserScores"][first], abs=2e-4)
        assert pair.confidence == (pytest.approx(sure[first], abs=2e-4) if sure else None)
    return len(cards)


@pytest.mark.parametrize("unsure", [False, True])
async def test_cards_have_the_confidence_of_the_file(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, unsure: bool
) -> None:
    """Both and Neither are categories of the confidence (contract H.8)."""
    options = {"confidence_threshold": 0.95, "settings": {"allow_neither_both": True} if unsure else {}}
    async with open_assistant() as assistant, opened(settings, clock) as call:
        job_id = await assistant.job(pairs=12, responses_per_datapoint=20, **options)
        await assistant.finished(job_id)
        assert await same_as_the_file(assistant, call, job_id) == 12


async def test_cards_of_some_states_are_counted_alike(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """Done pairs are scattered among the others."""
    async with open_assistant() as assistant, opened(settings, clock) as call:
        job_id = await assistant.job(pairs=80, responses_per_datapoint=10)
        while (await assistant.call("get_job", job_id=job_id))["progress"] < 20:
            clock.time += 0.5
        await assistant.call("pause_job", job_id=job_id)
        done = await same_as_the_file(assistant, call, job_id, "&states=Done")
        assert 0 < done < 80
        assert done + await same_as_the_file(assistant, call, job_id, "&states=Paused") == 80
