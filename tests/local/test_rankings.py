"""People rank: pairs are made while they answer, none twice at a time, and never more than the budget."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx2 as httpx

from rapidata_mcp.aggregate.elo import elo_ratings
from rapidata_mcp.aggregate.pairing import every_pair
from tests.assistant import Assistant
from tests.local.conftest import Come
from tests.local.test_label import results

LIST = [f"text {number:02}" for number in range(12)]


async def ranking(assistant: Assistant, lists: list[list[str]], budget: int, **more: object) -> str:
    """A started ranking of texts; the id of its job."""
    draft = await assistant.call(
        "create_ranking_job",
        name="Rank",
        instruction="Which is greater?",
        datapoints=lists,
        comparison_budget_per_ranking=budget,
        data_type="text",
        **more,
    )
    job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
    return str(job["job_id"])


def met(entry: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """How often each two items were compared."""
    return Counter(tuple(sorted((vote["votedFor"], vote["votedAgainst"]))) for vote in entry["detailedResults"])


async def test_a_long_list_gets_new_pairs_while_people_answer(people_only: Assistant, come: Come) -> None:
    """Two people take turns to the end of the budget; no pair twice while others are left, and the last ends it."""
    job_id = await ranking(people_only, [LIST], 30, random_comparisons_ratio=0.2)
    first, second = come(job_id), come(job_id)
    for one in (first, second):
        await one.begin()
    given = 0
    while given < 100 and (more := [len(await one.label(most=2)) for one in (first, second)]) != [0, 0]:
        given += sum(more)
    document = await results(people_only, job_id)
    pairs = met(document["results"][0])
    assert given == pairs.total() == 30
    assert max(pairs.values()) == 1
    assert len({item for pair in pairs for item in pair}) == len(LIST)
    status = await people_only.call("get_job", job_id=job_id)
    assert (status["state"], status["human_responses"]) == ("Completed", 30)


async def test_an_answer_that_is_taken_back_makes_no_pairs_twice(people_only: Assistant, come: Come) -> None:
    """Undone and given again just where new pairs are made, the budget stays what it was."""
    job_id = await ranking(people_only, [LIST], 12, random_comparisons_ratio=0.5)
    one = come(job_id)
    await one.begin()
    await one.label(most=6)  # as many as were made at first
    await one.act("undo")
    assert len(await one.label()) == 7
    assert met((await results(people_only, job_id))["results"][0]).total() == 12


async def test_short_lists_are_complete(people_only: Assistant, come: Come) -> None:
    """Every pair once by one person, the summary in the order that they chose."""
    job_id = await ranking(people_only, [LIST[:4], LIST[4:6]], 6)
    one = come(job_id)
    await one.begin()
    assert len(await one.label()) == 7
    entries = (await results(people_only, job_id))["results"]
    assert [sorted(met(entry)) for entry in entries] == [
        [tuple(items[at] for at in pair) for pair in every_pair(len(items))] for items in (LIST[:4], LIST[4:6])
    ]
    problem = await people_only.call("get_results", job_id=job_id)
    assert [row["responses"] for row in problem["datapoints"]] == [6, 1]
    assert problem["human_responses"] == 7


async def test_elo_goes_by_the_order_of_time(people_only: Assistant, come: Come) -> None:
    """Not by that of the pairs; and however small its scale is."""
    job_id = await ranking(people_only, [LIST[:3]], 3)
    browser = come(job_id).browser
    definition_id = (await browser.get(f"/job/{job_id}")).json()["definitionId"]
    drafted = (await browser.get(f"/job/definition/{definition_id}/revision")).json()
    by_elo = {"_t": "EloConfig", "startingScore": 1000, "kFactor": 400, "scalingFactor": 1}
    workflow = drafted["workflow"] | {"rankingConfig": by_elo}
    wanted = {
        "definitionName": "Elo",
        "workflow": workflow,
        **{name: drafted[name] for name in ("referee", "datasetId")},
    }
    made = (await browser.post("/job/definition", json=wanted)).json()
    order = {"jobDefinitionId": made["definitionId"], "audienceId": "global"}
    job_id = (await browser.post("/job", json=order)).json()["jobId"]
    pairs = [[LIST.index(part["text"]) for part in pair] for pair in await pairs_of(browser, job_id)]
    one, outcomes = come(job_id), []
    turn = await one.begin()
    while turn["tasks"]:
        people_only.clock.time += 1
        task = turn["tasks"][-1]["id"]  # of the two in hand the one that was taken last
        pair = pairs[int(task.rpartition(".")[2])]
        turn = await one.answer(task, len(outcomes) % 2)
        outcomes.append(tuple(pair if len(outcomes) % 2 == 0 else pair[::-1]))
    [entry] = (await results(people_only, job_id))["results"]
    problem = [entry["elo"][name] for name in LIST[:3]]
    assert problem == [round(score) for score in elo_ratings(outcomes, 3, 1000, 400, 1)]
    assert problem != [round(score) for score in elo_ratings(outcomes[::-1], 3, 1000, 400, 1)]


async def pairs_of(browser: httpx.AsyncClient, job_id: str) -> list[list[dict[str, Any]]]:
    """The items of each pair of a job, in order."""
    found = (await browser.get(f"/job/{job_id}/datapoints?page_size=100")).json()["items"]
    return [point["segments"][0]["asset"]["assets"] for point in found]


async def test_a_preview_has_as_many_pages_as_different_pairs(people_only: Assistant, come: Come) -> None:
    """Two lists with 66 and 10 pairs and a budget for 200 each: what is asked again needs no page."""
    job_id = await ranking(people_only, [LIST, LIST[:5]], 200)
    browser = come(job_id).browser
    definition_id = (await browser.get(f"/job/{job_id}")).json()["definitionId"]
    shown = [(await browser.get(f"/definitions/{definition_id}?page={number}")).text for number in (1, 2)]
    assert [page.count('class="question"') for page in shown] == [50, 26]
    assert "Page 2 of 2" in shown[1]


async def test_pairs_go_with_their_job(people_only: Assistant, come: Come) -> None:
    """Nobody else has them; what was ranked stays."""
    job_id = await ranking(people_only, [LIST[:4]], 6)
    browser = come(job_id).browser
    drafted = (await browser.get(f"/job/{job_id}")).json()["definitionId"]
    ranked = (await browser.get(f"/job/definition/{drafted}/revision")).json()["datasetId"]
    pairs = (await browser.get(f"/job/{job_id}/datapoints")).json()["items"][0]["datasetId"]
    await people_only.call("delete_job", job_id=job_id)
    assert [(await browser.get(f"/dataset/{one}")).status_code for one in (pairs, ranked)] == [404, 200]
