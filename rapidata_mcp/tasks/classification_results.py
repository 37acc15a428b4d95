"""The results of a classification job: the counts of the options of each item, and the verdict over all items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rapidata_mcp.aggregate.agreement import krippendorff_alpha, ordinal_alpha
from rapidata_mcp.aggregate.confusion import confusions
from rapidata_mcp.aggregate.majority import tally, winner
from rapidata_mcp.aggregate.options import option_shares
from rapidata_mcp.aggregate.scale import mean_step, median_step
from rapidata_mcp.tasks.outcomes import Counted, Outcome, RawResponse, read_outcome, user_score
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence, leaders, over_datapoints


def outcome_of(position: int, entry: Mapping[str, Any], *, ordered: bool, people_only: bool) -> Outcome:
    """Count the options of one item in their order, with intervals that hold for all of them at once."""

    def count(details: Sequence[RawResponse]) -> list[Counted]:
        chosen = Counter(map(_chosen, details))
        options = list(entry.get("aggregatedResults") or chosen)  # every option appears there (contract H.4)
        shares = option_shares([chosen[option] for option in options])
        return [
            Counted(option, chosen[option], shares[place] if shares else None) for place, option in enumerate(options)
        ]

    outcome = read_outcome(position, entry, _chosen, count, people_only=people_only)
    places = {name: place for place, name in enumerate(outcome.names)}
    scores = tally(
        (
            (places[_chosen(detail)], user_score(detail) or 0.0)
            for detail in outcome.details
            if _chosen(detail) in places
        ),
        len(places),
    )
    note = _place(outcome.counts.votes) if ordered else ""
    return outcome._replace(scores=scores, weighted=winner(scores) if scores else None, note=note)


def _chosen(detail: RawResponse) -> str:
    return str(detail["selectedCategory"])


def _place(counts: Sequence[int]) -> str:
    """The place of one item on an ordered scale, whose steps are counted from 1."""
    mean, median = mean_step(counts), median_step(counts)
    if mean is None or median is None:
        return ""
    last = len(counts) - 1
    low, value, high = (step * last + 1 for step in (mean.low, mean.value, mean.high))
    return (
        f"mean {value:.2f} ({low:.2f} to {high:.2f}), "
        f"median {median.value + 1:g} ({median.low + 1} to {median.high + 1})"
    )


def verdict_of(outcomes: Sequence[Outcome], *, ordered: bool) -> JobVerdict:
    """Name the leading options, the agreement of labelers, and the two options that labelers confuse most."""
    units = [dict(zip(outcome.names, outcome.counts.votes, strict=True)) for outcome in outcomes]
    one_scale = ordered and len({tuple(unit) for unit in units}) == 1
    alpha = ordinal_alpha(units, list(units[0])) if one_scale else krippendorff_alpha(units)
    split = [] if one_scale else confusions(units)[:1]
    sentences = [
        leaders(outcomes),
        *(_on_scale(units) if one_scale else []),
        *([] if alpha is None else [Sentence(f"Labelers agree with alpha {alpha:.2f} (1 fully, 0 as by chance).")]),
        *(
            Sentence(
                f"They confuse {{}} and {{}} most: of all pairs of answers to one datapoint, "
                f"{100 * pair.share:.1f} % are one of each.",
                (pair.first, pair.second),
            )
            for pair in split
        ),
    ]
    return JobVerdict(sentences, over_datapoints(outcomes))


def _on_scale(units: Sequence[Mapping[str, int]]) -> list[Sentence]:
    """A sentence on the place of the items on their ordered scale; each item counts once."""
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
