"""How often each of several options was chosen, and whether one of them leads."""

from __future__ import annotations

from collections.abc import Sequence

from rapidata_mcp.aggregate.distributions import normal_quantile
from rapidata_mcp.aggregate.share import Share, majority_probability, wilson


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


def lead_probability(counts: Sequence[float]) -> float:
    """The probability that the option with most answers is the one that most people would choose: at least this.

    Under a uniform prior the shares are Dirichlet, and those of two options are compared by a Beta (Gelman et al.,
    Bayesian Data Analysis, 3rd ed., 3.4). The chances of the others to be ahead are added up, which is exact for two
    options and errs on the safe side for more.
    """
    if len(counts) < 2:
        return 1.0
    first, *others = sorted(counts, reverse=True)
    return max(0.0, 1 - sum(1 - majority_probability(first, other) for other in others))
