"""A pair as a card of the platform's results grid: its responses counted, and one by one (contract G.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidata_mcp.errors import BadAnswer
from rapidata_mcp.tasks.compare_results import NOT_ITEMS, NOTHING, Pair, counted_pair

KEPT = 300
"""Characters that are kept of each text, since a job may have hundreds of thousands of long ones."""


def payload(instruction: str) -> dict[str, Any]:
    """The question of a card."""
    return {"_t": "ComparePayload", "criteria": instruction}


def raw_result(chosen: str) -> dict[str, Any]:
    """One response: the identifier of the item that won."""
    return {"_t": "CompareResult", "winners": [chosen]}


def read_card(position: int, card: Mapping[str, Any], *, people_only: bool = False, kept: int | None = KEPT) -> Pair:
    """A card as a pair. Its single responses are kept, in the form of the results document, where it has any.

    Of each text `kept` characters are kept; where that is None, all of them, and the card itself as well.

    Raises:
        BadAnswer: when its responses are not counted, or not by its items: then only the results document helps.
    """
    try:
        first, second = card["asset"]["assets"]
        keys = _keys(first, second, kept)
        aggregation, votes, scores = card["aggregation"], [0, 0, 0, 0], [0.0, 0.0, 0.0, 0.0]
        tallies = aggregation["winnerTallies"]
        if people_only:
            tallies = aggregation.get("humanTallies", tallies)
        places = _places(first, second, tallies)
        for name, counted in tallies.items():
            votes[places[name]], scores[places[name]] = counted["count"], counted["userScoreSum"]
        single = card["responses"]
        entry = _entry(single, first, second, keys, people_only=people_only) if single else NOTHING
        return counted_pair(
            position,
            keys,
            (card.get("context") or "")[:kept],
            votes,
            scores,
            None if people_only else (card.get("confidencePerCategory") or NOTHING).get(first["identifier"]),
            entry if kept is not None else {**card, **entry},
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadAnswer("The platform's results are of an unknown form.", "Update rapidata-mcp.") from None


def question_of(card: Mapping[str, Any]) -> str:
    """The instruction on a card; empty where it is not there."""
    return str((card.get("payload") or {}).get("criteria") or "")


def _keys(first: Mapping[str, Any], second: Mapping[str, Any], kept: int | None) -> tuple[str, str]:
    """What the items are called in the results document (contract H.2), unless that is the same for both."""
    a, b = _called(first)[:kept], _called(second)[:kept]
    return (a, b) if a != b else (first["identifier"][:kept], f"{second['identifier'][:kept]}…")


def _called(item: Mapping[str, Any]) -> str:
    if item["_t"] == "TextAsset":
        return str(item["text"])
    original = item["metadata"].get("originalFilename") or {}
    return str(original.get("originalFilename") or item["fileName"])


def _places(first: Mapping[str, Any], second: Mapping[str, Any], tallies: Mapping[str, Any]) -> Mapping[str, int]:
    """Which item each name refers to: identifiers, and where these are not used whatever else the items are called.

    The schema does not say which it is; a name that is none of these is a KeyError.
    """
    places = {first["identifier"]: 0, second["identifier"]: 1}
    if tallies.keys() <= places.keys():
        return places
    places |= {key: place for place, key in enumerate(NOT_ITEMS, start=2)}
    for place, item in enumerate((first, second)):
        places |= {_called(item): place, item.get("fileName", item["identifier"]): place}
    return places


def _entry(
    responses: Sequence[Mapping[str, Any]],
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    keys: tuple[str, str],
    *,
    people_only: bool,
) -> dict[str, Any]:
    """Single responses in the form of the results document."""
    named, details = (*keys, *NOT_ITEMS), []
    for response in responses:
        chosen = dict.fromkeys(response["result"].get("winners") or ())
        places = _places(first, second, chosen)
        place = places[next(iter(chosen))] if len(chosen) == 1 else 2 if chosen else 3
        if not (people_only and response.get("simulated")):
            details.append({"votedFor": named[place], "userDetails": _who(response)})
    return {"detailedResults": details}


def _who(response: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "country": response.get("country"),
        "language": response.get("language"),
        "userScores": response.get("userScores") or {"": response["userScore"]},
        "demographics": {name: response.get(name) for name in ("age", "gender", "occupation")},
        "simulated": bool(response.get("simulated")),
    }
