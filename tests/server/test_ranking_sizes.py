"""The size of a ranking is known before its price and stays within the budget."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant

QUESTION = {"name": "Rank", "instruction": "Which is greater?", "data_type": "text"}
FIVE = [f"text {number}" for number in range(5)]
TWELVE = [f"text {number:02}" for number in range(12)]


async def draft_ranking(
    assistant: Assistant, lists: list[list[str]], budget: int, responses: int = 1
) -> dict[str, Any]:
    return await assistant.call(
        "create_ranking_job",
        datapoints=lists,
        comparison_budget_per_ranking=budget,
        responses_per_comparison=responses,
        **QUESTION,
    )


@pytest.mark.parametrize(
    ("lists", "budget", "responses", "pairs", "most"),
    [([FIVE], 10, 2, 10, 20), ([FIVE, FIVE[:3]], 25, 1, 13, 26), ([TWELVE, FIVE], 30, 2, 60, 120)],
)
async def test_the_size_is_known_before_the_price(
    open_assistant: OpenAssistant, lists: list[list[str]], budget: int, responses: int, pairs: int, most: int
) -> None:
    """Comparisons and responses are the same before and after pricing, by the formulas of contract F.5."""
    async with open_assistant(local_price=0.01, local_credit=5.0, toolsets="all") as assistant:
        draft = await draft_ranking(assistant, lists, budget, responses)
        unpriced = await assistant.call("get_job", job_definition_id=draft["job_definition_id"])
        assistant.clock.time += 5
        priced = await assistant.call("get_job", job_definition_id=draft["job_definition_id"])
    size = f"{pairs} pairs, about {most} responses"
    assert (draft["datapoints"], draft["most_responses"]) == (pairs, most)
    assert size in draft["summary"]
    assert "not priced yet" in draft["summary"]
    assert "response" not in unpriced["summary"]
    assert size in priced["summary"]


async def test_a_budget_below_the_number_of_pairs_is_refused(open_assistant: OpenAssistant) -> None:
    """Every pair of a short list is compared. The refusal names the minimum; long lists have none."""
    async with open_assistant(toolsets="all") as assistant:
        refusal = await assistant.refusal(
            "create_ranking_job", datapoints=[FIVE], comparison_budget_per_ranking=9, **QUESTION
        )
        assert "5 items make 10 pairs" in refusal
        assert "Give at least 10." in refusal
        assert (await draft_ranking(assistant, [FIVE], 10))["most_responses"] == 10
        assert (await draft_ranking(assistant, [TWELVE], 3))["most_responses"] == 3
