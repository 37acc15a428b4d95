"""The SDK's rankings on the embedded platform: pairs within the budget, votes put together for each list."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from rapidata import RapidataClient

from rapidata_mcp.tasks.compare import preference
from tests.contract.served import Served
from tests.contract.task_operations import COOLER, LONG

LISTS = [["a house", "a tree", "a cloud"], ["red", "blue"]]
pytestmark = pytest.mark.usefixtures("quick")


def ranked(sdk: RapidataClient, lists: list[list[str]], budget: int, **given: Any) -> Any:
    made = sdk.job.create_ranking_job_definition("Rank", COOLER, lists, budget, data_type="text", **given)
    return sdk.audience.get_audience_by_id("global").assign_job(made).get_results()


def met(entry: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """How often each two items of a list were compared."""
    return Counter(tuple(sorted((vote["votedFor"], vote["votedAgainst"]))) for vote in entry["detailedResults"])


def test_short_lists_compare_every_pair(sdk: RapidataClient) -> None:
    """Contract F.5: the budget spread over the pairs of the longest list; contexts belong to the lists."""
    results = ranked(sdk, LISTS, 30, responses_per_comparison=2, contexts=["A", "B"])
    assert [entry["context"] for entry in results["results"]] == ["A", "B"]
    for items, entry in zip(LISTS, results["results"], strict=True):
        votes = met(entry)
        assert set(votes) == {tuple(sorted(pair)) for pair in combinations(items, 2)}
        assert all(20 <= count <= 21 for count in votes.values())
        assert sum(entry["aggregatedResults"].values()) == votes.total()
        assert sum(entry["elo"].values()) == pytest.approx(1200 * len(items), abs=len(items))
    assert results["summary"] == {key: score for entry in results["results"] for key, score in entry["elo"].items()}
    assert results["info"]["type"] == "Ranking"


def test_a_long_list_is_compared_within_its_budget(sdk: RapidataClient) -> None:
    """Sixty comparisons, one vote each, of eleven texts: every text several times, those of similar strength more."""
    entry = ranked(sdk, [LONG], 60)["results"][0]
    votes = met(entry)
    assert 60 <= votes.total() <= 76  # now and then somebody answers at the same time (contract H.10)
    assert len(votes) > 25
    played = Counter(item for pair, count in votes.items() for item in [*pair] * count)
    assert set(played) == set(LONG)
    assert min(played.values()) >= 6
    best, worst = (pick(entry["elo"], key=entry["elo"].get) for pick in (max, min))
    assert preference(COOLER, best, worst) > 0.5


def test_the_table_of_a_ranking_has_a_column_per_item(sdk: RapidataClient) -> None:
    """As the SDK makes it (contract H.6)."""
    table = ranked(sdk, LISTS[:1], 9).to_pandas()
    assert list(table["asset_1"]) == ["a house"]
    assert {"a house_elo", "a tree_aggregatedResults", "a cloud_aggregatedResultsRatios"} <= set(table.columns)


def test_a_ranking_is_priced_by_its_comparisons(sdk: RapidataClient, platform: Served) -> None:
    """Pairs of all lists, times the votes on each."""
    made = sdk.job.create_ranking_job_definition("Rank", COOLER, LISTS, 30, data_type="text")
    assert made.estimated_cost is not None
    estimate = json.loads(platform.answers[-1].content)
    assert (estimate["datapointCount"], estimate["requiredResponses"]) == (4, 40)


def test_lists_are_read_in_pages(sdk: RapidataClient, platform: Served) -> None:
    """Contract G.9: each list has the scores of its items, the best first, as in the results file."""
    made = sdk.job.create_ranking_job_definition("Rank", COOLER, [*LISTS, LONG], 30, data_type="text")
    job = sdk.audience.get_audience_by_id("global").assign_job(made)
    document = job.get_results()
    session, url = sdk._openapi_service.api_client.rest_client.session, f"{platform.url}/job/{job.id}"
    pages = [session.get(f"{url}/results?page={page}&page_size=2").json() for page in (1, 2)]
    assert [page["total"] for page in pages] == [3, 3]
    groups = [group for page in pages for group in page["items"]]
    for group, entry in zip(groups, document["results"], strict=True):
        scores = {item["asset"]["text"]: item["elo"] for item in group["datapoints"]}
        assert scores == entry["elo"]
        assert list(scores.values()) == sorted(scores.values(), reverse=True)
        assert group["totalVotes"] == len(entry["detailedResults"])
    assert groups[2]["pairMakerInformation"]["currentComparisonBudget"] == 0
    one = session.get(f"{url}/results/groups/{groups[2]['id']}?page=2&page_size=10").json()
    assert (one["total"], len(one["items"])) == (11, 1)
    assert session.get(f"{url}/results/groups/nothing").status_code == 404
    responses = session.get(f"{url}/responses?limit=500").json()["responses"]
    assert len(responses) == sum(len(entry["detailedResults"]) for entry in document["results"])
    assert {winner for one in responses for winner in one["result"]["winners"]} <= {*LISTS[0], *LISTS[1], *LONG}
