"""Results in pages (contract G.9): complete by the SDK's declarations, and equal to the results file."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.contract.caller import Caller, opened


@pytest.fixture
async def call(settings: Settings, clock: MovingClock) -> AsyncIterator[Caller]:
    async with opened(settings, clock) as caller:
        yield caller


async def finished(call: Caller, pairs: int = 12) -> tuple[str, dict[str, Any]]:
    """A finished job, and its results file."""
    job_id = (await call.job(jobDefinitionId=await call.draft(pairs)))["jobId"]
    call.clock.time += 60
    return job_id, await call("GET", f"/job/{job_id}/download-results")


async def test_cards_count_what_the_file_counts(call: Caller) -> None:
    """Pages follow the order of the job. Small pages have single responses."""
    job_id, document = await finished(call)
    cards = []
    for page in (1, 2, 3):
        body = await call("GET", f"/job/{job_id}/results?page={page}&page_size=5")
        assert (body["_t"], body["total"], body["page"], body["pageSize"]) == ("RapidResults", 12, page, 5)
        cards += body["items"]
    for card, entry in zip(cards, document["results"], strict=True):
        tallies = card["aggregation"]["winnerTallies"]
        assert {key: tally["count"] for key, tally in tallies.items()} == +Counter(entry["aggregatedResults"])
        assert all(tally["userScoreSum"] == entry["summedUserScores"][key] for key, tally in tallies.items())
        voted = [response["result"]["winners"][0] for response in card["responses"]]
        assert voted == [detail["votedFor"] for detail in entry["detailedResults"]]
        assert (card["totalResponseCount"], card["state"]) == (len(voted), "Done")
        assert card["aggregation"]["humanTallies"] == {}


async def test_cards_of_a_state(call: Caller) -> None:
    """Every card is open or done. A state without cards is an empty page."""
    job_id = (await call.job(jobDefinitionId=await call.draft(40)))["jobId"]
    while not (await call("GET", f"/job/{job_id}/progress"))["completed"]:
        call.clock.time += 0.2
    numbers = {
        states: (await call("GET", f"/job/{job_id}/results?page_size=50{states}"))["total"]
        for states in ("", "&states=Done", "&states=Labeling", "&states=Done&states=Labeling", "&states=Flagged")
    }
    assert list(numbers.values())[3:] == [40, 0]
    assert 0 < numbers["&states=Done"] < 40 == numbers["&states=Done"] + numbers["&states=Labeling"]


async def test_the_summary_counts_the_pairs_that_each_side_won(call: Caller) -> None:
    """The counts match the summary in the file. With `useUserScore` they are by user score."""
    job_id, document = await finished(call)
    plain = await call("GET", f"/job/{job_id}/ab-summary")
    assert [plain["winCounter"][side] for side in plain["sideOrder"]] == list(document["summary"].values())
    assert plain["allTargetGroupsCompleted"] is True
    weighted = (await call("GET", f"/job/{job_id}/ab-summary?useUserScore=true"))["winCounter"]
    won = [entry["weightedWinnerIndex"] for entry in document["results"]]
    assert list(weighted.values()) == [won.count(0), won.count(1)]


@pytest.mark.parametrize("sort", ["Asc", "Desc"])
async def test_a_cursor_leads_to_every_response_once(call: Caller, sort: str) -> None:
    """The cursor works in either order. Responses do not have the labeler's internal id."""
    job_id, document = await finished(call)
    responses: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = await call("GET", f"/job/{job_id}/responses?limit=7&sort={sort}{cursor}")
        responses += page["responses"]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    numbers = [int(response["id"]) for response in responses]
    assert numbers == sorted(set(numbers), reverse=sort == "Desc")
    assert len(responses) == document["info"]["simulatedResponses"]
    assert all(response["simulated"] and "sim_" not in response["userId"] for response in responses)
    await call("GET", f"/job/{job_id}/responses?cursor=x", status=400)


async def test_the_datapoints_of_a_job(call: Caller) -> None:
    """They are in the job's order, with the schema of their data set."""
    job_id, document = await finished(call)
    page = await call("GET", f"/job/{job_id}/datapoints?page=2&page_size=5")
    assert (page["total"], len(page["items"]), page["schema"][0]["key"]) == (12, 5, "asset")
    texts = [part["text"] for part in page["items"][0]["segments"][0]["asset"]["assets"]]
    assert texts == list(document["results"][5]["aggregatedResults"])


async def test_there_are_no_results_before_labeling_begins(call: Caller) -> None:
    """The answer is 404, as for an unknown job. The datapoints can be read."""
    first = (await call.job())["jobId"]
    waiting = (await call.job(precedingJobId=first))["jobId"]
    for path in ("results", "responses", "ab-summary"):
        await call("GET", f"/job/{waiting}/{path}", status=404)
        await call("GET", f"/job/job_none/{path}", status=404)
    assert (await call("GET", f"/job/{waiting}/datapoints"))["total"] == 2


async def test_a_list_that_is_too_long_to_be_ranked_is_refused(call: Caller) -> None:
    """A budget that is too large is refused, too. No pair is made."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    for number in range(201):
        asset = {"_t": "TextAssetInput", "text": f"text {number}"}
        body = {"segments": [{"key": "asset", "kind": "Asset", "asset": asset}], "sortIndex": number, "group": "0"}
        await call("POST", f"/dataset/{dataset}/datapoint", body)
    workflow = {"_t": "GroupedRankingWorkflow", "criteria": "Which?", "pairMakerConfig": {"_t": "OnlinePairMaker"}}
    definition = {"definitionName": "Rank", "workflow": workflow, "datasetId": dataset}
    definition["referee"] = {"_t": "NaiveReferee", "totalVotes": 1}
    made = await call("POST", "/job/definition", definition)
    refusal = await call("POST", "/job", {"jobDefinitionId": made["definitionId"], "audienceId": "global"}, status=400)
    assert refusal["title"] == "A list to rank has at most 200 items here."
    workflow["pairMakerConfig"] |= {"totalComparisonBudget": 10**9}  # type: ignore[operator]
    await call("POST", "/job/definition", definition, status=400)
