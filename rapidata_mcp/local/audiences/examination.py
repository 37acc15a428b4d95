"""Examination of people: an audience's examples one after the other, until they are admitted or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import audiences, candidates, example_responses, examples
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.audiences.candidacy import decide, next_position, write_down
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.questions.media import Media, item_names, stored_media
from rapidata_mcp.local.questions.questions import example_question
from rapidata_mcp.models.examples import NewExample
from rapidata_mcp.tasks.task import Answer, Question, TaskTypeWithExamples


@dataclass(frozen=True)
class Example:
    """An example for a person. `context_media` names the media of its context; `media` are all its media."""

    id: str
    body: NewExample
    task: TaskTypeWithExamples
    question: Question
    context_media: Sequence[str]
    media: Mapping[str, Media]

    @property
    def right_choice(self) -> int | None:
        """The option that is right, where one is to be chosen and exactly one is."""
        choices = range(len(self.question.options))
        right = [at for at in choices if self.task.is_right(Answer(at), self.body.truth, self.question)]
        return right[0] if len(right) == 1 else None


async def candidate_of(connection: AsyncConnection, audience_id: str, labeler_id: str, now: float) -> RowMapping:
    """A person's candidacy for an audience; it begins when it is asked for the first time."""
    which = (candidates.c.audience_id == audience_id) & (candidates.c.labeler_id == labeler_id)
    found = (await connection.execute(select(candidates).where(which))).mappings().one_or_none()
    if found is not None:
        return found
    await connection.execute(
        text(
            "INSERT INTO candidates (audience_id, labeler_id, state, answered, correct, joined_at) "
            "VALUES (:audience_id, :labeler_id, 'Distilling', 0, 0, :now) ON CONFLICT DO NOTHING"
        ),
        {"audience_id": audience_id, "labeler_id": labeler_id, "now": now},
    )
    return (await connection.execute(select(candidates).where(which))).mappings().one()


async def next_example(connection: AsyncConnection, audience_id: str, labeler_id: str) -> Example | None:
    """The example that a candidate is to answer now; None when none is left."""
    left = await _left(connection, audience_id, labeler_id)
    return await _read(connection, left[next_position(labeler_id, left)]) if left else None


async def judged(
    connection: AsyncConnection, audience_id: str, labeler_id: str, example_id: str
) -> tuple[bool, Example] | None:
    """Whether a person's answer to an example was right; None where they gave none."""
    given = await connection.execute(
        select(example_responses.c.correct)
        .join(examples, examples.c.id == example_responses.c.example_id)
        .where(
            examples.c.audience_id == audience_id,
            example_responses.c.example_id == example_id,
            example_responses.c.labeler_id == labeler_id,
        )
    )
    right = given.scalar_one_or_none()
    return None if right is None else (right, await _read(connection, example_id))


async def answer(
    connection: AsyncConnection, audience_id: str, labeler_id: str, example_id: str, posted: object, now: float
) -> None:
    """Judge an answer to the example that a candidate has before them; what was answered before stays as it was judged.

    Raises:
        ProblemError: 404 for an example that is not theirs to answer now, 400 for an answer that it does not allow.
    """
    candidate = await candidate_of(connection, audience_id, labeler_id, now)
    if await judged(connection, audience_id, labeler_id, example_id) is not None:
        return
    example = await next_example(connection, audience_id, labeler_id)
    if candidate["state"] != "Distilling" or example is None or example.id != example_id:
        raise ProblemError(404, "This question was not asked.")
    try:
        given = example.task.read_answer(posted, example.question)
    except ValueError as impossible:
        raise ProblemError(400, str(impossible)) from None
    right = example.task.is_right(given, example.body.truth, example.question)
    await _count(connection, dict(candidate), example_id, right, now)


async def _count(
    connection: AsyncConnection, candidate: dict[str, Any], example_id: str, right: bool, now: float
) -> None:
    labeler_id = candidate["labeler_id"]
    found = await connection.execute(select(audiences).where(audiences.c.id == candidate["audience_id"]))
    audience = found.mappings().one()
    left = await _left(connection, audience["id"], labeler_id)
    candidate["answered"] += 1
    candidate["correct"] += right
    decided = decide(candidate, qualification.rule_of(audience), len(left) - 1, now)
    given = {"example_id": example_id, "labeler_id": labeler_id, "correct": right, "at": now}
    await write_down(connection, audience["id"], [given], {labeler_id: decided})
    if audience["status"] == "Recruiting" and decided["state"] == "Graduated":
        await qualification.settle_status(connection, audience["id"])


async def _left(connection: AsyncConnection, audience_id: str, labeler_id: str) -> dict[int, str]:
    """The ids of the examples that a candidate has not answered, by position."""
    given = select(example_responses.c.example_id).where(example_responses.c.labeler_id == labeler_id)
    rows = await connection.execute(
        select(examples.c.position, examples.c.id).where(
            examples.c.audience_id == audience_id, examples.c.id.not_in(given)
        )
    )
    return {row.position: row.id for row in rows}


async def _read(connection: AsyncConnection, example_id: str) -> Example:
    found = await connection.execute(select(examples.c.body).where(examples.c.id == example_id))
    body = NewExample.model_validate(found.scalar_one())
    context_media = [] if body.context_asset is None else item_names(body.context_asset.to_json())
    media = await stored_media(connection, [*item_names(body.asset.to_json()), *context_media])
    task, question = example_question(body, {name: stored.source for name, stored in media.items()})
    return Example(example_id, body, task, question, context_media, media)
