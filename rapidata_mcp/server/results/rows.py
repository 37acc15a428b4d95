"""Rows of outcomes and of responses, cut so that an answer stays small."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from pydantic import BaseModel, Field

from rapidata_mcp.aggregate.share import majority_probability
from rapidata_mcp.server.replies import UntrustedText, clean, defang
from rapidata_mcp.tasks.outcomes import Counted, Outcome, Response
from rapidata_mcp.tasks.pairs import Choice, Winner, choice_of, short_names, votes_of, winner_of

Row = TypeVar("Row", bound=BaseModel)
PAGE_BYTES = 6_400
"""Bytes that the rows of a page may take of an answer of 10,000."""
MOST_RESPONSES = 50
MOST_OUTCOMES = 20
MOST_ANSWERS = 8
"""Answers that are listed for one datapoint, or for the whole job."""
ANSWER_CHARACTERS = 120


class PairResult(BaseModel):
    """One pair: its votes, the share of its first item with a 95 % interval, and its winner."""

    pair: int
    a: UntrustedText
    b: UntrustedText
    context: UntrustedText = Field("", exclude_if=operator.not_)
    a_votes: int
    b_votes: int
    both_votes: int = 0
    neither_votes: int = 0
    share: float | None
    low: float | None
    high: float | None
    p_majority_a: float
    a_confidence: float | None = Field(None, exclude_if=lambda confidence: confidence is None)
    winner: Winner
    weighted_winner: Winner
    undecided: bool
    flipped: bool


class AnswerCount(BaseModel):
    """An answer, its votes, its share with a 95 % interval, and a remark."""

    answer: UntrustedText
    votes: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class DatapointResult(BaseModel):
    """One datapoint: the number of responses, the leading answer, and the votes of each answer."""

    datapoint: int
    item: UntrustedText
    context: UntrustedText = ""
    responses: int
    leading: UntrustedText = ""
    certain: bool
    confidence: float | None = None
    note: str = ""
    more_answers: int = 0
    answers: list[AnswerCount]


class ResponseRow(BaseModel):
    """One response to a pair. It leaves out the labeler: a country or a language can point at a person here."""

    pair: int
    voted: Choice
    user_score: float | None
    simulated: bool


class GivenAnswer(BaseModel):
    """One response to a datapoint. It leaves out the labeler, as for pairs."""

    datapoint: int
    answer: UntrustedText
    user_score: float | None
    simulated: bool


def pair_rows(outcomes: Sequence[Outcome]) -> list[PairResult]:
    """Return as many rows as fit, at least one."""
    return _fitting(map(_pair_row, outcomes))


def datapoint_rows(outcomes: Sequence[Outcome]) -> list[DatapointResult]:
    """Return as many rows as fit, at least one."""
    return _fitting(map(_datapoint_row, outcomes))


def answer_rows(answers: Sequence[Counted]) -> list[AnswerCount]:
    """Return the first few answers that somebody gave."""
    return [_answer_row(answer) for answer in answers if answer.votes][:MOST_ANSWERS]


def pair_response(outcome: Outcome, response: Response) -> ResponseRow:
    """Make the row of a response to a pair."""
    voted = choice_of(outcome, response.answer)
    return ResponseRow(pair=outcome.position, voted=voted, user_score=_score(response), simulated=response.simulated)


def datapoint_response(outcome: Outcome, response: Response) -> GivenAnswer:
    """Make the row of a response to a datapoint."""
    return GivenAnswer(
        datapoint=outcome.position,
        answer=defang(response.answer, 3 * ANSWER_CHARACTERS),
        user_score=_score(response),
        simulated=response.simulated,
    )


def response_rows(
    row_of: Callable[[Outcome, Response], Row], outcomes: Sequence[Outcome], skipped: int
) -> tuple[list[Row], int, int]:
    """Return as many responses as fit, after the first `skipped`, and the next response: its outcome and number.

    Responses that come in later for an outcome on an earlier page are not shown. None is shown twice.
    """
    numbered = (
        (index, number, row_of(outcome, response))
        for index, outcome in enumerate(outcomes)
        for number, response in enumerate(outcome.responses())
        if index or number >= skipped
    )
    rows: list[Row] = []
    left = PAGE_BYTES
    for index, number, row in numbered:
        left -= _size(row)
        if rows and (left < 0 or len(rows) == MOST_RESPONSES):
            return rows, index, number
        rows.append(row)
    return rows, len(outcomes), 0


def _fitting(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    left = PAGE_BYTES
    for row in islice(rows, MOST_OUTCOMES):
        left -= _size(row)
        if left < 0 and kept:
            break
        kept.append(row)
    return kept


def _size(row: BaseModel) -> int:
    return len(row.model_dump_json().encode())


def _pair_row(outcome: Outcome) -> PairResult:
    a_votes, b_votes, both_votes, neither_votes = votes_of(outcome)
    a, b = short_names(outcome)
    share = outcome.counts.shares[0]
    return PairResult(
        pair=outcome.position,
        a=clean(a, 80),
        b=clean(b, 80),
        context=clean(outcome.context, 80),
        a_votes=a_votes,
        b_votes=b_votes,
        both_votes=both_votes,
        neither_votes=neither_votes,
        share=round(share.value, 3) if share else None,
        low=round(share.low, 3) if share else None,
        high=round(share.high, 3) if share else None,
        p_majority_a=round(majority_probability(a_votes, b_votes), 3),
        a_confidence=outcome.confidence,
        winner=winner_of(outcome, outcome.counts.leading),
        weighted_winner=winner_of(outcome, outcome.weighted),
        undecided=not outcome.certain,
        flipped=outcome.flipped,
    )


def _datapoint_row(outcome: Outcome) -> DatapointResult:
    answers = answer_rows(outcome.answers)
    return DatapointResult(
        datapoint=outcome.position,
        item=clean(outcome.item.rstrip("/").rsplit("/", 1)[-1] if "://" in outcome.item else outcome.item, 80),
        context=clean(outcome.context, 80),
        responses=outcome.total,
        leading="" if outcome.leading is None else defang(outcome.leading, 80),
        certain=outcome.certain,
        confidence=outcome.confidence,
        note=clean(outcome.note, 200),
        more_answers=sum(votes > 0 for votes in outcome.counts.votes) - len(answers),
        answers=answers,
    )


def _answer_row(answer: Counted) -> AnswerCount:
    share = answer.share
    return AnswerCount(
        answer=defang(answer.answer, ANSWER_CHARACTERS),
        votes=answer.votes,
        share=round(share.value, 3) if share else None,
        low=round(share.low, 3) if share else None,
        high=round(share.high, 3) if share else None,
        note=clean(answer.note),
    )


def _score(response: Response) -> float | None:
    return None if response.user_score is None else round(response.user_score, 2)
