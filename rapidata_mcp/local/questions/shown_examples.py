"""Qualification examples as candidates see them, with what is known of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import examples
from rapidata_mcp.local.questions.media import Media, item_names, stored_media
from rapidata_mcp.local.questions.questions import example_question
from rapidata_mcp.local.questions.shown import ShownQuestion, shown
from rapidata_mcp.models.examples import NewExample
from rapidata_mcp.tasks.task import Answer

MOST_SHOWN = 100


@dataclass(frozen=True)
class ShownExample:
    """An example, its truth in words, and how many candidates answered it rightly and wrongly."""

    question: ShownQuestion
    truth: str
    explanation: str | None
    correct: int
    incorrect: int


async def shown_examples(connection: AsyncConnection, audience_id: str) -> list[ShownExample]:
    """The examples of an audience, in their order."""
    query = select(examples).where(examples.c.audience_id == audience_id).order_by(examples.c.position)
    rows = (await connection.execute(query.limit(MOST_SHOWN))).mappings().all()
    found = [(row, NewExample.model_validate(row["body"])) for row in rows]
    media = await stored_media(connection, [name for _, example in found for name in _names(example)])
    return [_shown(row, example, media) for row, example in found]


def _names(example: NewExample) -> list[str]:
    return [*item_names(example.asset.to_json()), *_beside(example)]


def _beside(example: NewExample) -> Sequence[str]:
    return [] if example.context_asset is None else item_names(example.context_asset.to_json())


def _shown(row: RowMapping, example: NewExample, media: dict[str, Media]) -> ShownExample:
    kind, question = example_question(example, {name: stored.source for name, stored in media.items()})
    options = range(len(question.options))
    right = [choice for choice in options if kind.is_right(Answer(choice), example.truth, question)]
    return ShownExample(
        question=shown(kind, question, media, _beside(example), right=right),
        truth=kind.describe_truth(example.truth, question),
        explanation=example.explanation,
        correct=row["correct_count"],
        incorrect=row["incorrect_count"],
    )
