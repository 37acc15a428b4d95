"""What responses make of a job: its counts, its cost, and its end. The same for people and for the simulated crowd."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import jobs
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.jobs.pairs import make_more
from rapidata_mcp.models.job_states import JobState, Phase

ENDED = JobState.known(Phase.ENDED)
"""States in which a job asks nobody any more, and lets its successor begin (contract G.2: completed or failed)."""
_COUNT = (
    update(jobs)
    .where(jobs.c.id == bindparam("b_job"))
    .values(
        settled_count=jobs.c.settled_count + bindparam("b_settled"),
        response_count=jobs.c.response_count + bindparam("b_responses"),
        simulated_count=jobs.c.simulated_count + bindparam("b_simulated"),
        cost=jobs.c.cost + bindparam("b_cost"),
    )
    .returning(jobs.c.settled_count, jobs.c.pairs_made)
)


def running_seconds(job: RowMapping, now: float) -> float:
    """How long the job has been running, without its pauses."""
    return float(job["ran_for"]) + (max(0.0, now - job["running_since"]) if job["running_since"] is not None else 0.0)


async def count_in(
    connection: AsyncConnection,
    platform: LocalPlatform,
    job: RowMapping,
    at: float,
    *,
    human: int = 0,
    simulated: int = 0,
    settled: int = 0,
) -> bool:
    """Add responses and settled datapoints to a running job, and end it where that was the last, or the money is gone.

    Returns whether it ended. `at` is when the last of these responses was given. An answer that is taken back counts
    as -1.
    """
    responses = human + simulated
    more = {"b_settled": int(settled), "b_responses": responses, "b_simulated": simulated}
    cost = responses * (platform.price or 0.0)
    counted = await connection.execute(_COUNT, more | {"b_job": job["id"], "b_cost": cost})
    ending: dict[str, Any] | None = None
    settled_count, pairs_made = counted.one()
    if settled_count >= job["datapoint_count"]:
        ending = {"state": "StaleResults" if job["stale_at_end"] else "Completed", "completed_at": at}
    elif await money.affordable(connection, platform) == 0:
        ending = {"state": "SpendLimited"}
    if ending is not None:
        ending |= {"ran_for": running_seconds(job, at), "running_since": None}
        await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(ending))
    elif pairs_made is not None and settled_count >= pairs_made:
        await make_more(connection, job, pairs_made, at)
    return ending is not None


def has_run(job: RowMapping) -> bool:
    """Return whether labeling has begun."""
    begun = job["running_since"] is not None or bool(job["ran_for"]) or bool(job["response_count"])
    state = JobState(job["state"])
    return begun or state == JobState.PAUSED or state.has_all_responses


def percentage(job: RowMapping) -> float:
    """Return the settled datapoints in percent, rounded down: 100 only if all are settled."""
    return float(1000 * job["settled_count"] // job["datapoint_count"] / 10)
