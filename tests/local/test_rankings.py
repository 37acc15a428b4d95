"""People rank: pairs are made while they answer, none twice at a time, and never more than the budget."""

from __future__ import annotations

from collections import Counter
from typing import Any

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
    told = await people_only.call("get_results", job_id=job_id)
    assert [row["responses"] for row in told["datapoints"]] == [6, 1]
    assert told["human_responses"] == 7
