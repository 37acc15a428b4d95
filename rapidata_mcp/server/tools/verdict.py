"""What a compare job says as a whole: in numbers, and in a sentence that a person can repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidata_mcp.aggregate.enough import more_pairs, more_responses
from rapidata_mcp.aggregate.share import MIN_SAMPLE, Share, of_job, of_pair
from rapidata_mcp.aggregate.sign_test import sign_test
from rapidata_mcp.server.replies import clean, counted, fenced
from rapidata_mcp.tasks.compare_results import CompareResults

Scope = Literal["these pairs", "pairs like these"]
MOST_MORE = 100_000
"""Responses or pairs above which nobody would want to know how many more it takes."""


@dataclass(frozen=True)
class Verdict:
    """Who is preferred over the whole job; `share` is None without votes."""

    share: Share | None
    scope: Scope
    a_wins: int
    b_wins: int
    ties: int
    undecided: int
    more: str
    """What would decide it, such as `120 more pairs`; empty where it is decided or nothing affordable would."""

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
        more="" if share is None or share.side else _more(votes),
    )


def is_undecided(a_votes: int, b_votes: int) -> bool:
    """Whether the 95 % interval of a pair's own share includes one half."""
    share = of_pair(a_votes, b_votes)
    return share is None or share.side is None


def _more(votes: list[tuple[int, int]]) -> str:
    sampled = len(votes) >= MIN_SAMPLE
    number = (more_pairs if sampled else more_responses)(votes)
    if not number or number > MOST_MORE:
        return ""
    about = int(float(f"{number:.2g}"))  # a more exact number would promise too much
    return f"{about:,} more {'pair' if sampled else 'response'}{'' if about == 1 else 's'}"


def sentences(verdict: Verdict, results: CompareResults, opening: str) -> str:
    """The verdict in words: first what can be repeated alone, then what limits it. `opening` is `Final` or `So far`."""
    share = verdict.share
    if share is None:
        return "No responses yet." if not results.responses else f"{opening}: nobody preferred either item."
    pairs = len(results.voted)
    first, second = _sides(results)
    on = f"on {counted(pairs, 'pair')}" if pairs > 1 else "on this one pair"
    who = "simulated labelers" if results.simulated == results.responses else "labelers"
    if verdict.preferred == "undecided":
        said = f"{opening}: undecided between {first} and {second} {on}; {_told(share, results)} chose {first}"
    elif verdict.preferred == "a":
        said = f"{opening}: {who} prefer {first} to {second} {on}; {_told(share, results)} chose {first}"
    else:
        said = f"{opening}: {who} prefer {second} to {first} {on}; {_told(share.mirrored, results)} chose {second}"
    return " ".join([f"{said}{', averaged over pairs' if pairs > 1 else ''}.", *_limits(verdict, results)])


def _told(share: Share, results: CompareResults) -> str:
    kind = "simulated responses" if results.simulated == results.responses else "responses"
    neither = any(sum(pair.counts.values()) > pair.a_votes + pair.b_votes for pair in results.pairs)
    which = " that chose one item" if neither else ""
    interval = f"95 % interval {share.low * 100:.1f} to {share.high * 100:.1f} %"
    return f"{share.value * 100:.1f} % ({interval}) of the {kind}{which}"


def _limits(verdict: Verdict, results: CompareResults) -> list[str]:
    limits = []
    if verdict.scope == "these pairs":
        which = "this pair only" if len(results.voted) == 1 else "these pairs only"
        limits.append(f"This speaks for {which}: with fewer than {MIN_SAMPLE} pairs it does not carry over to others.")
    if len(results.voted) > 1:
        p = verdict.sign_test_p or 0
        limits.append(
            f"By majority {_sides(results)[0]} won {verdict.a_wins}, lost {verdict.b_wins}, tied {verdict.ties}"
            f" (sign test p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}); "
            f"{verdict.undecided} of {len(results.voted)} pairs are undecided on their own votes."
        )
    if verdict.preferred == "undecided":
        limits.append(
            f"About {verdict.more} would probably decide it, should the share stay as it is."
            if verdict.more
            else "The share is so close to one half that no affordable number of pairs or responses would decide it."
        )
    if any(pair.a_confidence is not None for pair in results.pairs):
        limits.append("Pairs were stopped early by confidence, which pushes shares away from one half.")
    return limits


def _sides(results: CompareResults) -> tuple[str, str]:
    if results.names:
        first, second = (fenced(clean(name, 40)) for name in results.names)
        return first, second
    return ("the first item", "the second item") if len(results.voted) == 1 else ("the first items", "the second items")
