"""get_audience names the problems that keep good labelers out, or let guessers in."""

from __future__ import annotations

import pytest

from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.settings import Settings
from tests.assistant import QUESTION, Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import EXAMPLE, opened


async def problems_of(assistant: Assistant, audience_id: str) -> str:
    return " ".join((await assistant.call("get_audience", audience_id=audience_id))["problems"])


async def sound_audience(assistant: Assistant, examples: int = 10, **changes: object) -> str:
    """An audience without problems: different examples, truths on both sides, a bar that guessers rarely pass."""
    audience = await assistant.call("create_audience", name="Sound", min_tasks=examples)
    for number in range(examples):
        pair = [f"clear answer {number}", f"muddled answer {number}"]
        datapoint = pair if number % 2 else pair[::-1]
        await assistant.example(
            audience["audience_id"], datapoint=datapoint, truth=pair[0], data_type="text", **changes
        )
    return str(audience["audience_id"])


async def test_a_sound_audience_has_no_problems_once_it_recruits(assistant: Assistant) -> None:
    """Before that, its only problem is that it does not recruit."""
    audience_id = await sound_audience(assistant)
    assert await problems_of(assistant, audience_id) == "It has never recruited, so nobody can qualify."
    await assistant.call("start_recruiting", audience_id=audience_id)
    assert await problems_of(assistant, audience_id) == ""


async def test_few_examples_let_guessers_in(assistant: Assistant) -> None:
    """Truths on one side are no problem, since items are shuffled."""
    audience = await assistant.call("create_audience", name="Weak")
    assert "0 of 3 examples" in await problems_of(assistant, audience["audience_id"])
    problems = await problems_of(assistant, await assistant.audience())
    assert "All truths" not in problems
    assert "clicks at random qualifies with a chance of 1 in 8" in problems


@pytest.mark.parametrize("unshuffled", [True, False])
async def test_truths_on_one_side_are_a_problem_without_shuffling(assistant: Assistant, unshuffled: bool) -> None:
    """The reply to the last example that is needed says so; earlier and later replies do not."""
    audience = await assistant.call("create_audience", name="Firsts")
    warned = []
    for number in range(4):
        pair = [f"clear answer {number}", f"muddled answer {number}"]
        example = {"datapoint": pair, "truth": pair[0], "data_type": "text", "settings": {"no_shuffle": unshuffled}}
        added = await assistant.example(audience["audience_id"], **example)
        warned.append("All truths are the first item, and items are not shuffled" in added["summary"])
    assert warned == [False, False, unshuffled, False]


async def test_examples_that_ask_another_question_than_the_job_are_a_problem(assistant: Assistant) -> None:
    """So are examples that ask different questions."""
    audience_id = await sound_audience(assistant, 3)
    await assistant.job(audience_id, name="Same", instruction=QUESTION)
    assert "another question" not in await problems_of(assistant, audience_id)
    assistant.clock.time += 1
    await assistant.job(audience_id, name="Other", instruction="Which is funnier?")
    assert f"ask “{QUESTION}”, its newest job asks “Which is funnier?”" in await problems_of(assistant, audience_id)
    await assistant.example(audience_id, datapoint=["a", "b"], truth="a", data_type="text", instruction="Which is sad?")
    assert "ask 2 different questions" in await problems_of(assistant, audience_id)


async def test_an_example_that_most_labelers_fail_is_named(open_assistant: OpenAssistant) -> None:
    """Its truth may be wrong."""
    async with open_assistant(scenario=Scenario(frozenset({"clear answer 1"}))) as assistant:
        audience_id = await assistant.audience(4, target_accuracy=1.0, min_tasks=4)
        await assistant.call("start_recruiting", audience_id=audience_id)
        assistant.clock.time += 60
        audience = await assistant.call("get_audience", audience_id=audience_id)
    wrong = next(example["example_id"] for example in audience["examples"] if example["truth"] == "clear answer 1")
    assert f"Most labelers fail example {wrong}" in " ".join(audience["problems"])


@pytest.mark.parametrize("countries", [["VA"], ["US", "DE"]])
async def test_filters_that_match_nobody_are_a_problem(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, countries: list[str]
) -> None:
    """Once recruiting has started and nobody has come; filters that match somebody are none."""
    rule = {"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3}
    filters = [{"_t": "CountryFilter", "countries": countries}]
    async with open_assistant() as assistant, opened(settings, clock) as call:
        body = {"name": "Few", "filters": filters, "graduationRule": rule}
        audience_id = (await call("POST", "/audience", body))["audienceId"]
        for _ in range(3):
            await call("POST", f"/audience/{audience_id}/example", EXAMPLE)
        assert "filters" not in await problems_of(assistant, audience_id)
        await assistant.call("start_recruiting", audience_id=audience_id)
        clock.time += 60
        problems = await problems_of(assistant, audience_id)
    assert ("its filters may match nobody" in problems) == (countries == ["VA"])
