"""The simulated crowd: a rehearsal that behaves like people, on a clock, and says that it is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.rehearsal import work
from rapidata_mcp.tasks.compare import preference
from tests.assistant import Assistant
from tests.conftest import OpenAssistant


async def raw(assistant: Assistant, job_id: str) -> dict[str, Any]:
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document: dict[str, Any] = json.loads(resource.contents[0].text)
    return document


def votes(document: dict[str, Any]) -> list[int]:
    return [sum(entry["aggregatedResults"].values()) for entry in document["results"]]


def first_certain(entry: dict[str, Any], threshold: float) -> int | None:
    """How many of the responses to a pair, in the order of time, made it more certain than that for the first time."""
    sides = list(entry["aggregatedResults"])
    given = [
        (sides.index(vote["votedFor"]), vote["userDetails"]["userScores"]["global"])
        for vote in entry["detailedResults"]
    ]
    counts = range(1, len(given) + 1)
    return next((count for count in counts if max(confidence(given[:count], 2)) > threshold), None)


async def test_a_job_of_ten_pairs_ends_a_few_seconds_after_assignment(assistant: Assistant) -> None:
    """10 pairs x 10 responses, also when recruiting starts with it."""
    audience_id = await assistant.audience()
    began = assistant.clock.time
    await assistant.finished(await assistant.job(audience_id, pairs=10))
    assert assistant.clock.time - began < 10


async def test_responses_exceed_the_number_asked_for_by_a_few_at_most(assistant: Assistant) -> None:
    """Contract H.10: several answer at once."""
    job_id = await assistant.job(pairs=300)
    await assistant.finished(job_id)
    counts = votes(await raw(assistant, job_id))
    assert min(counts) == 10
    assert 10 < max(counts) <= 13
    assert sum(counts) < 3150


async def test_nobody_answers_a_pair_twice(assistant: Assistant) -> None:
    """Each of the two hundred responses to one pair comes from another labeler."""
    job_id = await assistant.job(pairs=1, responses_per_datapoint=200)
    await assistant.finished(job_id)
    assert votes(await raw(assistant, job_id))[0] >= 200


async def test_everything_simulated_says_so(assistant: Assistant) -> None:
    """In the results format, in counts that are never added up, and in words."""
    job_id = await assistant.job(pairs=2)
    status = await assistant.finished(job_id)
    document = await raw(assistant, job_id)
    details = [vote["userDetails"] for entry in document["results"] for vote in entry["detailedResults"]]
    assert all(detail["simulated"] is True for detail in details)
    assert document["info"]["simulatedResponses"] == len(details) == status["simulated_responses"]
    assert status["human_responses"] == 0
    assert "no human has answered" in await assistant.text("get_results", job_id=job_id)
    assert "no human has answered" in await assistant.text("get_job", job_id=job_id)


async def test_answers_follow_a_preference_that_depends_on_question_and_items(assistant: Assistant) -> None:
    """Where the preference is clear the crowd finds it; swapping the items swaps the answer."""
    question = "Which is better?"
    names = [f"item {number}" for number in range(40)]
    clear = [[a, b] for a in names for b in names if preference(question, a, b) > 0.93][:10]
    first = await assistant.job(datapoints=clear, instruction=question, responses_per_datapoint=30)
    swapped = await assistant.job(
        datapoints=[pair[::-1] for pair in clear], instruction=question, responses_per_datapoint=30
    )
    for job_id, side in ((first, "a_wins"), (swapped, "b_wins")):
        await assistant.finished(job_id)
        assert (await assistant.call("get_results", job_id=job_id))[side] == len(clear)


async def test_one_wrong_truth_keeps_the_good_labelers_out(open_assistant: OpenAssistant) -> None:
    """A scripted scenario marks an example the wrong way round: most fail it, and the audience says which."""
    async with open_assistant(scenario=Scenario(wrong_truths=frozenset({"clear answer 1"}))) as assistant:
        audience_id = await assistant.audience()
        await assistant.call("start_recruiting", audience_id=audience_id)
        assistant.clock.time += 30
        audience = await assistant.call("get_audience", audience_id=audience_id)
    assert audience["graduated"] < 10
    wrong = next(example for example in audience["examples"] if example["truth"] == "clear answer 1")
    assert any(wrong["example_id"] in problem for problem in audience["problems"])


async def test_the_crowd_grows_until_a_job_can_be_completed(assistant: Assistant) -> None:
    """150 responses a pair need more graduates than the first sixty labelers bring."""
    audience_id = await assistant.audience()
    status = await assistant.finished(await assistant.job(audience_id, pairs=1, responses_per_datapoint=150))
    assert status["simulated_responses"] >= 150


async def test_a_crowd_of_none_leaves_everything_to_people(open_assistant: OpenAssistant) -> None:
    """No candidate, no response, however long one waits."""
    async with open_assistant(crowd=0) as assistant:
        audience_id = await assistant.audience()
        jobs = [await assistant.job(audience_id), await assistant.job("global", name="other")]
        assistant.clock.time += 3600
        states = [await assistant.call("get_job", job_id=job_id) for job_id in jobs]
        audience = await assistant.call("get_audience", audience_id=audience_id)
    assert [state["simulated_responses"] for state in states] == [0, 0]
    assert (audience["graduated"], audience["qualifying"]) == (0, 0)


async def test_confidence_stopping_asks_less_where_it_is_clear(assistant: Assistant) -> None:
    """Contract H.8: every pair either passes the threshold or gets the most responses; fewer are needed in all."""
    job_id = await assistant.job(pairs=20, responses_per_datapoint=30, confidence_threshold=0.95)
    await assistant.finished(job_id)
    document = await raw(assistant, job_id)
    enough = [first_certain(entry, 0.95) or 30 for entry in document["results"]]
    assert all(first <= count <= first + 2 for first, count in zip(enough, votes(document), strict=True))
    assert sum(votes(document)) < 20 * 20


async def test_quorum_stopping_ends_when_the_quorum_is_there_or_out_of_reach(assistant: Assistant) -> None:
    """Contract H.9, up to the few responses that were on their way."""
    job_id = await assistant.job(pairs=20, responses_per_datapoint=10, quorum_threshold=7)
    await assistant.finished(job_id)
    document = await raw(assistant, job_id)
    for entry in document["results"]:
        top, low = max(entry["aggregatedResults"].values()), min(entry["aggregatedResults"].values())
        assert top >= 7 or (top >= 4 and low >= 4)
    assert sum(votes(document)) < 20 * 10


async def test_what_happens_does_not_depend_on_who_looks(assistant: Assistant) -> None:
    """Looking once after twenty seconds or forty times in between: the funnel is the same."""
    funnels = []
    for steps in (1, 40):
        audience_id = await assistant.audience(name=f"Looked at {steps} times")
        await assistant.call("start_recruiting", audience_id=audience_id)
        for _ in range(steps):
            assistant.clock.time += 20 / steps
            audience = await assistant.call("get_audience", audience_id=audience_id)
        funnels.append([audience[name] for name in ("graduated", "dropped", "qualifying")])
    assert funnels[0] == funnels[1]
    assert min(funnels[0][:2]) > 0
    assert sum(funnels[0]) == 60


async def test_labelers_hold_more_than_a_window(open_assistant: OpenAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """As thousands do on a large job: each answers what they hold, wherever it lies."""
    monkeypatch.setattr(work, "WINDOW", 20)
    async with open_assistant(crowd=200) as assistant:
        job_id = await assistant.job(pairs=60, responses_per_datapoint=4)
        for _ in range(20):
            assistant.clock.time += 0.1
            status = await assistant.call("get_job", job_id=job_id)
            assert status["state"] in ("Running", "Completed")
        assert (await assistant.finished(job_id))["simulated_responses"] >= 240


async def test_results_survive_a_restart(open_assistant: OpenAssistant) -> None:
    """What was answered before the server ended is there after, and the job goes on."""
    async with open_assistant() as assistant:
        job_id = await assistant.job(pairs=10)
        assistant.clock.time += 1
        before = (await assistant.call("get_job", job_id=job_id))["simulated_responses"]
    async with open_assistant("legacy") as assistant:
        again = (await assistant.call("get_job", job_id=job_id))["simulated_responses"]
        assert again == before > 0
        await assistant.finished(job_id)
