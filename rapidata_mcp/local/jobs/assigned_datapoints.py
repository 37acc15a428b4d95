"""Assigned datapoints: the datapoints of a job that a labeler has, and their states.

A datapoint's `load` counts its responses and the labelers who have it now, so one index lookup finds the next task.
There is one writer at a time, so two people at the same time get different datapoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import handouts, job_datapoints, jobs

LEASE_S = 300.0
"""An assigned task is free again when its labeler has been silent for this many seconds."""
SIMULATED_WAIT_S = 60.0
"""Simulated labelers wait this long for a person, so that a rehearsal ends although a page was left open."""
SIGN_S = 15.0
"""Seconds between two writes of a labeler's sign of life."""
AHEAD = 2
"""Tasks assigned to a person at a time: the one on the screen, and the next."""

NotAnswered = Literal["Skipped", "Reported"]

# These statements run hundreds of times a second, so they are built once.
_ASSIGNED = (
    select(handouts.c.job_id, handouts.c.position, handouts.c.since)
    .where(
        handouts.c.labeler_id == bindparam("b_labeler"),
        handouts.c.state == "InHand",
        handouts.c.job_id.in_(bindparam("b_jobs", expanding=True)),
    )
    .order_by(handouts.c.since, handouts.c.position)
)
_HAD = exists().where(
    handouts.c.job_id == bindparam("b_job"),
    handouts.c.labeler_id == bindparam("b_labeler"),
    handouts.c.position == job_datapoints.c.position,
    handouts.c.state != "Returned",
)
_FREE = (
    select(job_datapoints.c.position)
    .where(
        job_datapoints.c.job_id == bindparam("b_job"),
        job_datapoints.c.settled.is_(False),
        job_datapoints.c.load < bindparam("b_most"),
        ~_HAD,
    )
    .order_by(job_datapoints.c.load, job_datapoints.c.position)
    .limit(bindparam("b_count"))
)
_GIVE = text(
    "INSERT INTO handouts (job_id, labeler_id, position, state, since) VALUES (:job_id, :labeler_id, :position, "
    "'InHand', :now) ON CONFLICT (job_id, labeler_id, position) DO UPDATE SET state = 'InHand', since = :now"
)
_ANSWERED = (
    update(handouts)
    .where(
        handouts.c.job_id == bindparam("b_job"),
        handouts.c.labeler_id == bindparam("b_labeler"),
        handouts.c.position == bindparam("b_position"),
        handouts.c.state == bindparam("b_state"),
    )
    .values(state="Answered", since=bindparam("b_now"))
)
_LOAD = (
    update(job_datapoints)
    .where(
        job_datapoints.c.job_id == bindparam("b_job"),
        job_datapoints.c.position.in_(bindparam("b_positions", expanding=True)),
    )
    .values(load=job_datapoints.c.load + bindparam("b_more"))
)


async def assigned_to(
    connection: AsyncConnection, labeler_id: str, job_ids: Sequence[str]
) -> list[tuple[str, int, float]]:
    """Return a labeler's assigned tasks of these jobs, oldest first, as (job, position, since)."""
    rows = await connection.execute(_ASSIGNED, {"b_labeler": labeler_id, "b_jobs": job_ids})
    return [(job_id, position, since) for job_id, position, since in rows]


async def pending_answers(connection: AsyncConnection, now: float) -> int:
    """Count the answers that may still come from people: the assigned, not abandoned tasks of running jobs."""
    held = (handouts.c.state == "InHand") & (handouts.c.since > now - LEASE_S)
    running = jobs.c.deleted_at.is_(None) & (jobs.c.state == "Running")
    of_jobs = select(func.count()).select_from(jobs.join(handouts, handouts.c.job_id == jobs.c.id))
    return int((await connection.execute(of_jobs.where(running, held))).scalar_one())


async def renew(connection: AsyncConnection, labeler_id: str, now: float) -> None:
    """Renew the lease of a labeler's assigned tasks."""
    await connection.execute(
        update(handouts).where(handouts.c.labeler_id == labeler_id, handouts.c.state == "InHand").values(since=now)
    )


async def assign(
    connection: AsyncConnection, job_id: str, labeler_id: str, count: int, most: int, now: float
) -> list[int]:
    """Assign a labeler more datapoints of a job, those with the fewest responses first, and return their positions.

    A labeler never gets a datapoint twice, nor one whose load has reached `most`. If no others are left, abandoned
    tasks are assigned again.
    """
    which = {"b_job": job_id, "b_labeler": labeler_id, "b_count": count, "b_most": most}
    positions = (await connection.execute(_FREE, which)).scalars().all()
    if len(positions) < count and await free_abandoned(connection, job_id, now):
        positions = (await connection.execute(_FREE, which)).scalars().all()
    if positions:
        await connection.execute(
            _GIVE,
            [{"job_id": job_id, "labeler_id": labeler_id, "position": position, "now": now} for position in positions],
        )
        await _add_load(connection, job_id, positions, 1)
    return list(positions)


async def free_abandoned(connection: AsyncConnection, job_id: str, now: float, lease: float = LEASE_S) -> int:
    """Free the abandoned tasks of a job, and return their number."""
    abandoned = await connection.execute(
        update(handouts)
        .where(handouts.c.job_id == job_id, handouts.c.state == "InHand", handouts.c.since <= now - lease)
        .values(state="Returned", since=now)
        .returning(handouts.c.position)
    )
    positions = [position for (position,) in abandoned]
    for position in positions:  # singly: several people may have abandoned the same one
        await _add_load(connection, job_id, [position], -1)
    return len(positions)


async def dismiss(
    connection: AsyncConnection,
    job_id: str,
    labeler_id: str,
    position: int,
    state: NotAnswered,
    now: float,
    report: str | None = None,
) -> bool:
    """Skip or report an assigned task; others may still get it. Return False if it was not assigned."""
    dismissed = await connection.execute(
        update(handouts)
        .where(_is_row(job_id, labeler_id, position), handouts.c.state == "InHand")
        .values(state=state, since=now, report=report)
    )
    if dismissed.rowcount:
        await _add_load(connection, job_id, [position], -1)
    return bool(dismissed.rowcount)


async def mark_answered(connection: AsyncConnection, job_id: str, labeler_id: str, position: int, now: float) -> bool:
    """Mark a task as answered, even if its lease had ended. Return False if it is answered or dismissed."""
    for state, more in (("InHand", 0), ("Returned", 1)):
        which = {"b_job": job_id, "b_labeler": labeler_id, "b_position": position, "b_state": state}
        marked = await connection.execute(_ANSWERED, which | {"b_now": now})
        if marked.rowcount:
            if more:
                await _add_load(connection, job_id, [position], more)
            return True
    return False


async def state_of(connection: AsyncConnection, job_id: str, labeler_id: str, position: int) -> str | None:
    """Return the state of a labeler's task, or None if it was never assigned to them."""
    rows = await connection.execute(select(handouts.c.state).where(_is_row(job_id, labeler_id, position)))
    return rows.scalar_one_or_none()


async def reported_count(connection: AsyncConnection, job_id: str) -> int:
    """Count the datapoints of a job that people reported as broken."""
    which = (handouts.c.job_id == job_id) & (handouts.c.state == "Reported")
    rows = await connection.execute(select(func.count(handouts.c.position.distinct())).where(which))
    return int(rows.scalar_one())


async def assign_again(connection: AsyncConnection, job_id: str, labeler_id: str, position: int, now: float) -> None:
    """Assign an answered task to its labeler again."""
    await connection.execute(
        update(handouts).where(_is_row(job_id, labeler_id, position)).values(state="InHand", since=now)
    )


def _is_row(job_id: str, labeler_id: str, position: int) -> ColumnElement[bool]:
    return (handouts.c.job_id == job_id) & (handouts.c.labeler_id == labeler_id) & (handouts.c.position == position)


async def _add_load(connection: AsyncConnection, job_id: str, positions: Sequence[int], more: int) -> None:
    await connection.execute(_LOAD, {"b_job": job_id, "b_positions": positions, "b_more": more})
