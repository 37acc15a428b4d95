"""Labeling: how a job goes on while time passes.

The simulated part is replayed in due order in the job's running time, by the first reader, so a pause shifts it and
a restart loses nothing. What people answer counts against the same need.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Sequence
from random import Random
from typing import Any

import anyio.lowlevel
from sqlalchemy import RowMapping, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import assignments, job_datapoints, jobs, responses
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.audiences import crowd
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.jobs.assigned_datapoints import LEASE_S, SIMULATED_WAIT_S, free_abandoned
from rapidata_mcp.local.jobs.completion import ENDED, count_in, running_seconds
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.rehearsal.participants import crowd_needed, gather
from rapidata_mcp.local.rehearsal.work import Replay

logger = logging.getLogger(__name__)

MOST_RESPONSES_A_READ = 5_000
REHEARSAL_SECONDS = 30
"""The pace of the crowd is raised so that a job of any size takes about this long."""
MEAN_SECONDS = 0.75
IDLE_SECONDS = 1.0
"""A labeler who finds nothing to do looks again after this."""
PREPARING_SECONDS = 3.0
"""How long a job stays Submitted, where a scenario wants it to."""
UNUSABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What content raises that a job should never have been given, such as that of an earlier version."""


def pace_for(datapoint_count: int, most_responses: int, crowd_size: int) -> float:
    """The factor on seconds per answer that lets a large rehearsal end within about half a minute."""
    expected = datapoint_count * most_responses * MEAN_SECONDS / max(1, crowd_size / 2)
    return min(1.0, REHEARSAL_SECONDS / expected)


async def advance(connection: AsyncConnection, platform: LocalPlatform, job_id: str) -> RowMapping | None:
    """Bring a job up to now, after those for which it waits; its row as it then is, None where there is no such job."""
    chain = [await job_row(connection, job_id)]
    while (last := chain[-1]) is not None and last["state"] == "Queued" and last["preceding_job_id"] is not None:
        chain.append(await job_row(connection, last["preceding_job_id"], deleted=True))
    preceding: RowMapping | None = None
    for waiting in reversed(chain):
        row = waiting
        if row is not None and row["state"] == "Submitted":
            row = await _prepare(connection, row, platform.clock.now())
        if row is not None and row["state"] == "Queued":
            row = await _leave_queue(connection, row, preceding)
        if row is not None and row["state"] == "Running" and row["deleted_at"] is None:
            row = await _replay_or_fail(connection, platform, row)
        preceding = row
    return preceding


async def _prepare(connection: AsyncConnection, job: RowMapping, now: float) -> RowMapping | None:
    """Let a job run that was being prepared for long enough."""
    ready = job["created_at"] + PREPARING_SECONDS
    if now < ready:
        return job
    await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(state="Running", running_since=ready))
    return await job_row(connection, job["id"])


async def job_row(connection: AsyncConnection, job_id: str, *, deleted: bool = False) -> RowMapping | None:
    """A job's row as it is written down."""
    query = select(jobs).where(jobs.c.id == job_id)
    if not deleted:
        query = query.where(jobs.c.deleted_at.is_(None))
    return (await connection.execute(query)).mappings().one_or_none()


async def _leave_queue(connection: AsyncConnection, job: RowMapping, preceding: RowMapping | None) -> RowMapping | None:
    """Let a waiting job run from the moment at which the one before it ended."""
    if preceding is None:
        ended_at: float | None = job["created_at"]
    elif preceding["deleted_at"] is not None:
        ended_at = preceding["deleted_at"]
    elif preceding["state"] in ENDED:
        ended_at = preceding["failed_at"] if preceding["state"] == "Failed" else preceding["completed_at"]
    else:
        return job
    began = max(job["created_at"], ended_at or 0.0)
    await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(state="Running", running_since=began))
    return await job_row(connection, job["id"])


async def _replay_or_fail(connection: AsyncConnection, platform: LocalPlatform, job: RowMapping) -> RowMapping | None:
    """Replay a job, or let it fail where it cannot be replayed: it must not keep others from being read."""
    try:
        async with connection.begin_nested():
            return await _replay(connection, platform, job)
    except UNUSABLE as exc:
        logger.warning("Job %s cannot go on.", job["id"], exc_info=exc)
        return await fail(connection, job, platform.clock.now(), exc)


async def fail(connection: AsyncConnection, job: RowMapping, now: float, why: Exception) -> RowMapping | None:
    """End a job with whose content nobody can go on; its row as it then is."""
    reason = str(why) if isinstance(why, ValueError) else f"{type(why).__name__}: {why}"
    failed = {"state": "Failed", "failed_at": now, "failure_message": f"The job cannot go on: {reason}"}
    ended = {"ran_for": running_seconds(job, now), "running_since": None}
    await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(failed | ended))
    return await job_row(connection, job["id"])


async def _replay(connection: AsyncConnection, platform: LocalPlatform, job: RowMapping) -> RowMapping | None:
    """Write down the simulated responses of a running job that are due, and what follows from them."""
    now = platform.clock.now()
    if job["settled_count"] >= job["datapoint_count"]:
        done = {"state": "Completed", "completed_at": now, "running_since": None}  # its results were regenerated
        await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(done))
        return await job_row(connection, job["id"])
    elapsed = running_seconds(job, now)
    started_at = now - elapsed
    revision = await revision_of(connection, job["definition_id"], job["revision"])
    if platform.crowd:
        need = crowd_needed(platform.crowd, revision.referee.max_responses)
        await gather(connection, job, need, platform.scenario, started_at, now)
    await free_abandoned(connection, job["id"], now, SIMULATED_WAIT_S if platform.crowd else LEASE_S)
    working = await _working(connection, job["id"], elapsed)
    work = Replay(connection, job, revision, started_at)
    await work.load_assigned()
    affordable = await money.affordable(connection, platform)
    last_due = await _work_on(work, working, elapsed, affordable)
    await _write(connection, job["id"], work, working)
    settled = await _settle(connection, job["id"], work.settled)
    last_at = started_at + last_due
    await count_in(connection, platform, job, last_at, simulated=len(work.answers), settled=settled)
    return await job_row(connection, job["id"])


async def _working(connection: AsyncConnection, job_id: str, elapsed: float) -> dict[str, dict[str, Any]]:
    rows = await connection.execute(
        select(assignments).where(
            assignments.c.job_id == job_id, assignments.c.due <= elapsed, assignments.c.labeler_id.startswith("sim_")
        )
    )
    return {row["labeler_id"]: dict(row) for row in rows.mappings()}


async def _work_on(work: Replay, working: dict[str, dict[str, Any]], elapsed: float, affordable: int | None) -> float:
    """Let labelers answer in due order until now or the money is gone; the due time of the last answer is returned."""
    most = MOST_RESPONSES_A_READ if affordable is None else min(affordable, MOST_RESPONSES_A_READ)
    queue = [(labeler["due"], labeler_id) for labeler_id, labeler in working.items()]
    heapq.heapify(queue)
    last_due = elapsed
    while queue and queue[0][0] <= elapsed and len(work.answers) < most:
        due, labeler_id = heapq.heappop(queue)
        labeler = working[labeler_id]
        if labeler["position"] is not None:
            work.answer(labeler_id, labeler["user_score"], labeler["position"], due)
            labeler["answered"] += 1
            last_due = due
            if len(work.answers) % 500 == 0:
                await anyio.lowlevel.checkpoint()  # a long replay lets others speak
        taken = await work.take(labeler_id)
        labeler["position"] = None if taken is None else taken.position
        if taken is None:
            labeler["due"] = elapsed + IDLE_SECONDS
            continue
        hurry = Random(f"{labeler_id} {work.job_id} {labeler['answered']}").uniform(0.6, 1.4)
        seconds = crowd.simulated_labeler(crowd.number_of(labeler_id)).seconds
        labeler["due"] = due + seconds * hurry * work.pace
        heapq.heappush(queue, (labeler["due"], labeler_id))
    return last_due


async def _write(connection: AsyncConnection, job_id: str, work: Replay, working: dict[str, dict[str, Any]]) -> None:
    if working:
        await connection.execute(
            update(assignments)
            .where(assignments.c.job_id == job_id, assignments.c.labeler_id == bindparam("b_labeler"))
            .values(position=bindparam("b_position"), due=bindparam("b_due"), answered=bindparam("b_answered")),
            [
                {
                    "b_labeler": labeler_id,
                    "b_position": labeler["position"],
                    "b_due": labeler["due"],
                    "b_answered": labeler["answered"],
                }
                for labeler_id, labeler in working.items()
            ],
        )
    if work.answers:
        # The unique key of job, datapoint and labeler is the last word against answering twice.
        await connection.execute(
            text(
                "INSERT INTO responses (job_id, position, labeler_id, choice, answer, user_score, simulated, at) "
                "VALUES (:job_id, :position, :labeler_id, :choice, :answer, :user_score, :simulated, :at) "
                "ON CONFLICT DO NOTHING"
            ).bindparams(bindparam("answer", type_=responses.c.answer.type)),
            work.answers,
        )
    changed = work.changed_loads()
    if changed:
        await connection.execute(
            update(job_datapoints)
            .where(job_datapoints.c.job_id == job_id, job_datapoints.c.position == bindparam("b_position"))
            .values(load=job_datapoints.c.load + bindparam("b_more")),
            [{"b_position": position, "b_more": more} for position, more in changed.items()],
        )


async def _settle(connection: AsyncConnection, job_id: str, positions: Sequence[int]) -> int:
    """Settle datapoints; how many, without those that a person's answer has settled meanwhile."""
    settled = 0
    for start in range(0, len(positions), 500):
        which = job_datapoints.c.position.in_(positions[start : start + 500]) & job_datapoints.c.settled.is_(False)
        done = await connection.execute(
            update(job_datapoints)
            .where(job_datapoints.c.job_id == job_id, which)
            .values(settled=True)
            .returning(job_datapoints.c.position)
        )
        settled += len(done.all())
    return settled
