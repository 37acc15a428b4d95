"""What the pairs of a compare job say together, and which of them say most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidata_mcp.aggregate.enough import enough
from rapidata_mcp.aggregate.share import (
    MIN_SAMPLE,
    Share,
    effective_sample,
    effective_size,
    of_job,
    of_pair,
    shares_of,
)
from rapidata_mcp.aggregate.sign_test import sign_test
from rapidata_mcp.tasks.compare_results import CompareResults, Pair

Scope = Literal["these pairs", "pairs like these"]
Only = Literal["all", "undecided", "flipped", "lost_by_a"]
Order = Literal["informative", "given"]
MOST_PAIRS = 100_000
"""Pairs above which nobody would want to know how many it takes."""
MOST_RESPONSES = 1_000
"""Responses to a pair that a job can ask for."""


@dataclass(frozen=True)
class Again:
    """The new job that would probably decide alone what is undecided.

    `job` tells its size, such as `of about 320 such pairs`; it decides shares at least `gap` from one half, and
    narrows the 95 % interval to about plus or minus `half_width`. So far the share is `seen` from one half.
    """

    job: str
    gap: float
    half_width: float
    seen: float

    @property
    def told(self) -> str:
        """What it is and what it does, in words that go on after `A new job`."""
        width = f"±{self.half_width * 100:.2g} points"
        return (
            f"{self.job} would narrow the interval to about {width} and probably decide it, if the share is at least "
            f"{self.gap * 100:g} points from 50 %; so far it is {self.seen * 100:.1f}."
        )


@dataclass(frozen=True)
class Verdict:
    """Who is preferred over the whole job; `share` is None without votes."""

    share: Share | None
    scope: Scope
    a_wins: int
    b_wins: int
    ties: int
    undecided: int
    again: Again | None
    """What would decide it; None where it is decided, nothing affordable would, or the job has not ended."""

    @property
    def preferred(self) -> Literal["a", "b", "undecided"]:
        """By the interval of the share."""
        return (self.share.side if self.share else None) or "undecided"

    @property
    def sign_test_p(self) -> float | None:
        """Of the pairs won against those lost."""
        return sign_test(self.a_wins, self.b_wins) if self.share else None


def verdict_of(results: CompareResults, *, final: bool) -> Verdict:
    """The verdict over all pairs that have votes; before the end of a job nothing is foretold."""
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
        again=_again(votes, share) if final and share is not None and share.side is None else None,
    )


def is_undecided(a_votes: int, b_votes: int) -> bool:
    """Whether the 95 % interval of a pair's own share includes one half."""
    share = of_pair(a_votes, b_votes)
    return share is None or share.side is None


def _again(votes: list[tuple[int, int]], share: Share) -> Again | None:
    """What job would decide it: none can be added to."""
    pairs, sampled = len(votes), len(votes) >= MIN_SAMPLE
    size = effective_sample(shares_of(votes)) if sampled else effective_size(votes)
    found = enough(share, size)
    if found is None:
        return None
    number = (pairs if sampled else size / pairs) * found.times
    if number > (MOST_PAIRS if sampled else MOST_RESPONSES):
        return None
    about = int(float(f"{number:.2g}"))  # a more exact number would promise too much
    job = f"of about {about:,} such pairs" if sampled else f"on the same pairs with responses_per_datapoint={about}"
    return Again(
        job if pairs > 1 else job.replace("pairs", "pair"), found.gap, found.half_width, abs(share.value - 0.5)
    )


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
