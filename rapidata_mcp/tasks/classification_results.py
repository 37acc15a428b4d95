"""The results of a classification job: the options of each item counted, and what they say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidata_mcp.aggregate.agreement import krippendorff_alpha, ordinal_alpha
from rapidata_mcp.aggregate.confusion import confusions
from rapidata_mcp.aggregate.options import of_options
from rapidata_mcp.aggregate.scale import mean_step, median_step
from rapidata_mcp.tasks.outcomes import (
    Counted,
    Detail,
    Outcome,
    Overall,
    Sentence,
    leaders,
    over_datapoints,
    read_outcome,
)


def outcome_of(position: int, entry: Mapping[str, Any], *, ordered: bool, people_only: bool) -> Outcome:
    """The options of one item in their order, with intervals that hold for all of them at once."""

    def count(details: Sequence[Detail]) -> list[Counted]:
        chosen = Counter(map(_chosen, details))
        options = list(entry.get("aggregatedResults") or chosen)  # every option appears there (contract H.4)
        shares = of_options([chosen[option] for option in options])
        return [
            Counted(option, chosen[option], shares[place] if shares else None) for place, option in enumerate(options)
        ]

    found = read_outcome(position, entry, _chosen, count, people_only=people_only)
    return replace(found, note=_place(found)) if ordered else found


def _chosen(detail: Detail) -> str:
    return str(detail["selectedCategory"])


def _place(outcome: Outcome) -> str:
    """Where the answers to one item lie on an ordered scale, whose steps are counted from 1."""
    counts = [answer.votes for answer in outcome.answers]
    mean, median = mean_step(counts), median_step(counts)
    if mean is None or median is None:
        return ""
    last = len(counts) - 1
    low, value, high = (step * last + 1 for step in (mean.low, mean.value, mean.high))
    return (
        f"mean {value:.2f} ({low:.2f} to {high:.2f}), "
        f"median {median.value + 1:g} ({median.low + 1} to {median.high + 1})"
    )


def overall_of(outcomes: Sequence[Outcome], *, ordered: bool) -> Overall:
    """Which options lead, how far labelers agree, and over which options they are split."""
    units = [{answer.answer: answer.votes for answer in outcome.answers} for outcome in outcomes]
    one_scale = ordered and len({tuple(unit) for unit in units}) == 1
    alpha = ordinal_alpha(units, list(units[0])) if one_scale else krippendorff_alpha(units)
    split = [] if one_scale else confusions(units)[:1]
    sentences = [
        leaders(outcomes),
        *(_on_scale(units) if one_scale else []),
        *([] if alpha is None else [Sentence(f"Labelers agree with alpha {alpha:.2f} (1 fully, 0 as by chance).")]),
        *(
            Sentence(
                f"They are most often split over {{}} and {{}}: of all pairs of answers to one datapoint, "
                f"{100 * pair.share:.1f} % are one of each.",
                (pair.first, pair.second),
            )
            for pair in split
        ),
    ]
    return Overall(sentences, over_datapoints(outcomes))


def _on_scale(units: Sequence[Mapping[str, int]]) -> list[Sentence]:
    """Where the items lie on their ordered scale, each counting once."""
    steps = list(units[0])
    last = len(steps) - 1
    places = [mean_step(list(unit.values())) for unit in units]
    means = [place.value * last + 1 for place in places if place is not None]
    if not means:
        return []
    return [
        Sentence(
            f"On the scale from 1 ({{}}) to {last + 1} ({{}}) the mean is {sum(means) / len(means):.2f}; "
            f"the means of single datapoints range from {min(means):.2f} to {max(means):.2f}.",
            (steps[0], steps[-1]),
        )
    ]
