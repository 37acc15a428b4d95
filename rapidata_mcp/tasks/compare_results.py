"""The results of comparison: the entry of a pair, and its outcome, from an entry of any version or from a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.aggregate.majority import EQUAL_WITHIN, ratios, tally, winner
from rapidata_mcp.aggregate.share import share_of_pair
from rapidata_mcp.errors import BadAnswer
from rapidata_mcp.tasks.compare_verdict import describe_winners, verdict_of
from rapidata_mcp.tasks.outcomes import NOTHING, Counts, Outcome, RawResponse, details_in, user_score
from rapidata_mcp.tasks.pairs import PairTaskType
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.task import Answer, DatapointVotes, Question, by_key
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence

NOT_ITEMS = ("Both", "Neither")
"""Answers that the setting `compare_unsure` adds to a pair (contract H.2)."""
KEPT = 300
"""Characters that are kept of each text, since a job may have hundreds of thousands of long texts."""


class ComparisonResults(PairTaskType):
    """The half of comparison that makes results and reads them."""

    card_payload = "ComparePayload"
    card_aggregation = "CompareAggregation"

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return a pair in the results format 4.1.0. Both and Neither appear if somebody chose them (contract H.2)."""
        items = [item.key for item in datapoint.items]
        keys = [*items, *datapoint.question.options[len(items) :]]
        counts = tally(((vote.choice, 1) for vote in datapoint.votes), len(keys))
        scores = tally(((vote.choice, vote.user_score) for vote in datapoint.votes), len(keys))
        majority, weighted = winner(counts), winner(scores)
        places = [place for place, count in enumerate(counts) if place < len(items) or count]

        def shown_by_key(values: Sequence[float]) -> dict[str, float]:
            return by_key([keys[place] for place in places], [values[place] for place in places])

        members: dict[str, Any] = {
            "winner": None if majority is None else keys[majority],
            "winnerIndex": majority,
            "weightedWinner": None if weighted is None else keys[weighted],
            "weightedWinnerIndex": weighted,
            "winner_index": majority,
            "aggregatedResults": {keys[place]: int(counts[place]) for place in places},
            "aggregatedResultsRatios": shown_by_key(ratios(counts)),
            "summedUserScores": shown_by_key(scores),
            "summedUserScoresRatios": shown_by_key(ratios(scores)),
        }
        if with_confidence:
            posterior = confidence(((vote.choice, vote.user_score) for vote in datapoint.votes), len(keys))
            members["confidencePerCategory"] = shown_by_key(posterior)
        return datapoint.entry(members, lambda vote: {"votedFor": keys[vote.choice]})

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the winning item."""
        names = [*question.names, *NOT_ITEMS]
        return {"_t": "CompareResult", "winners": [names[answer.choice]]}

    def side_names(self, spec: Any) -> tuple[str, str] | None:
        """Return the `a_b_names` of the job."""
        names: Sequence[str] = spec.index_identifiers or ()
        return (names[0], names[1]) if len(names) == 2 else None

    def summary(self, results: Sequence[dict[str, Any]], spec: Any) -> dict[str, int]:
        """Count the pairs that the first and the second item won (contract H.2)."""
        winners = [entry["winnerIndex"] for entry in results]
        first, second = self.side_names(spec) or ("A", "B")
        return {f"{first}_wins_total": winners.count(0), f"{second}_wins_total": winners.count(1)}

    def extra_answers(self, settings: Mapping[str, str]) -> tuple[str, ...]:
        """Return Both and Neither, if the job allows them."""
        return NOT_ITEMS if "compare_unsure" in settings else ()

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Read the outcome of a pair from its entry. BadAnswer if the entry does not name two items."""
        details = details_in(entry, people_only=people_only)
        counts, scores = entry.get("aggregatedResults"), entry.get("summedUserScores") or NOTHING
        first, second = _items(position, entry, dict.fromkeys(map(voted_for, details)) if counts is None else counts)
        keys = (first, second, *NOT_ITEMS)
        if counts is None or people_only:
            votes, weights = _count(keys, details)
        else:
            votes = [int(counts.get(key, 0)) for key in keys]
            weights = [float(scores.get(key, 0)) for key in keys]
        sure = None if people_only else (entry.get("confidencePerCategory") or NOTHING).get(first)
        sure, context = None if sure is None else float(sure), str(entry.get("context") or "")
        return counted_pair(position, (first, second), context, votes, weights, sure, entry, details)

    def outcome_of_counts(
        self, position: int, items: tuple[str, str], context: str, votes: Sequence[int], scores: Sequence[float]
    ) -> Outcome:
        """Make the outcome of a pair from counts."""
        return counted_pair(position, items, context, votes, scores)

    def read_card(
        self, position: int, card: Mapping[str, Any], *, people_only: bool = False, whole: bool = False
    ) -> Outcome:
        """Read the outcome of a pair from its card. Counts by names that its items do not have are a BadAnswer."""
        kept = None if whole else KEPT
        try:
            first, second = card["asset"]["assets"]
            keys = _keys(first, second, kept)
            aggregation, votes, scores = card["aggregation"], [0, 0, 0, 0], [0.0, 0.0, 0.0, 0.0]
            tallies = aggregation["winnerTallies"]
            if people_only:
                tallies = aggregation.get("humanTallies", tallies)
            places = _places(first, second, tallies)
            for name, counts in tallies.items():
                votes[places[name]], scores[places[name]] = counts["count"], counts["userScoreSum"]
            single = card["responses"]
            details = _details(single, first, second, keys, people_only=people_only) if single else ()
            return counted_pair(
                position,
                keys,
                (card.get("context") or "")[:kept],
                votes,
                scores,
                None if people_only else (card.get("confidencePerCategory") or NOTHING).get(first["identifier"]),
                card if whole else NOTHING,
                details,
            )
        except (TypeError, ValueError, AttributeError, KeyError):
            raise BadAnswer("The platform's results are of an unknown form.", "Update rapidata-mcp.") from None

    def verdict(self, results: JobResults) -> JobVerdict:
        """Judge which side is preferred over all pairs."""
        return verdict_of(results)

    def describe_matches(self, results: JobResults, matches: Sequence[Outcome]) -> Sentence:
        """Say how many pairs match a selection, and who won them."""
        number = super().describe_matches(results, matches)
        return describe_winners(results, matches, number.text) if matches else number


def counted_pair(
    position: int,
    items: tuple[str, str],
    context: str,
    votes: Sequence[int],
    scores: Sequence[float],
    confidence: float | None = None,
    entry: Mapping[str, Any] = NOTHING,
    details: Sequence[RawResponse] = (),
) -> Outcome:
    """Make the outcome of a pair from votes and user scores: for the first item, the second, both, neither."""
    a, b, both, neither = votes
    counts = _counts(a, b, both, neither)
    names = (*items, *NOT_ITEMS) if both or neither else items
    weighted = _leading(*scores) if any(scores) else counts.leading
    return Outcome(
        position, "", context, names, counts, scores, weighted, confidence, entry, details, voted_for
    )  # by position, which is faster for 100,000 pairs


@lru_cache(maxsize=4_096)  # a job of any size has few different counts
def _counts(a: int, b: int, both: int, neither: int) -> Counts:
    share, chosen = share_of_pair(a, b), a + b
    unsure = (both, neither) if both or neither else ()
    return Counts(
        votes=(a, b, *unsure),
        responses=chosen + both + neither,
        shares=(share, share and share.mirrored, *(None for _ in unsure)),
        notes=("", "", *("" for _ in unsure)),
        leading=_leading(a, b, both, neither),
        certain=share is not None and share.side is not None,
        certainty=abs(a - b) / chosen**0.5 if chosen else -1.0,  # standard errors from an even split
    )


def _leading(a: float, b: float, both: float, neither: float) -> int | None:
    """The item that leads. It is counted again, since `winner` changed its meaning with version 4.1 (contract H.3)."""
    if not (both or neither):
        return None if abs(a - b) < EQUAL_WITHIN else int(b > a)
    first = winner((a, b, both, neither))
    return first if first in (0, 1) else None


def voted_for(detail: RawResponse) -> str:
    """The answer of a single response."""
    return str(detail.get("votedFor", ""))


def _count(keys: tuple[str, ...], details: Sequence[RawResponse]) -> tuple[list[int], list[float]]:
    votes, scores = [0] * len(keys), [0.0] * len(keys)
    for detail in details:
        place = keys.index(voted_for(detail))
        votes[place] += 1
        scores[place] += user_score(detail) or 0.0
    return votes, scores


def _items(position: int, entry: Mapping[str, Any], counts: Mapping[str, Any]) -> tuple[str, str]:
    """The keys of the two items, first and second: in the order of `assetUrls`, else of the counts (contract H.2)."""
    counted = [key for key in counts if key not in NOT_ITEMS]
    urls = entry.get("assetUrls") or {}
    # Version 4.0 briefly counted by URL, although it listed by file name (contract H.3).
    keys = [key if key in counts or url not in counts else url for key, url in urls.items()] or counted
    if len(keys) < 2:
        raise BadAnswer(f"The result of pair {position} does not name two items.", "Update rapidata-mcp.")
    return keys[0], keys[1]


def _keys(first: Mapping[str, Any], second: Mapping[str, Any], kept: int | None) -> tuple[str, str]:
    """The names of the items in the results document (contract H.2), unless that is the same for both."""
    a, b = _name_of(first)[:kept], _name_of(second)[:kept]
    return (a, b) if a != b else (first["identifier"][:kept], f"{second['identifier'][:kept]}…")


def _name_of(item: Mapping[str, Any]) -> str:
    if item["_t"] == "TextAsset":
        return str(item["text"])
    original = item["metadata"].get("originalFilename") or {}
    return str(original.get("originalFilename") or item["fileName"])


def _places(first: Mapping[str, Any], second: Mapping[str, Any], tallies: Mapping[str, Any]) -> Mapping[str, int]:
    """The place of the item that each name refers to: by identifier, else by any other name of an item.

    The schema does not say which it is; a name that is none of these is a KeyError.
    """
    places = {first["identifier"]: 0, second["identifier"]: 1}
    if tallies.keys() <= places.keys():
        return places
    places |= {key: place for place, key in enumerate(NOT_ITEMS, start=2)}
    for place, item in enumerate((first, second)):
        places |= {_name_of(item): place, item.get("fileName", item["identifier"]): place}
    return places


def _details(
    responses: Sequence[Mapping[str, Any]],
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    keys: tuple[str, str],
    *,
    people_only: bool,
) -> list[RawResponse]:
    """The single responses of a card in the form of the results document."""
    named, details = (*keys, *NOT_ITEMS), list[RawResponse]()
    for response in responses:
        chosen = dict.fromkeys(response["result"].get("winners") or ())
        places = _places(first, second, chosen)
        place = places[next(iter(chosen))] if len(chosen) == 1 else 2 if chosen else 3
        if not (people_only and response.get("simulated")):
            details.append({"votedFor": named[place], "userDetails": _user(response)})
    return details


def _user(response: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "country": response.get("country"),
        "language": response.get("language"),
        "userScores": response.get("userScores") or {"": response["userScore"]},
        "demographics": {name: response.get(name) for name in ("age", "gender", "occupation")},
        "simulated": bool(response.get("simulated")),
    }
