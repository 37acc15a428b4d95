"""The shares of several options, and whether one of them leads."""

from __future__ import annotations

from collections.abc import Sequence

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import Share, wilson


def option_shares(counts: Sequence[float]) -> list[Share]:
    """Return the share of each option of a question, with simultaneous 95 % intervals; empty without answers.

    They are Wilson's intervals at 5 % divided by the number of options (Goodman 1965, Technometrics 7, 247-254). Two
    options mirror each other and count as one.
    """
    answers = sum(counts)
    if not answers:
        return []
    intervals = len(counts) if len(counts) > 2 else 1
    quantile = normal_quantile(1 - 0.05 / (2 * intervals))
    return [wilson(count / answers, answers, quantile) for count in counts]


def is_ahead(counts: Sequence[float]) -> bool:
    """Whether the option with the most answers is significantly ahead of each other option, at 5 %.

    Each comparison uses Wilson's interval of the two options alone, at 5 % divided by the number of others. For two
    options it is the rule that decides a pair. A single option, such as a text that all labelers wrote, must be ahead
    of an option without answers.
    """
    first, *others = sorted(counts, reverse=True)
    rivals = others or [0]
    quantile = normal_quantile(1 - 0.05 / (2 * len(rivals)))
    return first > 0 and all(wilson(first / (first + rival), first + rival, quantile).low > 0.5 for rival in rivals)
