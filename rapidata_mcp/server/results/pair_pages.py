"""Pages of pairs and of responses, cut so that an answer stays small."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from rapidata_mcp.aggregate.share import majority_probability, of_pair
from rapidata_mcp.server.replies import UntrustedText, clean
from rapidata_mcp.tasks.compare_results import Pair, Winner
from rapidata_mcp.tasks.compare_verdict import is_undecided

Row = TypeVar("Row", bound=BaseModel)
PAGE_BYTES = 6_400
"""What the rows of a page may take of an answer of 10,000 bytes."""
MOST_ROWS = 50
MOST_PAIRS = 20


class PairResult(BaseModel):
    """One pair: its votes, the share of its first item with a 95 % interval, and who wins it."""

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


class ResponseRow(BaseModel):
    """One response to a pair. Not who gave it: in so few answers a country or a language can point at a person."""

    pair: int
    voted: Literal["a", "b", "both", "neither"]
    user_score: float | None
    simulated: bool


def pair_rows(pairs: Sequence[Pair]) -> list[PairResult]:
    """As many rows as fit into an answer, at least one."""
    return fitting(map(_row, islice(pairs, MOST_PAIRS)))


def response_rows(pairs: Sequence[Pair], skipped: int) -> tuple[list[ResponseRow], int, int]:
    """As many responses as fit, without the first `skipped` of the first pair; where to go on: pair and response.

    What comes in later for a pair that was passed is not shown any more; nothing is shown twice.
    """
    rows = fitting(islice(_responses(pairs, skipped), MOST_ROWS))
    seen = 0
    for index, pair in enumerate(pairs):
        total = sum(1 for _ in pair.answers())
        before = skipped if index == 0 else 0
        here = sum(row.pair == pair.position for row in rows)
        seen += here
        if before + here < total:
            return rows, index, before + here
        if rows and seen == len(rows):
            return rows, index + 1, 0
    return rows, len(pairs), 0


def _responses(pairs: Sequence[Pair], skipped: int) -> Iterator[ResponseRow]:
    for index, pair in enumerate(pairs):
        for answer in islice(pair.answers(), skipped if index == 0 else 0, None):
            score = answer.user_score
            yield ResponseRow(
                pair=pair.position,
                voted=answer.choice,
                user_score=None if score is None else round(score, 2),
                simulated=answer.simulated,
            )


def _row(pair: Pair) -> PairResult:
    share = of_pair(*pair.votes)
    a, b = shown_items(pair)
    return PairResult(
        pair=pair.position,
        a=clean(a, 80),
        b=clean(b, 80),
        context=clean(pair.context, 80),
        a_votes=pair.a_votes,
        b_votes=pair.b_votes,
        both_votes=pair.both_votes,
        neither_votes=pair.neither_votes,
        share=round(share.value, 3) if share else None,
        low=round(share.low, 3) if share else None,
        high=round(share.high, 3) if share else None,
        p_majority_a=round(majority_probability(*pair.votes), 3),
        a_confidence=pair.a_confidence,
        winner=pair.winner,
        weighted_winner=pair.weighted_winner,
        undecided=is_undecided(*pair.votes),
        flipped=pair.flipped,
    )


def shown_items(pair: Pair) -> tuple[str, str]:
    """Items that go by their URLs are known by the ends of them, unless these are the same."""
    a, b = (
        key.rstrip("/").rsplit("/", 1)[-1] if key.startswith(("http://", "https://")) else key
        for key in (pair.a, pair.b)
    )
    return (a, b) if a != b else (pair.a, pair.b)


def fitting(rows: Iterator[Row]) -> list[Row]:
    """As many rows as an answer has room for, at least one."""
    kept: list[Row] = []
    left = PAGE_BYTES
    for row in rows:
        left -= len(row.model_dump_json().encode())
        if left < 0 and kept:
            break
        kept.append(row)
    return kept
