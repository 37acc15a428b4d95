"""How often each of several options was chosen, and whether one of them leads."""

from __future__ import annotations

from collections.abc import Sequence

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import Share, wilson


def of_options(counts: Sequence[float]) -> list[Share]:
    """The share of each option of one question, with intervals that hold for all of them at once in 95 %.

    Wilson's interval at 5 % divided by the number of options (Goodman 1965, Technometrics 7, 247-254); two options
    mirror each other and count as one. Empty without answers.
    """
    answers = sum(counts)
    if not answers:
        return []
    intervals = len(counts) if len(counts) > 2 else 1
    quantile = normal_quantile(1 - 0.05 / (2 * intervals))
    return [wilson(count / answers, answers, quantile) for count in counts]


def is_ahead(counts: Sequence[float]) -> bool:
    """Whether the option with most answers is the one that most people would choose, right in 95 %.

    It must be ahead of each other option by Wilson's interval of the two alone, at 5 % divided by the number of others:
    for two options the rule by which a pair is decided. One option alone, such as a text that all wrote, must be ahead
    of one that nobody chose.
    """
    first, *others = sorted(counts, reverse=True)
    rivals = others or [0]
    quantile = normal_quantile(1 - 0.05 / (2 * len(rivals)))
    return first > 0 and all(wilson(first / (first + rival), first + rival, quantile).low > 0.5 for rival in rivals)
