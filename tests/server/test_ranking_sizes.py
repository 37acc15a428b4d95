"""How much a ranking asks for is told before it is priced, stays the same, and is never more than was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant

FIVE = [f"text {number}" for number in range(5)]
TWELVE = [f"text {number:02}" for number in range(12)]


async def drafted(assistant: Assistant, lists: list[list[str]], budget: int, **more: Any) -> dict[str, Any]:
    asked = {"name": "Rank", "instruction": "Which is greater?", "data_type": "text"} | more
    return await assistant.call("create_ranking_job", datapoints=lists, comparison_budget_per_ranking=budget, **asked)


@pytest.mark.parametrize(
    ("lists", "budget", "responses", "pairs", "most"),
    [([FIVE], 10, 2, 10, 20), ([FIVE, FIVE[:3]], 25, 1, 13, 26), ([TWELVE, FIVE], 30, 2, 60, 120)],
)
async def test_its_size_is_known_before_its_price(
    open_assistant: OpenAssistant, lists: list[list[str]], budget: int, responses: int, pairs: int, most: int
) -> None:
    """The same number of comparisons and responses before and after, by the arithmetic of contract F.5."""
    async with open_assistant(local_price=0.01, local_credit=5.0, toolsets="all") as assistant:
        draft = await drafted(assistant, lists, budget, responses_per_comparison=responses)
        unpriced = await assistant.call("get_job", job_definition_id=draft["job_definition_id"])
        assistant.clock.time += 5
        priced = await assistant.call("get_job", job_definition_id=draft["job_definition_id"])
    size = f"{pairs} pairs, about {most} responses"
    assert (draft["datapoints"], draft["most_responses"]) == (pairs, most)
    assert size in draft["summary"]
    assert "not priced yet" in draft["summary"]
    assert "response" not in unpriced["summary"]
    assert size in priced["summary"]


async def test_a_budget_that_cannot_hold_is_refused(open_assistant: OpenAssistant) -> None:
    """Every pair of a short list is compared: the least is named, and is enough; long lists take any."""
    async with open_assistant(toolsets="all") as assistant:
        asked = {"name": "Rank", "instruction": "Which is greater?", "data_type": "text", "datapoints": [FIVE]}
        refusal = await assistant.refusal("create_ranking_job", comparison_budget_per_ranking=9, **asked)
        assert "5 items make 10 pairs" in refusal
        assert "Give at least 10." in refusal
        assert (await drafted(assistant, [FIVE], 10))["most_responses"] == 10
        assert (await drafted(assistant, [TWELVE], 3))["most_responses"] == 3
