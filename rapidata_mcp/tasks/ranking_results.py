"""The results of a ranking job: the items of each list in order, and the part of the order that is certain."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from rapidata_mcp.aggregate.bradley_terry import MAX_ITEMS, Strengths, bradley_terry
from rapidata_mcp.aggregate.share import Share
from rapidata_mcp.tasks.outcomes import Counted, Outcome, RawResponse, led_by_first, read_outcome
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence, count_of

SAME = 1e-6
"""Strengths that differ by less are equal, since estimates are not more exact."""
MOST_NAMED = 5
WHAT_FIGURES_MEAN = (
    "The votes of an item are the comparisons that it was in; its share (with a 95 % interval) is the chance that it "
    "is preferred to an average item."
)


def outcome_of(position: int, entry: Mapping[str, Any], *, people_only: bool) -> Outcome:
    """Rank the items of a list, the strongest first, each with its chance against an average item.

    Intervals are those of Bradley-Terry strengths. Ranges of ranks hold for all items at once. If the platform does not
    name the item that lost, and for very long lists, there are only scores and wins.
    """
    items = [str(item) for item in entry.get("assetUrls") or entry["aggregatedResults"]]
    fit: Strengths | None = None

    def count(details: Sequence[RawResponse]) -> list[Counted]:
        nonlocal fit
        won = Counter(map(_won, details))
        scores = {} if people_only else entry.get("elo") or {}  # these count all responses
        if len(items) > MAX_ITEMS or not all("votedAgainst" in detail for detail in details):
            ranked = sorted(items, key=lambda item: -float(scores.get(item, won[item])))
            return [Counted(item, won[item], None, _score(scores.get(item))) for item in ranked]
        outcomes = Counter((items.index(_won(detail)), items.index(str(detail["votedAgainst"]))) for detail in details)
        fit = bradley_terry(outcomes, len(items))
        ranks = fit.ranks()
        order = _order(fit)
        met = Counter(item for outcome in outcomes.elements() for item in outcome)
        return [
            Counted(
                items[at],
                met[at],
                _against_average(fit, at),
                f"rank {place}{_tie(fit, at)} ({_ranks(*ranks[at])}), won {won[items[at]]}"
                f"{_score(scores.get(items[at]), ', ')}",
            )
            for place, at in enumerate(order, start=1)
        ]

    outcome = read_outcome(position, entry, _won, count, people_only=people_only, leads=False)
    certain = fit is not None and outcome.total > 0 and fit.ranks()[items.index(outcome.names[0])] == (1, 1)
    return led_by_first(outcome, certain=certain)._replace(
        item=outcome.item or f"list {position}", note=_apart(fit), above_next=_above_next(fit)
    )


def _won(detail: RawResponse) -> str:
    return str(detail["votedFor"])


def _against_average(fit: Strengths, item: int) -> Share:
    """The chance that an item is preferred to an item of average strength."""
    value, (low, high) = fit.values[item], fit.interval(item)
    return Share(*(1 / (1 + math.exp(-strength)) for strength in (value, low, high)))


def _order(fit: Strengths) -> list[int]:
    return sorted(range(len(fit.values)), key=lambda item: -fit.values[item])


def _above_next(fit: Strengths | None) -> list[int]:
    """The places of the items that are certainly stronger than the next item."""
    order = [] if fit is None else _order(fit)
    return [place for place, two in enumerate(pairwise(order), start=1) if fit is not None and fit.differ(*two)]


def _tie(fit: Strengths, item: int) -> str:
    """A remark if an item shares its place: others are exactly as strong by these comparisons."""
    alike = sum(abs(value - fit.values[item]) < SAME for value in fit.values)
    return ", tied" if alike > 1 else ""


def _ranks(low: int, high: int) -> str:
    return f"certain {low}" if low == high else f"95 %: {low} to {high}"


def _score(score: Any, before: str = "") -> str:
    return "" if score is None else f"{before}score {score}"


def _apart(fit: Strengths | None) -> str:
    """The part of a list's order that is certain, in words."""
    if fit is None:
        return ""
    items = len(fit.values)
    known = sum(best - 1 for best, _ in fit.ranks())  # the best rank of an item follows those certainly above it
    apart = f"the order of {known} of {items * (items - 1) // 2} pairs of items is certain"
    parts = len(set(fit.component))
    return apart if parts == 1 else f"{apart}; {parts} groups of items were never shown together"


def verdict_of(outcomes: Sequence[Outcome]) -> JobVerdict:
    """Name the leading item of a list, and count the lists with a certain leader."""
    answered = [outcome for outcome in outcomes if outcome.total]
    if not answered:
        return JobVerdict([Sentence("no comparisons yet.")])
    certain = sum(outcome.certain for outcome in answered)
    votes, lists = sum(outcome.total for outcome in answered), count_of(len(answered), "list")
    sentences = [Sentence(f"{votes:,} comparisons of {lists}; the first item is certain in {certain:,} of them.")]
    if len(answered) == 1:
        (only,) = answered
        sure = "is certainly the strongest" if only.certain else "is ahead, but others may be as strong"
        note = f"; {only.note}" if only.note else ""
        sentences += [Sentence(f"{{}} {sure}{note}.", (str(only.leading),)), *_neighbors(only)]
    sentences += [Sentence(WHAT_FIGURES_MEAN)] if any(outcome.note for outcome in answered) else []
    return JobVerdict(sentences)


def _neighbors(outcome: Outcome) -> list[Sentence]:
    """A sentence on the items that are certainly above the next item."""
    names, above = outcome.names, outcome.above_next
    if len(names) < 3 or not outcome.note:  # for two items the leader says everything
        return []
    if not above:
        return [Sentence("No item is certainly above the next item in the order.")]
    named = above[:MOST_NAMED]
    more = f", and so on for {len(above) - len(named)} more" if len(above) > len(named) else ""
    rest = "" if len(above) == len(names) - 1 else "; the order of other neighbors is not certain"
    return [
        Sentence(
            f"{', '.join('{} is certainly above {}' for _ in named)}{more}{rest}.",
            tuple(name for place in named for name in names[place - 1 : place + 1]),
        )
    ]
