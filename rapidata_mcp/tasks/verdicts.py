"""The verdict over a whole job: in sentences, and in numbers if its answers can be counted over datapoints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidata_mcp.aggregate.share import Share, share_of_job
from rapidata_mcp.calls import Call
from rapidata_mcp.tasks.outcomes import Counted, Outcome

Side = Literal["a", "b"]
"""The first or the second item of a pair."""
Scope = Literal["these pairs", "pairs like these"]


class Sentence(NamedTuple):
    """A sentence about results. Each `{}` in `text` is the place of a text from outside the program."""

    text: str
    outside: tuple[str, ...] = ()

    @property
    def quoted(self) -> str:
        """The whole sentence, with the texts from outside in quotation marks."""
        return self.text.format(*(f"“{part}”" for part in self.outside))


@dataclass(frozen=True)
class Preference:
    """The side that labelers prefer over a whole job of pairs, and the figures behind it.

    `share` is that of side a; None without votes. `agreement` is Krippendorff's alpha.
    """

    share: Share | None
    scope: Scope
    a_wins: int
    b_wins: int
    ties: int
    undecided: int
    flipped: int
    sign_test_p: float | None
    agreement: float | None

    @property
    def preferred(self) -> Literal["a", "b", "undecided"]:
        """The side that the 95 % interval of the share decides for."""
        return (self.share.side if self.share else None) or "undecided"


@dataclass(frozen=True)
class JobVerdict:
    """The verdict over a whole job. The first sentence can be repeated alone; the others add to it and limit it.

    `next_job` is the call that would answer what these results leave open.
    """

    sentences: Sequence[Sentence]
    answers: Sequence[Counted] = ()
    preference: Preference | None = None
    next_job: Call | None = None

    @property
    def leader(self) -> str | None:
        """The answer with most votes over the whole job."""
        return max(self.answers, key=lambda answer: answer.votes).answer if self.answers else None


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun, such as `3 pairs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def leaders(outcomes: Sequence[Outcome]) -> Sentence:
    """Name the three answers that lead on most datapoints, and the number of datapoints with a certain lead."""
    led = Counter(outcome.leading for outcome in outcomes if outcome.leading is not None)
    answered = sum(outcome.total > 0 for outcome in outcomes)
    if not led:
        return Sentence(f"no answer leads on any of {count_of(answered, 'datapoint')}.")
    most = led.most_common(3)
    named = ", ".join(f"{{}} on {count:,}" for _, count in most) + (", others on the rest" if len(led) > 3 else "")
    certain = sum(outcome.certain for outcome in outcomes)
    tied = f", none on {answered - led.total():,} (tied)" if answered > led.total() else ""
    return Sentence(
        f"of {count_of(answered, 'datapoint')} most labelers chose {named}{tied}; "
        f"{certain:,} {'is' if certain == 1 else 'are'} certain: ahead of every other answer by 95 % intervals.",
        tuple(str(answer) for answer, _ in most),
    )


def over_datapoints(outcomes: Sequence[Outcome]) -> list[Counted]:
    """Return each answer's votes, and its mean share over the datapoints that offer it; each datapoint counts once."""
    votes: dict[str, list[tuple[float, float]]] = {}
    for outcome in outcomes:
        total = sum(outcome.counts.votes)
        for answer, count in zip(outcome.names, outcome.counts.votes, strict=True):
            if total:
                votes.setdefault(answer, []).append((count, total - count))
    return [Counted(answer, int(sum(count for count, _ in of)), share_of_job(of)) for answer, of in votes.items()]
