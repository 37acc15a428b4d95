"""What the pairs of a compare job say together, and which of them say most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidata_mcp.aggregate.enough import more_pairs, more_responses
from rapidata_mcp.aggregate.share import MIN_SAMPLE, Share, of_job, of_pair
from rapidata_mcp.aggregate.sign_test import sign_test
from rapidata_mcp.tasks.compare_results import CompareResults, Pair

Scope = Literal["these pairs", "pairs like these"]
Only = Literal["all", "undecided", "flipped", "lost_by_a"]
Order = Literal["informative", "given"]
MOST_MORE = 100_000
"""Responses or pairs above which nobody would want to know how many more it takes."""


MOST_RESPONSES = 1_000
"""Responses to a pair that a job can ask for."""


@dataclass(frozen=True)
class Verdict:
    """Who is preferred over the whole job; `share` is None without votes."""

    share: Share | None
    scope: Scope
    a_wins: int
    b_wins: int
    ties: int
    undecided: int
    again: str
    """The new job that would probably decide it alone, such as `of about 320 such pairs`.

    Empty where it is decided or nothing affordable would.
    """

    @property
    def preferred(self) -> Literal["a", "b", "undecided"]:
        """By the interval of the share."""
        return (self.share.side if self.share else None) or "undecided"

    @property
    def sign_test_p(self) -> float | None:
        """Of the pairs won against those lost."""
        return sign_test(self.a_wins, self.b_wins) if self.share else None


def verdict_of(results: CompareResults) -> Verdict:
    """The verdict over all pairs that have votes."""
    votes = [pair.votes for pair in results.voted]
    winners = [pair.winner for pair in results.pairs]
    share = of_job(votes) if votes else None
    return Verdict(
        share=share,
        scope="pairs like these" if len(votes) >= MIN_SAMPLE else "these pairs",
        a_wins=winners.count("a"),
        b_wins=winners.count("b"),
        ties=winners.count("tie"),
        undecided=sum(is_undecided(*pair) for pair in votes),
        again=_enough(votes) if share is not None and share.side is None else "",
    )


def is_undecided(a_votes: int, b_votes: int) -> bool:
    """Whether the 95 % interval of a pair's own share includes one half."""
    share = of_pair(a_votes, b_votes)
    return share is None or share.side is None


def _enough(votes: list[tuple[int, int]]) -> str:
    """What job would decide it: none can be added to."""
    sampled = len(votes) >= MIN_SAMPLE
    number = (more_pairs if sampled else more_responses)(votes)
    if not number or number > MOST_MORE:
        return ""
    about = int(float(f"{number:.2g}"))  # a more exact number would promise too much
    each = -(-(sum(a + b for a, b in votes) + about) // len(votes))
    if sampled:
        return f"of about {len(votes) + about:,} such pairs"
    if each <= MOST_RESPONSES:
        return f"on the same pairs with responses_per_datapoint={each}"
    return "with more pairs"


def chosen(pairs: Sequence[Pair], only: Only, text: str, order: Order) -> list[int]:
    """The positions of the pairs asked for.

    Most informative first: where weighing turns the winner round, then the surer, ties and pairs without votes last.
    """
    matching = [pair for pair in pairs if _matches(pair, only) and text.lower() in pair.context.lower()]
    if order == "informative":
        matching.sort(key=lambda pair: (not pair.flipped, -_certainty(pair)))  # stable: equal ones as given
    return [pair.position for pair in matching]


def _matches(pair: Pair, only: Only) -> bool:
    if only == "undecided":
        return is_undecided(*pair.votes)
    return only == "all" or (pair.flipped if only == "flipped" else pair.winner == "b")


def _certainty(pair: Pair) -> float:
    """How many standard errors the votes are from an even split: orders about as the majority's probability does."""
    votes = pair.a_votes + pair.b_votes
    return abs(pair.a_votes - pair.b_votes) / votes**0.5 if votes else -1.0
