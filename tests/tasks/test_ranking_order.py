"""The verdict on a ranked list names the neighbors whose order is certain, and the items that are tied."""

from __future__ import annotations

from typing import Any

from rapidata_mcp.tasks.ranking_results import outcome_of, verdict_of


def ranked(*wins: tuple[str, str, int]) -> tuple[str, list[str]]:
    """The verdict on (winner, loser, times), and the remarks on the items in their order."""
    items = sorted({item for winner, loser, _ in wins for item in (winner, loser)})
    details = [{"votedFor": winner, "votedAgainst": loser} for winner, loser, times in wins for _ in range(times)]
    entry: dict[str, Any] = {"aggregatedResults": dict.fromkeys(items, 0), "detailedResults": details}
    outcome = outcome_of(1, entry, people_only=False)
    sentences = " ".join(sentence.quoted for sentence in verdict_of([outcome]).sentences)
    return sentences, [answer.note for answer in outcome.answers]


def test_neighbors_in_a_certain_order_are_named() -> None:
    """The order of the others is not certain. Items of equal strength are tied."""
    sentences, notes = ranked(
        ("A", "C", 20), ("B", "C", 20), ("A", "B", 5), ("B", "A", 5), ("C", "D", 3), ("D", "C", 3)
    )
    assert "“B” is certainly above “" in sentences
    assert "the order of other neighbors is not certain" in sentences
    assert "the comparisons that it was in; its share (with a 95 % interval)" in sentences
    assert [note.split(" (")[0] for note in notes[:2]] == ["rank 1, tied", "rank 2, tied"]


def test_an_order_that_is_not_certain() -> None:
    """No item is certainly above the next item."""
    sentences, notes = ranked(("A", "B", 2), ("B", "C", 2), ("A", "C", 1))
    assert "No item is certainly above the next item in the order." in sentences
    assert "rank 1 (95 %: 1 to 3), won 3" in notes[0]
