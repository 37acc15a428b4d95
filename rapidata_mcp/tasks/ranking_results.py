"""The results of a ranking job: the items of each list in order, with what is certain of that."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidata_mcp.aggregate.bradley_terry import MOST_ITEMS, Strengths, bradley_terry
from rapidata_mcp.aggregate.share import Share
from rapidata_mcp.tasks.outcomes import Counted, Detail, Outcome, Overall, Sentence, read_outcome


def outcome_of(position: int, entry: Mapping[str, Any], *, people_only: bool) -> Outcome:
    """The items of a list, the strongest first: how often each was compared, and how likely it beats an average one.

    An interval is that of a Bradley-Terry strength; a rank comes with the ranks that it may be, for all items at once.
    Where a platform does not tell which item lost, and of very long lists, only scores and wins are told.
    """
    items = [str(item) for item in entry.get("assetUrls") or entry["aggregatedResults"]]
    fit: Strengths | None = None

    def count(details: Sequence[Detail]) -> list[Counted]:
        nonlocal fit
        won = Counter(map(_won, details))
        scores = entry.get("elo") or {}
        if len(items) > MOST_ITEMS or not all("votedAgainst" in detail for detail in details):
            ranked = sorted(items, key=lambda item: -float(scores.get(item, won[item])))
            return [Counted(item, won[item], None, _score(scores.get(item))) for item in ranked]
        outcomes = Counter((items.index(_won(detail)), items.index(str(detail["votedAgainst"]))) for detail in details)
        fit = bradley_terry(outcomes, len(items))
        ranks = fit.ranks()
        order = sorted(range(len(items)), key=lambda item: -fit.values[item])
        met = Counter(item for outcome in outcomes.elements() for item in outcome)
        return [
            Counted(
                items[at],
                met[at],
                _against_average(fit, at),
                f"rank {place} ({_ranks(*ranks[at])}), won {won[items[at]]}{_score(scores.get(items[at]), ', ')}",
            )
            for place, at in enumerate(order, start=1)
        ]

    found = read_outcome(position, entry, _won, count, people_only=people_only, leads=False)
    first = found.answers[0].answer if found.responses else None
    certain = fit is not None and first is not None and fit.ranks()[items.index(first)] == (1, 1)
    return replace(found, leading=first, certain=certain, item=found.item or f"list {position}", note=_apart(fit))


def _won(detail: Detail) -> str:
    return str(detail["votedFor"])


def _against_average(fit: Strengths, item: int) -> Share:
    """How likely an item is preferred to one of average strength."""
    value, (low, high) = fit.values[item], fit.interval(item)
    return Share(*(1 / (1 + math.exp(-strength)) for strength in (value, low, high)))


def _ranks(low: int, high: int) -> str:
    return f"certain {low}" if low == high else f"{low} to {high}"


def _score(score: Any, before: str = "") -> str:
    return "" if score is None else f"{before}score {score}"


def _apart(fit: Strengths | None) -> str:
    """How much of a list's order is certain."""
    if fit is None:
        return ""
    items = len(fit.values)
    known = sum(best - 1 for best, _ in fit.ranks())  # an item is behind those that are stronger for certain
    apart = f"the order of {known} of {items * (items - 1) // 2} pairs of items is certain"
    parts = len(set(fit.part))
    return apart if parts == 1 else f"{apart}; {parts} groups of items were never compared with each other"


def overall_of(outcomes: Sequence[Outcome]) -> Overall:
    """Which item leads each list, and of how many lists that is certain."""
    answered = [outcome for outcome in outcomes if outcome.responses]
    if not answered:
        return Overall([Sentence("No comparisons yet.")])
    certain = sum(outcome.certain for outcome in answered)
    votes = sum(len(outcome.responses) for outcome in answered)
    lists = f"{len(answered):,} list{'' if len(answered) == 1 else 's'}"
    sentences = [Sentence(f"{votes:,} comparisons of {lists}; the first item is certain in {certain:,} of them.")]
    if len(answered) == 1:
        (only,) = answered
        sure = "is the strongest for certain" if only.certain else "is ahead, but others may be as strong"
        told = f"{{}} {sure}{f'; {only.note}' if only.note else ''}."
        sentences.append(Sentence(told, (str(only.leading),)))
    return Overall(sentences)
