"""Candidacy: one labeler on the way into an audience. The same rule for people and for the simulated crowd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.admission import AdmissionRule
from rapidata_mcp.database.tables import candidates, example_responses, examples

COLUMNS = ("state", "answered", "correct", "decided_at", "next_due")
"""What changes of a candidate's row."""


def next_position(labeler_id: str, left: Iterable[int]) -> int:
    """Which of the examples that are left, by their positions, a candidate gets next: everyone has an order of their
    own. Raises ValueError where none is left."""
    return min(left, key=lambda position: crc32(f"{labeler_id} {position}".encode()))


def decide(candidate: Mapping[str, Any], rule: AdmissionRule, left: int, at: float) -> dict[str, Any]:
    """Return a candidate's state after an answer, with `left` examples to answer."""
    verdict = rule.decide(candidate["answered"], candidate["correct"], left)
    if verdict == "undecided":
        return dict(candidate)
    low = candidate["correct"] < rule.target_accuracy * candidate["answered"]
    dropped = "DroppedLowScore" if low else "DroppedExamplesDone"
    return {
        **candidate,
        "state": "Graduated" if verdict == "graduated" else dropped,
        "decided_at": at,
        "next_due": None,
    }


async def write_down(
    connection: AsyncConnection,
    audience_id: str,
    answers: Sequence[Mapping[str, Any]],
    changed: Mapping[str, Mapping[str, Any]],
) -> None:
    """Keep answers to examples, count them at the examples, and keep what became of the candidates, by labeler."""
    if answers:
        await connection.execute(insert(example_responses), answers)
        right = Counter(answer["example_id"] for answer in answers if answer["correct"])
        wrong = Counter(answer["example_id"] for answer in answers if not answer["correct"])
        await connection.execute(
            update(examples)
            .where(examples.c.id == bindparam("b_id"))
            .values(
                correct_count=examples.c.correct_count + bindparam("b_right"),
                incorrect_count=examples.c.incorrect_count + bindparam("b_wrong"),
            ),
            [{"b_id": example, "b_right": right[example], "b_wrong": wrong[example]} for example in right | wrong],
        )
    await connection.execute(
        update(candidates)
        .where(candidates.c.audience_id == audience_id, candidates.c.labeler_id == bindparam("b_labeler"))
        .values({name: bindparam(f"b_{name}") for name in COLUMNS}),
        [
            {"b_labeler": labeler_id} | {f"b_{name}": candidate[name] for name in COLUMNS}
            for labeler_id, candidate in changed.items()
        ],
    )
