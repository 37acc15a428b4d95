"""The verdict over all pairs of a compare job, in numbers and in sentences that a person can repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidata_mcp.aggregate.agreement import krippendorff_alpha
from rapidata_mcp.aggregate.required_size import required_size
from rapidata_mcp.aggregate.share import (
    MIN_SAMPLE,
    Share,
    effective_sample,
    effective_size,
    share_of_job,
    shares_of,
)
from rapidata_mcp.aggregate.sign_test import sign_test
from rapidata_mcp.calls import Call
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.pairs import short_names
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.verdicts import JobVerdict, Preference, Sentence, count_of

MOST_PAIRS = 100_000
"""Pairs of a job that is still worth a suggestion."""
MOST_RESPONSES = 1_000
"""Responses to a pair that a job can ask for."""
FORECAST_LATER = "When the job is complete, results say how many more responses would decide it."
Votes = Sequence[tuple[float, float]]


def verdict_of(results: JobResults) -> JobVerdict:
    """Judge all pairs that have votes. There is no forecast before the end of a job."""
    outcomes = results.outcomes
    voted = [outcome for outcome in outcomes if outcome.counts.shares[0] is not None]
    if not voted:
        return JobVerdict([Sentence("nobody preferred either item.")], preference=_preference(outcomes, (), None))
    votes = [(outcome.counts.votes[0], outcome.counts.votes[1]) for outcome in voted]
    share = share_of_job(votes)
    preference = _preference(outcomes, votes, share)
    decided, remedy = share.side is not None, None
    if results.final and not decided:
        remedy = _remedy(votes, share)
    sides = _sides(results, voted)
    sentences = [
        _headline(preference, share, sides, len(voted), unsure=any(len(outcome.names) > 2 for outcome in outcomes)),
        *_limits(results, preference, sides, len(voted)),
        *([] if decided else [_outlook(results, share, preference, remedy)]),
    ]
    if results.stops_early:
        sentences.append(Sentence("Pairs were stopped early by confidence, which pushes shares away from one half."))
    return JobVerdict(sentences, preference=preference, next_job=_next_job(results, remedy, decided=decided))


def describe_winners(results: JobResults, matches: Sequence[Outcome], number: str) -> Sentence:
    """Say who won a selection of pairs, after the sentence with their number."""
    wins = Counter(outcome.counts.leading for outcome in matches if outcome.total)
    unanswered = sum(not outcome.total for outcome in matches)
    unsure = sum(not outcome.certain for outcome in matches)
    sides = _sides(results, [outcome for outcome in results.outcomes if outcome.counts.shares[0] is not None])
    return Sentence(
        f"{number.removesuffix('.')}: by majority {sides.first} won {wins[0]:,}, lost {wins[1]:,}, tied {wins[None]:,}"
        f"{f', without votes {unanswered:,}' if unanswered else ''}; "
        f"on their own votes {unsure:,} of them are undecided.",
        sides.names[:1],
    )


def _preference(outcomes: Sequence[Outcome], votes: Votes, share: Share | None) -> Preference:
    wins = Counter(outcome.counts.leading for outcome in outcomes if outcome.total)
    alike = Counter(outcome.counts.votes for outcome in outcomes)
    units = [dict(zip("ab+-", counts, strict=False)) for counts in alike]
    return Preference(
        share=share,
        scope="pairs like these" if len(votes) >= MIN_SAMPLE else "these pairs",
        a_wins=wins[0],
        b_wins=wins[1],
        ties=wins[None],
        undecided=sum(not outcome.certain for outcome in outcomes if outcome.counts.shares[0] is not None),
        flipped=sum(outcome.flipped for outcome in outcomes),
        sign_test_p=sign_test(wins[0], wins[1]) if len(votes) > 1 else None,
        agreement=krippendorff_alpha(units, list(alike.values())) if len(votes) > 1 else None,
    )


@dataclass(frozen=True)
class _Sides:
    """Both sides in a sentence: `{}` for each name in `names`, or words such as `the first items`."""

    first: str
    second: str
    names: tuple[str, ...] = ()


def _sides(results: JobResults, voted: Sequence[Outcome]) -> _Sides:
    if results.sides:
        return _Sides("{}", "{}", results.sides)
    if len(voted) != 1:
        return _Sides("the first items", "the second items")
    names = short_names(voted[0])
    return _Sides("the first item", "the second item") if names[0] == names[1] else _Sides("{}", "{}", names)


def _headline(preference: Preference, share: Share, sides: _Sides, pairs: int, *, unsure: bool) -> Sentence:
    on = f"on {count_of(pairs, 'pair')}" if pairs > 1 else "on this one pair"
    averaged = ", averaged over pairs" if pairs > 1 else ""
    names, (winner, loser) = sides.names, (sides.first, sides.second)
    if preference.preferred == "b":
        share, winner, loser, names = share.mirrored, loser, winner, names[::-1]
    lead = f"labelers prefer {winner} to {loser}"
    if preference.preferred == "undecided":
        lead = f"undecided between {winner} and {loser}"
    figures = f"{share.value * 100:.1f} % (95 % interval {share.low * 100:.1f} to {share.high * 100:.1f} %)"
    which = " that chose one item" if unsure else ""
    return Sentence(f"{lead} {on}; {figures} of the responses{which} chose {winner}{averaged}.", (*names, *names[:1]))


def _limits(results: JobResults, preference: Preference, sides: _Sides, pairs: int) -> list[Sentence]:
    limits: list[Sentence] = []
    if preference.scope == "these pairs":
        which = "this pair only" if pairs == 1 else "these pairs only"
        limits.append(
            Sentence(f"This holds for {which}: fewer than {MIN_SAMPLE} pairs do not represent others like them.")
        )
    if preference.sign_test_p is not None:
        p = preference.sign_test_p
        limits.append(
            Sentence(
                f"By majority {sides.first} won {preference.a_wins}, lost {preference.b_wins}, tied {preference.ties}"
                f" (sign test p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}); "
                f"{preference.undecided} of {pairs} pairs are undecided on their own votes.",
                sides.names[:1],
            )
        )
    return limits


def _outlook(results: JobResults, share: Share, preference: Preference, remedy: str | None) -> Sentence:
    """A sentence on deciding an undecided verdict."""
    if not results.final:
        return Sentence(FORECAST_LATER)
    if remedy is not None:
        return Sentence(f"{'With people a' if results.all_simulated else 'A'} new job {remedy}")
    reach = max(share.high - 0.5, 0.5 - share.low) * 100
    more = "such pairs" if preference.scope == "pairs like these" else "responses to the same pairs"
    return Sentence(
        f"By its interval the share is at most {reach:.1f} points from 50 %: no affordable number of {more} would "
        "decide that."
    )


def _remedy(votes: Votes, share: Share) -> str | None:
    """The job that would probably decide the verdict alone, since no job can be added to; None if it is too large."""
    pairs, sampled = len(votes), len(votes) >= MIN_SAMPLE
    size = effective_sample(shares_of(votes)) if sampled else effective_size(votes)
    forecast = required_size(share, size)
    if forecast is None:
        return None
    number = (pairs if sampled else size / pairs) * forecast.factor
    if number > (MOST_PAIRS if sampled else MOST_RESPONSES):
        return None
    about = int(float(f"{number:.2g}"))  # a more exact number would promise too much
    same = "pairs" if pairs > 1 else "pair"
    job = f"of about {about:,} such pairs" if sampled else f"on the same {same} with responses_per_datapoint={about}"
    return (
        f"{job} would narrow the interval to about ±{forecast.half_width * 100:.2g} points and probably decide it, if "
        f"the share is at least {forecast.gap * 100:g} points from 50 %; so far it is "
        f"{abs(share.value - 0.5) * 100:.1f}."
    )


def _next_job(results: JobResults, remedy: str | None, *, decided: bool) -> Call | None:
    if decided:
        return None
    return Call(results.kind.job_tool, {}, remedy or "takes other pairs", "A new")
