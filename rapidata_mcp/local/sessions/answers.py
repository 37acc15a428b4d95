"""Answers of people: written down once, counted at once, and taken back while the job runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import assignments, handouts, job_datapoints, responses
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.jobs import assigned_datapoints
from rapidata_mcp.local.jobs.completion import count_in
from rapidata_mcp.local.questions.media import Media
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.referees import is_enough
from rapidata_mcp.tasks.task import Answer, Question

_RECORD = insert(responses)
_COUNT = (
    update(assignments)
    .where(assignments.c.job_id == bindparam("b_job"), assignments.c.labeler_id == bindparam("b_labeler"))
    .values(answered=assignments.c.answered + bindparam("b_more"))
    .returning(assignments.c.user_score)
)
_VOTES = (
    select(job_datapoints.c.settled, responses.c.choice, responses.c.user_score)
    .outerjoin(
        responses,
        (responses.c.job_id == job_datapoints.c.job_id) & (responses.c.position == job_datapoints.c.position),
    )
    .where(job_datapoints.c.job_id == bindparam("b_job"), job_datapoints.c.position == bindparam("b_position"))
    .order_by(responses.c.id)
)


@dataclass(frozen=True)
class AssignedDatapoint:
    """A datapoint of a running job in the hand of a person: `order` are its options in the order shown to them.

    `context_media` names the media of its context; `media` are all that it shows, by name.
    """

    job: RowMapping
    revision: Revision
    labeler_id: str
    position: int
    question: Question
    order: Sequence[int]
    context_media: Sequence[str]
    media: Mapping[str, Media]


async def enrol(connection: AsyncConnection, job_id: str, labeler_id: str, user_score: float) -> None:
    """Let a labeler take part in a job, with the user score of their answers; again changes nothing."""
    await connection.execute(
        text(
            "INSERT INTO assignments (job_id, labeler_id, user_score, due, answered) "
            "VALUES (:job_id, :labeler_id, :user_score, 0, 0) ON CONFLICT DO NOTHING"
        ),
        {"job_id": job_id, "labeler_id": labeler_id, "user_score": user_score},
    )


async def record(
    connection: AsyncConnection, platform: LocalPlatform, assigned: AssignedDatapoint, answer: Answer
) -> bool:
    """Write down the answer to a task that was marked as answered, and settle its datapoint where that is enough.

    Returns whether the job ended with it.
    """
    now = platform.clock.now()
    row = {
        "job_id": assigned.job["id"],
        "position": assigned.position,
        "labeler_id": assigned.labeler_id,
        "choice": answer.choice,
        "answer": answer.value,
        "user_score": await _count_answer(connection, assigned, 1),
        "simulated": False,
        "at": now,
        "shown_at": assigned.order.index(answer.choice) if assigned.order else None,
    }
    await connection.execute(_RECORD, row)
    was, settled = await _settled(connection, assigned)
    if settled and not was:
        await connection.execute(update(job_datapoints).where(_datapoint(assigned)).values(settled=True))
    return await count_in(connection, platform, assigned.job, now, human=1, settled=settled and not was)


async def last_answered(connection: AsyncConnection, labeler_id: str, job_ids: Sequence[str]) -> tuple[str, int] | None:
    """The job and position of the last answer that a labeler gave to these jobs; None where there is none."""
    last = await connection.execute(
        select(responses.c.job_id, responses.c.position)
        .join(
            handouts,
            (handouts.c.job_id == responses.c.job_id)
            & (handouts.c.labeler_id == responses.c.labeler_id)
            & (handouts.c.position == responses.c.position),
        )
        .where(handouts.c.labeler_id == labeler_id, handouts.c.state == "Answered", handouts.c.job_id.in_(job_ids))
        .order_by(responses.c.id.desc())
        .limit(1)
    )
    found = last.one_or_none()
    return None if found is None else (found.job_id, found.position)


async def take_back(connection: AsyncConnection, platform: LocalPlatform, assigned: AssignedDatapoint) -> None:
    """Take an answer back: its task is in hand again, and a datapoint that has no longer enough is open again."""
    now = platform.clock.now()
    given_answer = (responses.c.job_id == assigned.job["id"]) & (responses.c.position == assigned.position)
    await connection.execute(delete(responses).where(given_answer, responses.c.labeler_id == assigned.labeler_id))
    await assigned_datapoints.assign_again(connection, assigned.job["id"], assigned.labeler_id, assigned.position, now)
    await _count_answer(connection, assigned, -1)
    was, settled = await _settled(connection, assigned)
    if was and not settled:
        await connection.execute(update(job_datapoints).where(_datapoint(assigned)).values(settled=False))
    await count_in(connection, platform, assigned.job, now, human=-1, settled=-(was and not settled))


async def _count_answer(connection: AsyncConnection, assigned: AssignedDatapoint, more: int) -> float:
    """Count an answer of a labeler on a job; their user score there."""
    which = {"b_job": assigned.job["id"], "b_labeler": assigned.labeler_id, "b_more": more}
    return float((await connection.execute(_COUNT, which)).scalar_one())


async def _settled(connection: AsyncConnection, assigned: AssignedDatapoint) -> tuple[bool, bool]:
    """Whether a datapoint was settled, and what the referee says of it with the responses that it has now."""
    rows = (await connection.execute(_VOTES, {"b_job": assigned.job["id"], "b_position": assigned.position})).all()
    votes = [(choice, score) for _, choice, score in rows if choice is not None]
    return rows[0][0], is_enough(assigned.revision.referee, votes, len(assigned.question.options))


def _datapoint(assigned: AssignedDatapoint) -> ColumnElement[bool]:
    job_id: str = assigned.job["id"]
    return (job_datapoints.c.job_id == job_id) & (job_datapoints.c.position == assigned.position)
