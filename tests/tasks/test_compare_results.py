"""Results of compare jobs are read in every format that the platform has used."""

from __future__ import annotations

from typing import Any

import pytest

from rapidata_mcp.errors import BadAnswer
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.pairs import votes_of, winner_of
from rapidata_mcp.tasks.results import JobResults, read_document

URLS = {"a.jpg": "https://assets.rapidata.ai/1.jpg", "b.jpg": "https://assets.rapidata.ai/2.jpg"}


def detail(voted_for: str, **user: Any) -> dict[str, Any]:
    return {"votedFor": voted_for, "userDetails": {"country": "ES", "language": "es"} | user}


PRESENT = {
    "info": {"version": "4.1.0", "type": "Compare", "instruction": "Which?", "unheardOf": 1},
    "results": [
        {
            "context": "A cat",
            "winner": "a.jpg",
            "winnerIndex": 0,
            "weightedWinnerIndex": 1,
            "assetUrls": URLS,
            "aggregatedResults": {"b.jpg": 1, "a.jpg": 2},
            "summedUserScores": {"b.jpg": 0.9, "a.jpg": 0.4},
            "confidencePerCategory": {"a.jpg": 0.3, "b.jpg": 0.7},
            "detailedResults": [
                detail("a.jpg", userScores={"global": 0.1, "other": 0.3}, demographics={"age": "18-29"}),
                detail("a.jpg", userScores={"global": 0.2}, demographics={}),
                detail("b.jpg", userScores={"global": 0.9}, demographics={"gender": "Female"}),
            ],
        }
    ],
    "summary": {"A_wins_total": 1, "B_wins_total": 0},
}


def read(document: dict[str, Any]) -> JobResults:
    return read_document(Compare(), document, {})


def winners(pair: Outcome) -> tuple[str, str]:
    """The winner by votes, and the winner by user scores."""
    return winner_of(pair, pair.counts.leading), winner_of(pair, pair.weighted)


def entry(**changes: Any) -> JobResults:
    return read(PRESENT | {"results": [PRESENT["results"][0] | changes]})


def test_the_present_format() -> None:
    """The items are in the order of the URLs. The winner by votes and the winner by user scores are separate."""
    results = read(PRESENT)
    (pair,) = results.outcomes
    assert (results.instruction, results.sides, results.simulated, results.total) == ("Which?", None, 0, 3)
    assert (pair.names, votes_of(pair), pair.context) == (("a.jpg", "b.jpg"), (2, 1, 0, 0), "A cat")
    assert (winners(pair), pair.flipped, pair.confidence) == (("a", "b"), True, 0.3)
    first, _, last = pair.responses()
    assert (first.answer, first.user_score, first.age, first.country) == ("a.jpg", pytest.approx(0.2), "18-29", "ES")
    assert (last.answer, last.gender, last.simulated) == ("b.jpg", "Female", False)


def test_version_4_0_counted_by_url() -> None:
    """The names of the items were full URLs for a week (contract H.3)."""
    by_url = dict(zip(URLS.values(), (2, 1), strict=True))
    (pair,) = entry(aggregatedResults=by_url, summedUserScores={}).outcomes
    assert (votes_of(pair)[:2], pair.names[0]) == ((2, 1), URLS["a.jpg"])


def test_version_3_named_the_weighted_winner() -> None:
    """There was no type, no URL, and no `demographics` (contract H.3). The winner is counted again."""
    user = {"userScores": {"global": 0.5}, "age": "30-39", "gender": "Male"}
    old = {
        "info": {"createdAt": "2025-01-01", "version": "3.0.0"},
        "results": [
            {
                "winner": "b.jpg",
                "aggregatedResults": {"a.jpg": 2, "b.jpg": 1},
                "detailedResults": [detail("a.jpg", **user)],
            }
        ],
    }
    (pair,) = read(old).outcomes
    (response,) = pair.responses()
    assert (winners(pair)[0], response.age, response.gender) == ("a", "30-39", "Male")


def test_before_version_3_entries_were_deeper() -> None:
    """The results were in an object, each labeler had one score, and counts could be missing (contract H.3)."""
    details = [detail("a.jpg", userScore=0.7), detail("b.jpg", userScore=0.5), detail("a.jpg", userScore=0.1)]
    results = read({"info": {}, "results": {"globalAggregatedData": {}, "data": [{"detailedResults": details}]}})
    assert votes_of(results.outcomes[0])[:2] == (2, 1)
    assert [response.user_score for response in results.outcomes[0].responses()] == [0.7, 0.5, 0.1]


@pytest.mark.parametrize(
    ("counts", "winner"),
    [
        ({"a.jpg": 2, "b.jpg": 1, "Both": 4}, "tie"),
        ({"a.jpg": 2, "b.jpg": 1, "Neither": 2}, "tie"),
        ({"a.jpg": 2, "b.jpg": 1, "Neither": 1}, "a"),
        ({}, "none"),
    ],
)
def test_both_and_neither_are_no_items(counts: dict[str, int], winner: str) -> None:
    """They have no share, and if they win a pair, no item wins it (contract H.2)."""
    results = entry(aggregatedResults=counts, summedUserScores={})
    assert (winners(results.outcomes[0])[0], results.outcomes[0].names[0]) == (winner, "a.jpg")
    assert results.total == sum(counts.values())


def test_the_names_of_the_sides_come_from_the_summary() -> None:
    """They are in the keys `<name>_wins_total` (contract H.2)."""
    assert read(PRESENT | {"summary": {"Flux_wins_total": 1, "MJ_wins_total": 0}}).sides == ("Flux", "MJ")


@pytest.mark.parametrize(
    "changes",
    [
        {"info": {"type": "Classification"}},
        {"results": None},
        {"results": ["x"]},
        {"results": [{"aggregatedResults": {"only": 3}}]},
        {"results": [{"aggregatedResults": {"a": "many", "b": 1}}]},
        {"results": [{"aggregatedResults": 7}]},
    ],
)
def test_an_unknown_format_is_an_error(changes: dict[str, Any]) -> None:
    """Nothing is guessed."""
    with pytest.raises(BadAnswer):
        read(PRESENT | changes)
