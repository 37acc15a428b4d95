"""The results document of a compare job as typed rows, in the platform's present format and in older ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from rapidata_mcp.errors import BadAnswer

NOT_ITEMS = frozenset({"Both", "Neither"})
"""Answers that the setting `compare_unsure` adds to a pair (contract H.2)."""
DEMOGRAPHICS = ("age", "gender", "occupation")
Winner = Literal["a", "b", "tie", "none"]


class Answer(NamedTuple):
    """One response to a pair: which item (None: both or neither), by whom. A tuple, since there are so many."""

    voted_for: str
    side: Literal["a", "b"] | None
    country: str
    language: str
    age: str
    gender: str
    occupation: str
    user_score: float | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair and its votes. `a` and `b` are the items' keys in the document, `counts` has every answer given."""

    position: int
    a: str
    b: str
    context: str
    counts: Mapping[str, int]
    a_votes: int
    b_votes: int
    winner: Winner
    weighted_winner: Winner
    a_confidence: float | None
    entry: Mapping[str, Any]

    @property
    def votes(self) -> tuple[int, int]:
        """For the first and for the second item."""
        return self.a_votes, self.b_votes

    @property
    def flipped(self) -> bool:
        """Whether weighing the labelers by their scores turns the winner round."""
        return {self.winner, self.weighted_winner} == {"a", "b"}

    def answers(self) -> Iterable[Answer]:
        """Every response, in the platform's order."""
        for detail in self.entry.get("detailedResults") or ():
            yield _answer(self, detail)


@dataclass(frozen=True)
class CompareResults:
    """A whole results document. `names` are the job's a_b_names where its summary carries them."""

    instruction: str
    names: tuple[str, str] | None
    pairs: Sequence[Pair]
    simulated: int

    @cached_property
    def responses(self) -> int:
        """All responses, also those that chose neither item."""
        return sum(sum(pair.counts.values()) for pair in self.pairs)

    @cached_property
    def voted(self) -> list[Pair]:
        """The pairs with a vote for one of their items."""
        return [pair for pair in self.pairs if pair.a_votes or pair.b_votes]


def read(document: Mapping[str, Any]) -> CompareResults:
    """Read a results document (contract H.2); before version 3.0 its entries were one level deeper (H.3).

    Raises:
        BadAnswer: when it is not that of a compare job, or in no known format.
    """
    info, entries = document.get("info"), document.get("results")
    if isinstance(entries, dict):
        entries = entries.get("data")
    info = info if isinstance(info, dict) else {}
    kind = info.get("type", info.get("orderType"))
    if kind is not None and str(kind) != "Compare":
        raise BadAnswer("These are not the results of a compare job.", "Read them raw as a resource.")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadAnswer("These results are in a format that this version does not read.", "Update rapidata-mcp.")
    try:
        pairs = [_pair(position, entry) for position, entry in enumerate(entries, start=1)]
        simulated = info.get("simulatedResponses")
        if simulated is None:
            simulated = sum(answer.simulated for pair in pairs for answer in pair.answers())
        return CompareResults(
            str(info.get("instruction") or ""), _names(document.get("summary")), pairs, int(simulated)
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadAnswer("These results hold values of an unknown form.", "Update rapidata-mcp.") from None


def _pair(position: int, entry: Mapping[str, Any]) -> Pair:
    counts = entry.get("aggregatedResults")
    if counts is None:
        counts = Counter(detail["votedFor"] for detail in entry.get("detailedResults") or ())
    first, second = _items(position, entry, counts)
    scores = entry.get("summedUserScores") or {}
    confidence = (entry.get("confidencePerCategory") or {}).get(first)
    return Pair(
        position=position,
        a=first,
        b=second,
        context=str(entry.get("context") or ""),
        counts=counts,
        a_votes=int(counts.get(first, 0)),
        b_votes=int(counts.get(second, 0)),
        winner=_winner(counts, first, second),
        weighted_winner=_winner(scores or counts, first, second),
        a_confidence=None if confidence is None else float(confidence),
        entry=entry,
    )


def _items(position: int, entry: Mapping[str, Any], counts: Mapping[str, int]) -> tuple[str, str]:
    """The keys of the two items, first and second: in the order of `assetUrls`, else of the counts (contract H.2)."""
    counted = [key for key in counts if key not in NOT_ITEMS]
    urls = entry.get("assetUrls") or {}
    # Version 4.0 briefly counted by URL what it listed by file name (contract H.3).
    keys = [key if key in counts or url not in counts else url for key, url in urls.items()] or counted
    if len(keys) < 2:
        raise BadAnswer(f"The result of pair {position} does not name two items.", "Update rapidata-mcp.")
    return keys[0], keys[1]


def _winner(totals: Mapping[str, float], first: str, second: str) -> Winner:
    """Counted anew: what `winner` means changed with version 4.1 (contract H.3)."""
    if not any(totals.values()):
        return "none"
    a, b = totals.get(first, 0), totals.get(second, 0)
    top = max(totals.values())
    if abs(a - b) < 1e-9 or max(a, b) < top:
        return "tie"
    return "a" if a > b else "b"


def _names(summary: Any) -> tuple[str, str] | None:
    found = [name for name in summary if name.endswith("_wins_total")] if isinstance(summary, dict) else []
    names = [name.removesuffix("_wins_total") for name in found]
    return (names[0], names[1]) if len(names) == 2 and names != ["A", "B"] else None


def _answer(pair: Pair, detail: Mapping[str, Any]) -> Answer:
    user = detail.get("userDetails") or {}
    people = user.get("demographics") or user  # directly in the user until version 3.0 (contract H.3)
    scores = user.get("userScores")
    values = list(scores.values()) if isinstance(scores, dict) else [user["userScore"]] if "userScore" in user else []
    voted_for = str(detail.get("votedFor", ""))
    return Answer(
        voted_for=voted_for,
        side="a" if voted_for == pair.a else "b" if voted_for == pair.b else None,
        country=str(user.get("country") or ""),
        language=str(user.get("language") or ""),
        age=str(people.get("age") or ""),
        gender=str(people.get("gender") or ""),
        occupation=str(people.get("occupation") or ""),
        user_score=sum(values) / len(values) if values else None,
        simulated=bool(user.get("simulated")),
    )
