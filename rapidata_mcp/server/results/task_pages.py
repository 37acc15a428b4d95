"""Pages of datapoints and of responses of any task type, cut so that an answer stays small."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pydantic import BaseModel

from rapidata_mcp.server.replies import UntrustedText, clean, defang
from rapidata_mcp.server.results.pair_pages import MOST_PAIRS, MOST_ROWS, fitting
from rapidata_mcp.tasks.outcomes import Counted, Outcome

MOST_ANSWERS = 8
"""Answers that are listed for one datapoint, or for the whole job."""
ANSWER_CHARACTERS = 120


class AnswerCount(BaseModel):
    """An answer, how many gave it, its share with a 95 % interval, and a remark."""

    answer: UntrustedText
    votes: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class DatapointResult(BaseModel):
    """One datapoint: how many responses it has, the answer that most gave, and how often each was given."""

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


class GivenAnswer(BaseModel):
    """One response. Not who gave it, as for pairs."""

    datapoint: int
    answer: UntrustedText
    user_score: float | None
    simulated: bool


def answer_rows(answers: Sequence[Counted]) -> list[AnswerCount]:
    """The answers that are listed: those that were given, the first few."""
    given = [answer for answer in answers if answer.votes]
    return [_counted(answer) for answer in given[:MOST_ANSWERS]]


def datapoint_rows(outcomes: Sequence[Outcome]) -> list[DatapointResult]:
    """As many rows as fit into an answer, at least one."""
    return fitting(map(_row, islice(outcomes, MOST_PAIRS)))


def given_rows(outcomes: Sequence[Outcome], skipped: int) -> tuple[list[GivenAnswer], int, int]:
    """As many responses as fit, without the first `skipped`; where to go on: datapoint and response."""
    rows = fitting(
        islice(
            (
                GivenAnswer(
                    datapoint=outcome.position,
                    answer=defang(response.answer, 3 * ANSWER_CHARACTERS),
                    user_score=None if response.user_score is None else round(response.user_score, 2),
                    simulated=response.simulated,
                )
                for index, outcome in enumerate(outcomes)
                for response in islice(outcome.responses, skipped if index == 0 else 0, None)
            ),
            MOST_ROWS,
        )
    )
    left = len(rows)
    for index, outcome in enumerate(outcomes):
        before = skipped if index == 0 else 0
        here = len(outcome.responses) - before
        if left < here:
            return rows, index, before + left
        left -= here
    return rows, len(outcomes), 0


def _row(outcome: Outcome) -> DatapointResult:
    answers = answer_rows(outcome.answers)
    return DatapointResult(
        datapoint=outcome.position,
        item=clean(outcome.item.rstrip("/").rsplit("/", 1)[-1] if "://" in outcome.item else outcome.item, 80),
        context=clean(outcome.context, 80),
        responses=len(outcome.responses),
        leading="" if outcome.leading is None else defang(outcome.leading, 80),
        certain=outcome.certain,
        confidence=outcome.confidence,
        note=clean(outcome.note, 200),
        more_answers=sum(answer.votes > 0 for answer in outcome.answers) - len(answers),
        answers=answers,
    )


def _counted(answer: Counted) -> AnswerCount:
    share = answer.share
    return AnswerCount(
        answer=defang(answer.answer, ANSWER_CHARACTERS),
        votes=answer.votes,
        share=share and round(share.value, 3),
        low=share and round(share.low, 3),
        high=share and round(share.high, 3),
        note=clean(answer.note),
    )
