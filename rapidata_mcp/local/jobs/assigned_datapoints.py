"""Assigned datapoints: the datapoints of a job that a person works on, answered, skipped, or reported.

A datapoint's `load` counts its responses and everybody who is at work on it, so the next task is one look into an
index. There is one writer at a time (`database.py`), so two people at the same time get different datapoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import handouts, job_datapoints, jobs

LEASE_S = 300.0
"""A task that was taken returns when its labeler gives no sign for so long."""
CROWD_WAITS_S = 60.0
"""The simulated crowd waits only so long for a person: a rehearsal should end, though somebody left a page open."""
SIGN_S = 15.0
"""How often a sign of the labeler is written down."""
AHEAD = 2
"""Tasks a person has in hand: the one that is shown, and the one after it."""

Aside = Literal["Skipped", "Reported"]

# What happens hundreds of times a second is put together once.
_IN_HAND = (
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
    .limit(bindparam("b_wanted"))
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


async def in_hand(connection: AsyncConnection, labeler_id: str, job_ids: Sequence[str]) -> list[tuple[str, int, float]]:
    """The tasks of these jobs that a labeler holds, in the order in which they were taken: job, position, since."""
    rows = await connection.execute(_IN_HAND, {"b_labeler": labeler_id, "b_jobs": job_ids})
    return [(job_id, position, since) for job_id, position, since in rows]


async def under_way(connection: AsyncConnection, now: float) -> int:
    """How many answers of people may still come: to tasks in hand, not yet left, of jobs that take answers."""
    held = (handouts.c.state == "InHand") & (handouts.c.since > now - LEASE_S)
    asking = jobs.c.deleted_at.is_(None) & (jobs.c.state == "Running")
    of_jobs = select(func.count()).select_from(jobs.join(handouts, handouts.c.job_id == jobs.c.id))
    return int((await connection.execute(of_jobs.where(asking, held))).scalar_one())


async def keep(connection: AsyncConnection, labeler_id: str, now: float) -> None:
    """Hold on to what a labeler has in hand, who gave a sign."""
    await connection.execute(
        update(handouts).where(handouts.c.labeler_id == labeler_id, handouts.c.state == "InHand").values(since=now)
    )


async def hand_out(
    connection: AsyncConnection, job_id: str, labeler_id: str, wanted: int, most: int, now: float
) -> list[int]:
    """Assign a labeler more datapoints of a job, those with the fewest responses first, and return their positions.

    Nobody gets one a second time, and none is given whose load has reached `most` already. Where there is nothing
    else, abandoned tasks are assigned again.
    """
    which = {"b_job": job_id, "b_labeler": labeler_id, "b_wanted": wanted, "b_most": most}
    found = (await connection.execute(_FREE, which)).scalars().all()
    if len(found) < wanted and await free_abandoned(connection, job_id, now):
        found = (await connection.execute(_FREE, which)).scalars().all()
    if found:
        await connection.execute(
            _GIVE,
            [{"job_id": job_id, "labeler_id": labeler_id, "position": position, "now": now} for position in found],
        )
        await _add_load(connection, job_id, found, 1)
    return list(found)


async def free_abandoned(connection: AsyncConnection, job_id: str, now: float, lease: float = LEASE_S) -> int:
    """Free the tasks of a job that were taken and left; how many."""
    left = await connection.execute(
        update(handouts)
        .where(handouts.c.job_id == job_id, handouts.c.state == "InHand", handouts.c.since <= now - lease)
        .values(state="Returned", since=now)
        .returning(handouts.c.position)
    )
    positions = [position for (position,) in left]
    for position in positions:  # one by one: several people may have left the same
        await _add_load(connection, job_id, [position], -1)
    return len(positions)


async def put_aside(
    connection: AsyncConnection,
    job_id: str,
    labeler_id: str,
    position: int,
    state: Aside,
    now: float,
    report: str | None = None,
) -> bool:
    """Let a labeler skip a task in hand, or report it as broken; others may still get it. False where it was not in
    hand."""
    gone = await connection.execute(
        update(handouts)
        .where(_one(job_id, labeler_id, position), handouts.c.state == "InHand")
        .values(state=state, since=now, report=report)
    )
    if gone.rowcount:
        await _add_load(connection, job_id, [position], -1)
    return bool(gone.rowcount)


async def mark_answered(connection: AsyncConnection, job_id: str, labeler_id: str, position: int, now: float) -> bool:
    """Note that a task was answered, also one that had returned meanwhile. False where it had been dealt with."""
    for state, more in (("InHand", 0), ("Returned", 1)):
        which = {"b_job": job_id, "b_labeler": labeler_id, "b_position": position, "b_state": state}
        marked = await connection.execute(_ANSWERED, which | {"b_now": now})
        if marked.rowcount:
            if more:
                await _add_load(connection, job_id, [position], more)
            return True
    return False


async def state_of(connection: AsyncConnection, job_id: str, labeler_id: str, position: int) -> str | None:
    """What became of a task that was given to this person; None where it never was."""
    found = await connection.execute(select(handouts.c.state).where(_one(job_id, labeler_id, position)))
    return found.scalar_one_or_none()


async def reported_count(connection: AsyncConnection, job_id: str) -> int:
    """How many datapoints of a job people reported as broken."""
    which = (handouts.c.job_id == job_id) & (handouts.c.state == "Reported")
    found = await connection.execute(select(func.count(handouts.c.position.distinct())).where(which))
    return int(found.scalar_one())


async def take_again(connection: AsyncConnection, job_id: str, labeler_id: str, position: int, now: float) -> None:
    """Put an answered task back into its labeler's hand."""
    await connection.execute(
        update(handouts).where(_one(job_id, labeler_id, position)).values(state="InHand", since=now)
    )


def _one(job_id: str, labeler_id: str, position: int) -> ColumnElement[bool]:
    return (handouts.c.job_id == job_id) & (handouts.c.labeler_id == labeler_id) & (handouts.c.position == position)


async def _add_load(connection: AsyncConnection, job_id: str, positions: Sequence[int], more: int) -> None:
    await connection.execute(_LOAD, {"b_job": job_id, "b_positions": positions, "b_more": more})
