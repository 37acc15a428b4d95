"""What labelers answered, read back from results: one form for the answers of every task type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rapidata_mcp.aggregate.majority import winner
from rapidata_mcp.aggregate.options import is_ahead
from rapidata_mcp.aggregate.share import Share, of_job

Detail = Mapping[str, Any]
"""One response as the results tell it (`detailedResults`, contract H)."""


class Response(NamedTuple):
    """One response: what it says, and who gave it."""

    answer: str
    country: str
    language: str
    age: str
    gender: str
    occupation: str
    user_score: float | None
    simulated: bool


class Counted(NamedTuple):
    """An answer, how many gave it, its share with a 95 % interval where that means something, and a remark."""

    answer: str
    votes: int
    share: Share | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What labelers answered to one datapoint.

    `leading` is the answer that most gave, None on a tie and where answers cannot lead; `certain` tells whether most
    people would give it, `note` what else there is to say. `entry` is what the platform says of the datapoint and of
    all responses together, `details` what it says of each one that is counted here. `above_next` are the places (from
    1) of ranked answers that are above the next one for certain.
    """

    position: int
    item: str
    context: str
    answers: Sequence[Counted]
    responses: Sequence[Response]
    entry: Mapping[str, Any]
    details: Sequence[Detail]
    leading: str | None = None
    certain: bool = False
    confidence: float | None = None
    note: str = ""
    above_next: Sequence[int] = ()


class Sentence(NamedTuple):
    """A sentence about results. What comes from outside stands in `outside`, for the places `{}` in the text."""

    text: str
    outside: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The whole sentence, what comes from outside in quotation marks."""
        return self.text.format(*(f"“{part}”" for part in self.outside))


@dataclass(frozen=True)
class Overall:
    """What a whole job says: in sentences, and where answers can be counted over its datapoints, in numbers."""

    sentences: Sequence[Sentence]
    answers: Sequence[Counted] = ()


def read_outcome(
    position: int,
    entry: Mapping[str, Any],
    told: Callable[[Detail], str],
    count: Callable[[Sequence[Detail]], Sequence[Counted]],
    *,
    people_only: bool = False,
    leads: bool = True,
) -> Outcome:
    """A datapoint's outcome, counted from its single responses.

    `told` says in words what a response of the file answers, `count` counts what they answer; `leads` is false where
    the most frequent answer is not the outcome.
    """
    details = [
        detail
        for detail in entry.get("detailedResults") or ()
        if not (people_only and (detail.get("userDetails") or {}).get("simulated"))
    ]
    answers = count(details)
    votes = [answer.votes for answer in answers]
    first = winner(votes) if leads and votes else None
    confidences = entry.get("confidencePerCategory") or {}
    return Outcome(
        position=position,
        item=str(entry.get("identifier") or entry.get("originalFileName") or ""),
        context=str(entry.get("context") or ""),
        answers=answers,
        responses=[_response(detail, told(detail)) for detail in details],
        entry=entry,
        details=details,
        leading=None if first is None else answers[first].answer,
        certain=first is not None and is_ahead(votes),
        confidence=max(map(float, confidences.values())) if confidences and not people_only else None,
    )


def by_majority(outcome: Outcome) -> Outcome:
    """An outcome of answers with several parts, such as points: the most frequent part leads, also with others.

    It is certain where more than half gave that part, by its interval.
    """
    first = outcome.answers[0] if outcome.answers else None
    certain = first is not None and first.share is not None and first.share.side == "a"
    return replace(outcome, leading=None if first is None else first.answer, certain=certain)


def _response(detail: Detail, answer: str) -> Response:
    user = detail.get("userDetails") or {}
    people = user.get("demographics") or user  # directly in the user until version 3.0 (contract H.3)
    scores = list((user.get("userScores") or {}).values())
    return Response(
        answer=answer,
        country=str(user.get("country") or ""),
        language=str(user.get("language") or ""),
        age=str(people.get("age") or ""),
        gender=str(people.get("gender") or ""),
        occupation=str(people.get("occupation") or ""),
        user_score=sum(scores) / len(scores) if scores else None,
        simulated=bool(user.get("simulated")),
    )


def leaders(outcomes: Sequence[Outcome]) -> Sentence:
    """On how many datapoints each answer leads, the three most frequent ones, and how many are certain."""
    led = Counter(outcome.leading for outcome in outcomes if outcome.leading is not None)
    answered = sum(bool(outcome.responses) for outcome in outcomes)
    if not led:
        return Sentence(f"No answer leads on any of {answered:,} datapoints.")
    most = led.most_common(3)
    told = ", ".join(f"{{}} on {count:,}" for _, count in most) + (", others on the rest" if len(led) > 3 else "")
    certain = sum(outcome.certain for outcome in outcomes)
    undecided = answered - led.total()
    tied = f", none on {undecided:,} (tied)" if undecided else ""
    return Sentence(
        f"Of {answered:,} datapoint{'' if answered == 1 else 's'} most labelers chose {told}{tied}; "
        f"{certain:,} {'is' if certain == 1 else 'are'} certain: ahead of every other answer by 95 % intervals.",
        tuple(str(answer) for answer, _ in most),
    )


def over_datapoints(outcomes: Sequence[Outcome]) -> list[Counted]:
    """Each answer's votes, and its mean share over the datapoints that offer it, each datapoint counting once."""
    votes: dict[str, list[tuple[float, float]]] = {}
    for outcome in outcomes:
        total = sum(answer.votes for answer in outcome.answers)
        for answer in outcome.answers if total else ():
            votes.setdefault(answer.answer, []).append((answer.votes, total - answer.votes))
    return [Counted(answer, int(sum(vote for vote, _ in of)), of_job(of)) for answer, of in votes.items()]
