"""Examples are removed while people and the crowd are being examined: an answer decides, never a removal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant
from tests.human_labeler import Person, place_of
from tests.local.conftest import Come


async def right(one: Person, times: int) -> dict[str, Any]:
    """What a person sees after this many right answers to examples."""
    turn = await one.act("next")
    for _ in range(times):
        [task] = turn["tasks"]
        turn = await one.answer(task["id"], place_of(task, "clear"))
    return turn


async def change(assistant: Assistant, audience_id: str, *, removed: int = 0, added: int = 0) -> None:
    """Remove this many of the examples that were answered least, then add new ones."""
    examples = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    examples.sort(key=lambda example: example["correct"] + example["incorrect"])
    for example in examples[:removed]:
        await assistant.call("remove_example", audience_id=audience_id, example_id=example["example_id"])
    for number in range(added):
        pair = [f"clear new answer {number}", f"muddled new answer {number}"]
        await assistant.example(audience_id, datapoint=pair, truth=pair[0], data_type="text")


@pytest.mark.parametrize("answered", [0, 2, 4])
async def test_who_could_still_pass_goes_on_when_examples_are_added(
    people_only: Assistant, come: Come, answered: int
) -> None:
    """Nobody is dropped between a removal and its repair, whether they look in between, answer, or come newly."""
    audience_id = await people_only.audience(examples=5, min_tasks=5)
    await people_only.call("start_recruiting", audience_id=audience_id)
    one = come(audience_id)
    await one.begin()
    await right(one, answered)
    await change(people_only, audience_id, removed=5 - answered)
    turn = await one.act("next")
    assert (turn["state"], turn["tasks"]) == ("halted", [])
    assert "practice questions are being changed" in turn["message"]
    await change(people_only, audience_id, added=4 - answered)
    turn = await right(one, 4 - answered)
    assert (turn["state"], turn["admitted"]) == ("halted", False)
    await change(people_only, audience_id, added=1)
    turn = await right(one, 1)
    assert (turn["state"], turn["admitted"]) == ("waiting", True)
    audience = await people_only.call("get_audience", audience_id=audience_id)
    assert (audience["graduated"], audience["dropped"]) == (1, 0)


async def test_the_crowd_waits_for_examples_too(open_assistant: OpenAssistant) -> None:
    """Nobody of it is dropped while there are none, however long that is; with new ones all are decided."""
    async with open_assistant(toolsets="all") as assistant:
        audience_id = await assistant.audience(examples=3)
        await assistant.call("start_recruiting", audience_id=audience_id)
        await change(assistant, audience_id, removed=3)
        assistant.clock.time += 3600
        waiting = await assistant.call("get_audience", audience_id=audience_id)
        await change(assistant, audience_id, added=3)
        assistant.clock.time += 60
        decided = await assistant.call("get_audience", audience_id=audience_id)
    assert (waiting["graduated"], waiting["dropped"], waiting["qualifying"]) == (0, 0, 60)
    assert decided["graduated"] > 10
    assert decided["graduated"] + decided["dropped"] == 60
