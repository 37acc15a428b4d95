"""What a compare job says as a whole, in a sentence that a person can repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidata_mcp.aggregate.share import MIN_SAMPLE, Share
from rapidata_mcp.server.replies import clean, count_of, quoted
from rapidata_mcp.server.results.pair_pages import shown_items
from rapidata_mcp.tasks.compare_results import CompareResults, Pair
from rapidata_mcp.tasks.compare_verdict import Scope, Verdict, is_undecided

FORETOLD_LATER = "How many more it takes is told when the job is complete."


def sentences(verdict: Verdict, results: CompareResults, opening: str, *, final: bool) -> str:
    """The verdict in words: first what can be repeated alone, then what limits it. `opening` is `Final` or `So far`."""
    return " ".join([headline(verdict, results, opening), *_limits(verdict, results, final=final)])


def found(matching: Sequence[Pair], results: CompareResults) -> str:
    """How many pairs a filter found, and who won them."""
    of = f"of {count_of(len(results.pairs), 'pair')}"
    if not matching:
        return f"None {of} matches."
    wins = Counter(pair.winner for pair in matching)
    unsure = sum(is_undecided(*pair.votes) for pair in matching)
    unanswered = f", without votes {wins['none']:,}" if wins["none"] else ""
    match = "matches" if len(matching) == 1 else "match"
    return (
        f"{len(matching):,} {of} {match}: by majority {_sides(results)[0]} won {wins['a']:,}, lost {wins['b']:,}, "
        f"tied {wins['tie']:,}{unanswered}; on their own votes {unsure:,} of them are undecided."
    )


def headline(verdict: Verdict, results: CompareResults, opening: str) -> str:
    """The sentence that can be repeated alone."""
    share = verdict.share
    if share is None:
        nothing = "No human has answered yet." if results.people_only else "No responses yet."
        return f"{opening}: nobody preferred either item." if results.responses else nothing
    pairs = len(results.voted)
    first, second = _sides(results)
    on = f"on {count_of(pairs, 'pair')}" if pairs > 1 else "on this one pair"
    who = _who(results)
    if verdict.preferred == "undecided":
        said = f"{opening}: undecided between {first} and {second} {on}; {_told(share, results)} chose {first}"
    elif verdict.preferred == "a":
        said = f"{opening}: {who} prefer {first} to {second} {on}; {_told(share, results)} chose {first}"
    else:
        said = f"{opening}: {who} prefer {second} to {first} {on}; {_told(share.mirrored, results)} chose {second}"
    return f"{said}{', averaged over pairs' if pairs > 1 else ''}."


def _who(results: CompareResults) -> str:
    if results.people_only:
        return "people"
    if results.simulated:
        return "people and simulated labelers together" if results.human else "simulated labelers"
    return "labelers"


def _told(share: Share, results: CompareResults) -> str:
    kind = "simulated responses" if results.all_simulated else "responses"
    neither = any(pair.unsure_votes for pair in results.pairs)
    which = " that chose one item" if neither else ""
    interval = f"95 % interval {share.low * 100:.1f} to {share.high * 100:.1f} %"
    return f"{share.value * 100:.1f} % ({interval}) of the {kind}{which}"


def _limits(verdict: Verdict, results: CompareResults, *, final: bool) -> list[str]:
    limits: list[str] = []
    if verdict.share is None:
        return limits
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
    if verdict.again is not None:
        limits.append(f"{'With people a' if results.all_simulated else 'A'} new job {verdict.again.told}")
    elif verdict.preferred == "undecided":
        limits.append(_nothing_decides(verdict.share, verdict.scope) if final else FORETOLD_LATER)
    if results.stops_early:
        limits.append("Pairs were stopped early by confidence, which pushes shares away from one half.")
    return limits


def _nothing_decides(share: Share, scope: Scope) -> str:
    reach = max(share.high - 0.5, 0.5 - share.low) * 100
    more = "number of such pairs" if scope == "pairs like these" else "number of responses to the same pairs"
    return f"By its interval the share is at most {reach:.1f} points from 50 %: no affordable {more} would decide that."


def _sides(results: CompareResults) -> tuple[str, str]:
    if results.names:
        first, second = (quoted(clean(name, 40)) for name in results.names)
        return first, second
    if len(results.voted) == 1:
        first, second = (quoted(clean(name, 40)) for name in shown_items(results.voted[0]))
        return (first, second) if first != second else ("the first item", "the second item")
    return "the first items", "the second items"
