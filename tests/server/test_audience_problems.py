"""get_audience names what keeps labelers out who should be in, and what lets in those who should not be."""

from __future__ import annotations

import pytest

from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.settings import Settings
from tests.assistant import QUESTION, Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import EXAMPLE, opened


async def problems(assistant: Assistant, audience_id: str) -> str:
    return " ".join((await assistant.call("get_audience", audience_id=audience_id))["problems"])


async def mixed(assistant: Assistant, examples: int = 10, **changes: object) -> str:
    """An audience with nothing wrong: different examples, truths on both sides, a bar that guessing does not pass."""
    made = await assistant.call("create_audience", name="Sound", min_tasks=examples)
    for number in range(examples):
        pair = [f"clear answer {number}", f"muddled answer {number}"]
        shown = pair if number % 2 else pair[::-1]
        await assistant.example(made["audience_id"], datapoint=shown, truth=pair[0], data_type="text", **changes)
    return str(made["audience_id"])


async def test_a_sound_audience_has_none(assistant: Assistant) -> None:
    """Once it recruits; before that, it says that it does not."""
    audience_id = await mixed(assistant)
    assert await problems(assistant, audience_id) == "It has never recruited, so nobody can qualify."
    await assistant.call("start_recruiting", audience_id=audience_id)
    assert await problems(assistant, audience_id) == ""


async def test_too_few_examples_that_let_guessers_in(assistant: Assistant) -> None:
    """Each said on its own; truths on one side are nothing wrong, since items are shuffled."""
    made = await assistant.call("create_audience", name="Weak")
    assert "0 of 3 examples" in await problems(assistant, made["audience_id"])
    audience_id = await assistant.audience()
    told = await problems(assistant, audience_id)
    assert "All truths" not in told
    assert "clicks at random qualifies with a chance of 1 in 8" in told


@pytest.mark.parametrize("fixed", [True, False])
async def test_truths_on_one_side_are_told_with_the_last_example_needed(assistant: Assistant, fixed: bool) -> None:
    """Not before, when there are too few to tell, and not again after; only where items are not shuffled."""
    made = await assistant.call("create_audience", name="Firsts")
    said = []
    for number in range(4):
        pair = [f"clear answer {number}", f"muddled answer {number}"]
        shown = {"datapoint": pair, "truth": pair[0], "data_type": "text", "settings": {"no_shuffle": fixed}}
        added = await assistant.example(made["audience_id"], **shown)
        said.append("All truths are the first item, and items are not shuffled" in added["summary"])
    assert said == [False, False, fixed, False]


async def test_another_question_than_the_jobs(assistant: Assistant) -> None:
    """Labelers would be examined in what they are not asked."""
    audience_id = await mixed(assistant, 3)
    await assistant.job(audience_id, name="Same", instruction=QUESTION)
    assert "another question" not in await problems(assistant, audience_id)
    assistant.clock.time += 1
    await assistant.job(audience_id, name="Other", instruction="Which is funnier?")
    assert f"ask “{QUESTION}”, its newest job asks “Which is funnier?”" in await problems(assistant, audience_id)
    await assistant.example(audience_id, datapoint=["a", "b"], truth="a", data_type="text", instruction="Which is sad?")
    assert "ask 2 different questions" in await problems(assistant, audience_id)


async def test_an_example_that_many_fail(open_assistant: OpenAssistant) -> None:
    """It is named; where nobody gets in because of it, that is said too."""
    async with open_assistant(scenario=Scenario(frozenset({"clear answer 1"}))) as assistant:
        audience_id = await assistant.audience(4, target_accuracy=1.0, min_tasks=4)
        await assistant.call("start_recruiting", audience_id=audience_id)
        assistant.clock.time += 60
        read = await assistant.call("get_audience", audience_id=audience_id)
    wrong = next(example["example_id"] for example in read["examples"] if example["truth"] == "clear answer 1")
    assert f"Most labelers fail example {wrong}" in " ".join(read["problems"])


@pytest.mark.parametrize("countries", [["VA"], ["US", "DE"]])
async def test_filters_that_leave_nobody(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, countries: list[str]
) -> None:
    """Said when recruiting has begun and nobody came; not of filters that leave somebody."""
    rule = {"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3}
    filters = [{"_t": "CountryFilter", "countries": countries}]
    async with open_assistant() as assistant, opened(settings, clock) as call:
        made = await call("POST", "/audience", {"name": "Few", "filters": filters, "graduationRule": rule})
        for _ in range(3):
            await call("POST", f"/audience/{made['audienceId']}/example", EXAMPLE)
        assert "filters" not in await problems(assistant, made["audienceId"])
        await assistant.call("start_recruiting", audience_id=made["audienceId"])
        clock.time += 60
        assert ("its filters may match nobody" in await problems(assistant, made["audienceId"])) == (
            countries == ["VA"]
        )
