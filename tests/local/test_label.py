"""People label: qualification, tasks, and answers that count exactly once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.jobs.assigned_datapoints import LEASE_S
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.human_labeler import Person, choices
from tests.local.conftest import Come


async def results(assistant: Assistant, job_id: str) -> dict[str, Any]:
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document: dict[str, Any] = json.loads(resource.contents[0].text)
    return document


async def test_what_people_answer_is_what_the_results_say(people_only: Assistant, come: Come) -> None:
    """Two people, four pairs, two responses each: every answer is there, as a human one, and the job is complete."""
    job_id = await people_only.job(pairs=4, responses_per_datapoint=2)
    first, second = come(job_id), come(job_id)
    for one in (first, second):
        await one.begin()
    given = [await first.label(), await second.label()]
    document = await results(people_only, job_id)
    expected = Counter((int(task.partition(".")[2]), choice) for one in given for task, choice in one.items())
    found = Counter(
        (place, list(entry["aggregatedResults"]).index(vote["votedFor"]))
        for place, entry in enumerate(document["results"])
        for vote in entry["detailedResults"]
    )
    assert found == expected
    assert document["info"]["simulatedResponses"] == 0
    status = await people_only.call("get_job", job_id=job_id)
    assert (status["state"], status["human_responses"], status["simulated_responses"]) == ("Completed", 8, 0)
    assert (await first.act("next"))["state"] == "finished"


async def test_nobody_gets_a_pair_twice_and_nothing_is_asked_beyond_the_need(
    people_only: Assistant, come: Come
) -> None:
    """Three people on five pairs that need two answers: ten hand-outs, different ones for each person."""
    job_id = await people_only.job(pairs=5, responses_per_datapoint=2)
    people = [come(job_id) for _ in range(3)]
    turns = [await one.begin() for one in people]
    seen: list[list[str]] = [[task["id"] for task in turn["tasks"]] for turn in turns]
    while any(turn["tasks"] for turn in turns):
        for number, one in enumerate(people):
            for task in turns[number]["tasks"][:1]:
                turns[number] = await one.answer(task["id"], 0)
                seen[number] += [new["id"] for new in turns[number]["tasks"] if new["id"] not in seen[number]]
    assert all(len(set(mine)) == len(mine) for mine in seen)
    assert Counter(task for mine in seen for task in mine) == {f"{job_id}.{position}": 2 for position in range(5)}


async def test_the_least_answered_pair_comes_first(people_only: Assistant, come: Come) -> None:
    """The second labeler begins where the first one has not been."""
    job_id = await people_only.job(pairs=6, responses_per_datapoint=3)
    first, second = come(job_id), come(job_id)
    taken = [task["id"] for task in (await first.begin())["tasks"]]
    assert taken == [f"{job_id}.0", f"{job_id}.1"]
    assert [task["id"] for task in (await second.begin())["tasks"]] == [f"{job_id}.2", f"{job_id}.3"]


@pytest.mark.parametrize("link", ["", "global"])
async def test_the_same_answer_twice_counts_once(people_only: Assistant, come: Come, link: str) -> None:
    """Also with another choice the second time: the first word stands."""
    job_id = await people_only.job(pairs=2, responses_per_datapoint=1)
    one = come(link or job_id)
    task = (await one.begin())["tasks"][0]["id"]
    turns = [await one.answer(task, choice) for choice in (1, 1, 0)]
    assert [turn["answered"] for turn in turns] == [1, 1, 1]
    await one.label()
    assert (await one.answer(task, 0))["state"] == ("waiting" if link else "finished")  # the job has ended
    entry = (await results(people_only, job_id))["results"][int(task.partition(".")[2])]
    assert list(entry["aggregatedResults"].values()) == [0, 1]


async def test_the_last_answer_can_be_taken_back(people_only: Assistant, come: Come) -> None:
    """The task is there again, its datapoint is open again, and only the second word counts."""
    job_id = await people_only.job(pairs=3, responses_per_datapoint=1)
    one = come(job_id)
    tasks = [task["id"] for task in (await one.begin())["tasks"]]
    assert (await one.answer(tasks[0], 0))["undoable"]
    turn = await one.act("undo")
    assert (turn["tasks"][0]["id"], turn["answered"], turn["undoable"]) == (tasks[0], 0, False)
    assert (await people_only.call("get_job", job_id=job_id))["progress"] == 0
    await one.answer(tasks[0], 1)
    await one.label()
    document = await results(people_only, job_id)
    assert list(document["results"][0]["aggregatedResults"].values()) == [0, 1]
    assert [len(entry["detailedResults"]) for entry in document["results"]] == [1, 1, 1]


async def test_a_skipped_or_broken_task_is_for_somebody_else(people_only: Assistant, come: Come) -> None:
    """The person who put it aside never sees it again; another one completes the job."""
    job_id = await people_only.job(pairs=2, responses_per_datapoint=1)
    one, other = come(job_id), come(job_id)
    first, second = [task["id"] for task in (await one.begin())["tasks"]]
    await one.act("skip", task=first)
    turn = await one.act("report", task=second, reason="media")
    assert (turn["state"], turn["tasks"]) == ("waiting", [])
    assert await one.refused("report", task=second, reason="<script>") == 400
    assert "People reported 1 datapoint as broken." in await people_only.text("get_job", job_id=job_id)
    await other.begin()
    assert set(await other.label()) == {first, second}
    assert (await people_only.call("get_job", job_id=job_id))["state"] == "Completed"


async def test_a_task_that_was_taken_and_left_returns(people_only: Assistant, come: Come, clock: MovingClock) -> None:
    """After five minutes without a sign somebody else gets it; a late answer still counts while the job runs."""
    job_id = await people_only.job(pairs=2, responses_per_datapoint=1)
    one, other = come(job_id), come(job_id)
    left = [task["id"] for task in (await one.begin())["tasks"]]
    assert (await other.begin())["state"] == "waiting"
    clock.time += 301
    assert [task["id"] for task in (await other.act("next"))["tasks"]] == left
    await one.answer(left[0], 0)
    await other.label()
    document = await results(people_only, job_id)
    assert [len(entry["detailedResults"]) for entry in document["results"]] == [2, 1]


async def test_coming_back_shows_what_is_in_hand(people_only: Assistant, come: Come, clock: MovingClock) -> None:
    """Within a minute or after a day, as long as nobody else needed it."""
    job_id = await people_only.job(pairs=4, responses_per_datapoint=1)
    one = come(job_id)
    begun = await one.begin()
    assert await one.act("next") == begun
    clock.time += 86_400
    assert [task["id"] for task in (await one.act("next"))["tasks"]] == [task["id"] for task in begun["tasks"]]


async def test_options_are_shuffled_per_person_unless_told_otherwise(people_only: Assistant, come: Come) -> None:
    """Each person sees their own order, always the same one; with `no_shuffle` everybody sees the given one."""
    shuffled = await people_only.job(pairs=1, responses_per_datapoint=40)
    fixed = await people_only.job(pairs=1, responses_per_datapoint=40, settings={"no_shuffle": True}, name="fixed")
    orders: dict[str, list[list[int]]] = {shuffled: [], fixed: []}
    for job_id, seen in orders.items():
        for _ in range(16):
            one = come(job_id)
            seen.append(choices((await one.begin())["tasks"][0]))
            assert choices((await one.act("next"))["tasks"][0]) == seen[-1]
    assert [0, 1] in orders[shuffled]
    assert [1, 0] in orders[shuffled]
    assert orders[fixed] == [[0, 1]] * 16


async def test_people_qualify_by_the_audiences_examples(people_only: Assistant, come: Come) -> None:
    """Who is right is admitted and gets tasks, who is not gets a clear end, and the examples count both."""
    audience_id = await people_only.audience()
    job_id = await people_only.job(audience_id, pairs=3, responses_per_datapoint=1)
    good, bad = come(audience_id), come(job_id)
    for one in (good, bad):
        assert (await one.begin())["state"] == "qualifying"
    assert (await bad.qualify(right=False))["state"] == "dropped"
    assert "not admitted" in (await bad.act("next"))["message"]
    assert (await good.qualify())["state"] == "labeling"
    audience = await people_only.call("get_audience", audience_id=audience_id)
    assert (audience["graduated"], audience["dropped"], audience["qualifying"]) == (1, 1, 0)
    assert all((example["correct"], example["incorrect"]) == (1, 1) for example in audience["examples"])
    await good.label()
    document = await results(people_only, job_id)
    assert [
        vote["userDetails"]["userScores"]["global"]
        for entry in document["results"]
        for vote in entry["detailedResults"]
    ] == [0.6] * 3


async def test_a_wrong_answer_to_an_example_is_explained(people_only: Assistant, come: Come) -> None:
    """With the explanation as text; the same answer again changes nothing; an example that is not next is refused."""
    created = await people_only.call("create_audience", name="Explained")
    for number in range(3):
        pair = [f"clear {number}", f"muddled {number}"]
        await people_only.example(
            created["audience_id"], datapoint=pair, truth=pair[0], data_type="text", explanation="Because <b>so</b>."
        )
    await people_only.call("start_recruiting", audience_id=created["audience_id"])
    one = come(created["audience_id"])
    [example] = (await one.begin())["tasks"]
    turn = await one.answer(example["id"], 1)
    assert turn["right"] is False
    assert "Because &lt;b&gt;so&lt;/b&gt;." in turn["feedback"]
    again = await one.answer(example["id"], 0)
    assert (again["right"], again["answered"]) == (False, 1)


async def test_people_and_the_crowd_share_one_job(
    open_assistant: OpenAssistant, come: Come, clock: MovingClock
) -> None:
    """People's answers count against the same need, and results count them separately."""
    async with open_assistant() as assistant:
        audience_id = await assistant.audience()
        job_id = await assistant.job(audience_id, pairs=6, responses_per_datapoint=5)
        one = come(job_id)
        await one.begin()
        await one.qualify()
        assert len(await one.label(3)) == 3
        clock.time += 61  # what the person left in hand returns
        status = await assistant.finished(job_id)
        document = await results(assistant, job_id)
    assert status["human_responses"] == 3
    counts = [len(entry["detailedResults"]) for entry in document["results"]]
    assert sum(counts) == 3 + status["simulated_responses"]
    assert max(counts) <= 6


async def test_an_early_decision_ends_a_pair_for_people_too(people_only: Assistant, come: Come) -> None:
    """With a quorum of two out of three, two people who agree are enough."""
    job_id = await people_only.job(pairs=3, responses_per_datapoint=3, quorum_threshold=2)
    for _ in range(2):
        one = come(job_id)
        turn = await one.begin()
        while turn["tasks"]:
            turn = await one.answer(turn["tasks"][0]["id"], 0)
    document = await results(people_only, job_id)
    assert [len(entry["detailedResults"]) for entry in document["results"]] == [2, 2, 2]
    assert (await people_only.call("get_job", job_id=job_id))["state"] == "Completed"


async def test_a_paused_job_asks_nobody(people_only: Assistant, come: Come) -> None:
    """No task, and no answer is taken until it goes on."""
    job_id = await people_only.job(pairs=2, responses_per_datapoint=1)
    one = come(job_id)
    tasks = (await one.begin())["tasks"]
    await people_only.call("pause_job", job_id=job_id)
    assert await one.refused("answer", task=tasks[0]["id"], answer={"choice": 0}) == 409
    assert (await one.act("next"))["state"] == "waiting"
    await people_only.call("resume_job", job_id=job_id)
    assert (await one.act("next"))["tasks"] == tasks


async def test_a_slice_closes_with_the_audience_that_it_was_cut_from(people_only: Assistant, come: Come) -> None:
    """Without its examples nobody could be examined: nobody is let in, and no job starts."""
    audience_id = await people_only.audience()
    await people_only.call("start_recruiting", audience_id=audience_id)
    filters = {"_t": "LanguageFilter", "languages": ["en"]}
    owner = come("")
    made = await owner.browser.post(f"/audience/{audience_id}/filter", json={"filter": filters})
    slice_id = made.json()["audienceId"]
    job_id = await people_only.job(slice_id)
    one, other = come(job_id), come(slice_id)
    assert (await one.begin())["state"] == "qualifying"
    assert (await owner.browser.delete(f"/audience/{audience_id}")).status_code == 204
    assert [(await one.act("next"))["state"], (await other.begin())["state"]] == ["closed", "closed"]
    draft = await people_only.draft()
    refused = await owner.browser.post("/job", json={"jobDefinitionId": draft, "audienceId": slice_id})
    assert (refused.status_code, refused.json()["title"]) == (400, "The audience of which this is a slice was deleted.")


async def test_money_ends_peoples_work_too(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """Three answers can be paid: three are asked for, and then the job says so."""
    async with priced(open_assistant, settings, clock, credit=1.5) as (assistant, app):
        job_id = await paid_job(assistant)
        one = Person(app, job_id)
        await one.begin()
        assert len(await one.label()) == 3
        status = await assistant.call("get_job", job_id=job_id)
    assert (status["state"], status["human_responses"]) == ("SpendLimited", 3)


async def test_money_waits_for_no_answers_that_will_not_come(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """What is held of a paused job, or was taken and left, keeps nobody else from work that can be paid."""
    async with priced(open_assistant, settings, clock, credit=2.5) as (assistant, app):
        paused, job_id = await paid_job(assistant), await paid_job(assistant)
        for _ in range(2):
            assert len((await Person(app, paused).begin())["tasks"]) == 2
        await assistant.call("pause_job", job_id=paused)
        people = [Person(app, job_id) for _ in range(4)]
        assert [len((await one.begin())["tasks"]) for one in people] == [2, 2, 1, 0]
        clock.time += LEASE_S + 1
        assert len((await people[-1].act("next"))["tasks"]) == 2


@asynccontextmanager
async def priced(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, credit: float
) -> AsyncIterator[tuple[Assistant, Any]]:
    """A platform of people on which a response costs half a dollar, and its application."""
    money = {"crowd": 0, "local_price": 0.5, "local_credit": credit}
    async with open_assistant(**money, approval="quote") as assistant, open_database(settings.database) as database:
        yield assistant, await open_local(Settings(**settings.model_dump() | money), database, clock, Scenario())


async def paid_job(assistant: Assistant) -> str:
    """A started job on five pairs; its id."""
    definition_id = await assistant.draft(pairs=5, responses_per_datapoint=1, repeat=True)
    assistant.clock.time += 5
    order = {"job_definition_id": definition_id, "audience_id": "global"}
    quote = (await assistant.call("assign_job", **order))["quote"]
    return str((await assistant.call("assign_job", **order, quote=quote))["job_id"])
