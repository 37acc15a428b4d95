"""The setting `allow_neither_both`: a pair can be answered by Both and Neither (contract H.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.assistant import Assistant
from tests.human_labeler import choices as choices_of
from tests.local.conftest import Come


async def entries(assistant: Assistant, job_id: str) -> list[dict[str, Any]]:
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    found: list[dict[str, Any]] = json.loads(resource.contents[0].text)["results"]
    return found


async def test_people_may_choose_both_or_neither(people_only: Assistant, come: Come) -> None:
    """These stand last for every labeler; they appear in results only where somebody chose them, and can win."""
    job_id = await people_only.job(pairs=1, responses_per_datapoint=3, settings={"allow_neither_both": True})
    for choice in (2, 3, 3):
        one = come(job_id)
        [task] = (await one.begin())["tasks"]
        assert choices_of(task)[2:] == [2, 3]
        assert sorted(choices_of(task)[:2]) == [0, 1]
        await one.answer(task["id"], choice)
    [entry] = await entries(people_only, job_id)
    first, second = "first text 0", "second text 0"
    assert entry["aggregatedResults"] == {first: 0, second: 0, "Both": 1, "Neither": 2}
    assert (entry["winner"], entry["winnerIndex"]) == ("Neither", 3)
    [pair] = (await people_only.call("get_results", job_id=job_id))["pairs"]
    assert (pair["a_votes"], pair["b_votes"], pair["winner"]) == (0, 0, "tie")
    assert (pair["both_votes"], pair["neither_votes"]) == (1, 2)
    rows = (await people_only.call("get_results", job_id=job_id, detail="responses"))["responses"]
    assert sorted(row["voted"] for row in rows) == ["both", "neither", "neither"]


@pytest.mark.parametrize(
    ("choices", "winner"), [([0, 0, 1, 2, 2], None), ([0, 0, 1, 3, 3], None), ([0, 0, 1, 2, 3], 0)]
)
async def test_a_tie_with_both_or_neither_is_won_by_no_item(
    people_only: Assistant, come: Come, choices: list[int], winner: int | None
) -> None:
    """Contract H.2: results file, verdict, pairs and A/B summary agree, by counts and by scores."""
    settings = {"allow_neither_both": True}
    job_id = await people_only.job(pairs=1, responses_per_datapoint=len(choices), settings=settings)
    for choice in choices:
        one = come(job_id)
        [task] = (await one.begin())["tasks"]
        await one.answer(task["id"], choice)
    [entry] = await entries(people_only, job_id)
    assert entry["winnerIndex"] == entry["weightedWinnerIndex"] == winner
    reply, wins = await people_only.call("get_results", job_id=job_id), int(winner == 0)
    assert (reply["a_wins"], reply["b_wins"], reply["ties"]) == (wins, 0, 1 - wins)
    assert reply["pairs"][0]["winner"] == reply["pairs"][0]["weighted_winner"] == ("a" if wins else "tie")
    for weighted in ("false", "true"):
        problem = await one.browser.get(f"/job/{job_id}/ab-summary?useUserScore={weighted}")
        assert problem.json()["winCounter"] == {"A": wins, "B": 0}


async def test_the_crowd_is_unsure_of_close_pairs_only(assistant: Assistant) -> None:
    """Where it may be, and never where it was not asked."""
    for settings in ({}, {"allow_neither_both": True}):
        job_id = await assistant.job(pairs=30, settings=settings, name=f"Unsure {settings}")
        await assistant.finished(job_id)
        counted = [set(entry["aggregatedResults"]) & {"Both", "Neither"} for entry in await entries(assistant, job_id)]
        assert any(counted) == bool(settings)
        assert not all(counted)
