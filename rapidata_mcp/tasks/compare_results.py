"""The results of a compare job as typed rows: from the platform's document, in its present format and in older ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from rapidata_mcp.aggregate.majority import winner
from rapidata_mcp.errors import BadAnswer

NOT_ITEMS = ("Both", "Neither")
"""Answers that the setting `compare_unsure` adds to a pair (contract H.2)."""
Winner = Literal["a", "b", "tie", "none"]
NOTHING: Mapping[str, Any] = {}


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

    @property
    def choice(self) -> Literal["a", "b", "both", "neither"]:
        """What was chosen."""
        return self.side or ("both" if self.voted_for == NOT_ITEMS[0] else "neither")


class Pair(NamedTuple):
    """One pair and its votes; `a` and `b` are the keys of its items. A tuple, since there are so many.

    `winner` is by plain count; a tie is also what Both or Neither won, alone or beside an item. `entry` is what the
    platform says of the pair as far as that is kept, with single responses.
    """

    position: int
    a: str
    b: str
    context: str
    a_votes: int
    b_votes: int
    both_votes: int
    neither_votes: int
    a_score: float
    b_score: float
    winner: Winner
    weighted_winner: Winner
    a_confidence: float | None
    entry: Mapping[str, Any] = NOTHING

    @property
    def votes(self) -> tuple[int, int]:
        """For the first and for the second item."""
        return self.a_votes, self.b_votes

    @property
    def unsure_votes(self) -> int:
        """Responses that chose no item."""
        return self.both_votes + self.neither_votes

    @property
    def responses(self) -> int:
        """All responses."""
        return sum(self.all_votes)

    @property
    def all_votes(self) -> tuple[int, int, int, int]:
        """For the first, the second, both and neither."""
        return self.a_votes, self.b_votes, self.both_votes, self.neither_votes

    @property
    def flipped(self) -> bool:
        """Whether weighing the labelers by their scores turns the winner round."""
        return self.winner != self.weighted_winner and {self.winner, self.weighted_winner} == {"a", "b"}

    def answers(self) -> Iterator[Answer]:
        """Every response that is kept, in the platform's order."""
        return (_answer(self, detail) for detail in self.entry.get("detailedResults") or ())


@dataclass(frozen=True)
class CompareResults:
    """The results of a job. `names` are its a_b_names where they are told.

    `human` and `simulated` count all of its responses; `people_only` tells that the pairs have those of people alone.
    `single` tells that the single responses of all pairs are there; else `sample` are those pairs that have them.
    """

    instruction: str
    names: tuple[str, str] | None
    pairs: Sequence[Pair]
    human: int
    simulated: int
    people_only: bool = False
    stops_early: bool = False
    single: bool = True
    sample: Sequence[Pair] = ()

    @cached_property
    def responses(self) -> int:
        """The responses to the pairs, also those that chose neither item."""
        return sum(pair.responses for pair in self.pairs)

    @cached_property
    def voted(self) -> list[Pair]:
        """The pairs with a vote for one of their items."""
        return [pair for pair in self.pairs if pair.a_votes or pair.b_votes]

    @property
    def all_simulated(self) -> bool:
        """Whether there are responses, and no human gave any of them."""
        return bool(self.simulated) and not self.human


def read(document: Mapping[str, Any], *, people_only: bool = False) -> CompareResults:
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
        responses, simulated = sum(pair.responses for pair in pairs), info.get("simulatedResponses")
        if simulated is None:
            simulated = sum(answer.simulated for pair in pairs for answer in pair.answers())
        if people_only and simulated:
            pairs = [_of_people(pair) for pair in pairs]
        return CompareResults(
            instruction=str(info.get("instruction") or ""),
            names=names_of(document.get("summary")),
            pairs=pairs,
            human=max(0, responses - int(simulated)),
            simulated=int(simulated),
            people_only=people_only,
            stops_early=any(pair.a_confidence is not None for pair in pairs),
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadAnswer("These results hold values of an unknown form.", "Update rapidata-mcp.") from None


def _pair(position: int, entry: Mapping[str, Any]) -> Pair:
    counts = entry.get("aggregatedResults")
    if counts is None:
        counts = Counter(detail["votedFor"] for detail in entry.get("detailedResults") or ())
    first, second = _items(position, entry, counts)
    confidence = (entry.get("confidencePerCategory") or {}).get(first)
    scores, keys = entry.get("summedUserScores") or {}, (first, second, *NOT_ITEMS)
    return counted_pair(
        position,
        (first, second),
        str(entry.get("context") or ""),
        [int(counts.get(key, 0)) for key in keys],
        [float(scores.get(key, 0)) for key in keys],
        None if confidence is None else float(confidence),
        entry,
    )


def counted_pair(
    position: int,
    items: tuple[str, str],
    context: str,
    votes: Sequence[int],
    scores: Sequence[float],
    confidence: float | None = None,
    entry: Mapping[str, Any] = NOTHING,
) -> Pair:
    """A pair from its responses (for the first, the second, both, neither) and the user scores of who gave them."""
    (a, b), (a_votes, b_votes, both, neither), (a_score, b_score, *_) = items, votes, scores
    counted = (a_votes, b_votes, both, neither)
    by_count = _won_by_count(counted)
    weighted = _won(scores) if any(scores) else by_count
    return Pair(position, a, b, context, *counted, a_score, b_score, by_count, weighted, confidence, entry)


def _of_people(pair: Pair) -> Pair:
    """The pair as people alone see it: counted anew from their responses."""
    details = [detail for detail in pair.entry.get("detailedResults") or () if not _is_simulated(detail)]
    votes, scores = [0, 0, 0, 0], [0.0, 0.0, 0.0, 0.0]
    places = {pair.a: 0, pair.b: 1, **{key: place for place, key in enumerate(NOT_ITEMS, start=2)}}
    for detail in details:
        answer = _answer(pair, detail)
        place = places[answer.voted_for]
        votes[place] += 1
        scores[place] += answer.user_score or 0.0
    entry = {**pair.entry, "detailedResults": details}
    return counted_pair(pair.position, (pair.a, pair.b), pair.context, votes, scores, None, entry)


def _is_simulated(detail: Mapping[str, Any]) -> bool:
    return bool((detail.get("userDetails") or {}).get("simulated"))


def _items(position: int, entry: Mapping[str, Any], counts: Mapping[str, int]) -> tuple[str, str]:
    """The keys of the two items, first and second: in the order of `assetUrls`, else of the counts (contract H.2)."""
    counted = [key for key in counts if key not in NOT_ITEMS]
    urls = entry.get("assetUrls") or {}
    # Version 4.0 briefly counted by URL what it listed by file name (contract H.3).
    keys = [key if key in counts or url not in counts else url for key, url in urls.items()] or counted
    if len(keys) < 2:
        raise BadAnswer(f"The result of pair {position} does not name two items.", "Update rapidata-mcp.")
    return keys[0], keys[1]


def _won(totals: Sequence[float]) -> Winner:
    """Counted anew: what `winner` means changed with version 4.1 (contract H.3)."""
    first = winner(totals)
    if first == 0:
        return "a"
    if first == 1:
        return "b"
    return "tie" if any(totals) else "none"


_won_by_count = lru_cache(maxsize=4_096)(_won)  # a job of any size has few different counts


def names_of(summary: Any) -> tuple[str, str] | None:
    """The names of both sides, where they are others than A and B."""
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
