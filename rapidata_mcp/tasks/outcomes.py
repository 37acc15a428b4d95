"""The outcome of a datapoint: its answers, counted. It has the same form for every task type.

A job may have 100,000 outcomes. So pairs with equal counts share one object for them, and single responses are read
only on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rapidata_mcp.aggregate.majority import winner
from rapidata_mcp.aggregate.options import is_ahead
from rapidata_mcp.aggregate.share import Share

RawResponse = Mapping[str, Any]
"""One response in the platform's results (`detailedResults`, contract H)."""
NOTHING: Mapping[str, Any] = {}


class Response(NamedTuple):
    """One response: its answer in words, and its labeler."""

    answer: str
    country: str
    language: str
    age: str
    gender: str
    occupation: str
    user_score: float | None
    simulated: bool


class Counted(NamedTuple):
    """An answer: the number of labelers who gave it, its share with a 95 % interval if it has one, and a remark."""

    answer: str
    votes: int
    share: Share | None = None
    note: str = ""


class Counts(NamedTuple):
    """The counts of an outcome, and the figures that follow from them. Sequences are in the order of the answers.

    `leading` is the place of the most frequent answer, or None if there is a tie or answers cannot lead. `certain` is
    true if most people would give that answer. `certainty` sorts outcomes: the clearest has the greatest.
    """

    votes: Sequence[int]
    responses: int
    shares: Sequence[Share | None]
    notes: Sequence[str]
    leading: int | None
    certain: bool
    certainty: float


class Outcome(NamedTuple):
    """The answers of labelers to one datapoint. `position` is its place in the job, from 1.

    `item` is empty for a pair: its items are the first two `names`. `scores` are the sums of user scores by answer, if
    they are known; `weighted` is the place of the leading answer if each labeler counts by user score. `confidence` is
    the platform's, for the leading answer or for the first item of a pair.

    `entry` and `details` are the datapoint and its counted responses as the platform returned them, as far as they are
    kept; `describe` returns the answer of a detail in words. `above_next` are the places, from 1, of ranked answers
    that are certainly above the next answer.
    """

    position: int
    item: str
    context: str
    names: Sequence[str]
    counts: Counts
    scores: Sequence[float]
    weighted: int | None
    confidence: float | None
    entry: Mapping[str, Any]
    details: Sequence[RawResponse]
    describe: Callable[[RawResponse], str]
    note: str = ""
    above_next: Sequence[int] = ()

    @property
    def total(self) -> int:
        """The number of responses."""
        return self.counts.responses

    @property
    def answers(self) -> list[Counted]:
        """The answers with their counts."""
        return list(map(Counted, self.names, self.counts.votes, self.counts.shares, self.counts.notes))

    @property
    def leading(self) -> str | None:
        """The leading answer."""
        return None if self.counts.leading is None else self.names[self.counts.leading]

    @property
    def certain(self) -> bool:
        """Whether most people would give the leading answer."""
        return self.counts.certain

    @property
    def flipped(self) -> bool:
        """Whether another answer leads if each labeler counts by user score."""
        return self.weighted not in (None, self.counts.leading) and self.counts.leading is not None

    def responses(self) -> Iterator[Response]:
        """The responses that are kept, in the platform's order."""
        return (_read_response(detail, self.describe(detail)) for detail in self.details)


def read_outcome(
    position: int,
    entry: Mapping[str, Any],
    describe: Callable[[RawResponse], str],
    count: Callable[[Sequence[RawResponse]], Sequence[Counted]],
    *,
    people_only: bool = False,
    leads: bool = True,
) -> Outcome:
    """Count the outcome of a datapoint from its single responses.

    `describe` returns the answer of a response in words, `count` counts the answers. Pass `leads=False` if the most
    frequent answer is not the outcome.
    """
    details = details_in(entry, people_only=people_only)
    answers = count(details)
    votes = [answer.votes for answer in answers]
    leading = winner(votes) if leads and votes else None
    confidences = entry.get("confidencePerCategory") or {}
    return Outcome(
        position=position,
        item=str(entry.get("identifier") or entry.get("originalFileName") or ""),
        context=str(entry.get("context") or ""),
        names=[answer.answer for answer in answers],
        counts=_counts(answers, len(details), leading, certain=leading is not None and is_ahead(votes)),
        scores=(),
        weighted=None,
        confidence=max(map(float, confidences.values())) if confidences and not people_only else None,
        entry=entry,
        details=details,
        describe=describe,
    )


def led_by_first(outcome: Outcome, *, certain: bool) -> Outcome:
    """Return the outcome with its first answer in the lead, if it has responses."""
    leading = 0 if outcome.answers and outcome.total else None
    return outcome._replace(counts=_counts(outcome.answers, outcome.total, leading, certain=certain))


def by_majority(outcome: Outcome) -> Outcome:
    """Return the outcome of answers with several parts, such as points, with the most frequent part in the lead.

    The lead is certain if more than half of all people would give that part, by its interval.
    """
    share = outcome.answers[0].share if outcome.answers else None
    return led_by_first(outcome, certain=share is not None and share.side == "a")


def _counts(answers: Sequence[Counted], responses: int, leading: int | None, *, certain: bool) -> Counts:
    return Counts(
        votes=[answer.votes for answer in answers],
        responses=responses,
        shares=[answer.share for answer in answers],
        notes=[answer.note for answer in answers],
        leading=leading,
        certain=certain,
        certainty=(leading is not None) + certain,
    )


def details_in(entry: Mapping[str, Any], *, people_only: bool = False) -> Sequence[RawResponse]:
    """Return the single responses of an entry of the results: all of them, or those of people."""
    details: Sequence[RawResponse] = entry.get("detailedResults") or ()
    return [detail for detail in details if not is_simulated(detail)] if people_only else details


def is_simulated(detail: RawResponse) -> bool:
    """Return whether a simulated labeler gave a response."""
    return bool((detail.get("userDetails") or NOTHING).get("simulated"))


def user_score(detail: RawResponse) -> float | None:
    """Return the labeler's mean score over all dimensions; before version 3.0 it was one number (contract H.3)."""
    user = detail.get("userDetails") or NOTHING
    scores = user.get("userScores")
    values = list(scores.values()) if isinstance(scores, dict) else [user["userScore"]] if "userScore" in user else []
    return sum(values) / len(values) if values else None


def _read_response(detail: RawResponse, answer: str) -> Response:
    user = detail.get("userDetails") or NOTHING
    people = user.get("demographics") or user  # directly in the user until version 3.0 (contract H.3)
    return Response(
        answer=answer,
        country=str(user.get("country") or ""),
        language=str(user.get("language") or ""),
        age=str(people.get("age") or ""),
        gender=str(people.get("gender") or ""),
        occupation=str(people.get("occupation") or ""),
        user_score=user_score(detail),
        simulated=bool(user.get("simulated")),
    )
