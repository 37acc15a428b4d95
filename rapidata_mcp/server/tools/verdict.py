"""What a compare job says as a whole, in a sentence that a person can repeat."""

from __future__ import annotations

from rapidata_mcp.aggregate.share import MIN_SAMPLE, Share
from rapidata_mcp.server.replies import clean, counted, fenced
from rapidata_mcp.server.tools.pair_pages import shown_items
from rapidata_mcp.tasks.compare_results import CompareResults
from rapidata_mcp.tasks.compare_verdict import Verdict


def sentences(verdict: Verdict, results: CompareResults, opening: str) -> str:
    """The verdict in words: first what can be repeated alone, then what limits it. `opening` is `Final` or `So far`."""
    share = verdict.share
    if share is None:
        nothing = "No human has answered yet." if results.people_only else "No responses yet."
        return f"{opening}: nobody preferred either item." if results.responses else nothing
    pairs = len(results.voted)
    first, second = _sides(results)
    on = f"on {counted(pairs, 'pair')}" if pairs > 1 else "on this one pair"
    who = _who(results)
    if verdict.preferred == "undecided":
        said = f"{opening}: undecided between {first} and {second} {on}; {_told(share, results)} chose {first}"
    elif verdict.preferred == "a":
        said = f"{opening}: {who} prefer {first} to {second} {on}; {_told(share, results)} chose {first}"
    else:
        said = f"{opening}: {who} prefer {second} to {first} {on}; {_told(share.mirrored, results)} chose {second}"
    return " ".join([f"{said}{', averaged over pairs' if pairs > 1 else ''}.", *_limits(verdict, results)])


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
            f"A new job {verdict.again} would probably decide it, should the share stay as it is."
            if verdict.again
            else "The share is so close to one half that no affordable number of pairs or responses would decide it."
        )
    if results.stops_early:
        limits.append("Pairs were stopped early by confidence, which pushes shares away from one half.")
    return limits


def _sides(results: CompareResults) -> tuple[str, str]:
    if results.names:
        first, second = (fenced(clean(name, 40)) for name in results.names)
        return first, second
    if len(results.voted) == 1:
        first, second = (fenced(clean(name, 40)) for name in shown_items(results.voted[0]))
        return (first, second) if first != second else ("the first item", "the second item")
    return "the first items", "the second items"
