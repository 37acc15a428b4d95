"""The start of a job on the local platform (contract G.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import (
    datapoints,
    definitions,
    job_datapoints,
    jobs,
)
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.audiences.recruiting import audience_row, example_counts, require_base, start_recruiting
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.jobs.pairs import is_ranking, lay_out, unit_count
from rapidata_mcp.local.jobs.revisions import revision_model, revision_row
from rapidata_mcp.local.jobs.validation import validate_definition
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.rehearsal import labeling
from rapidata_mcp.local.rehearsal.participants import crowd_needed
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.jobs import CostWarning, JobCreated, NewJob


async def start_job(connection: AsyncConnection, platform: LocalPlatform, new_job: NewJob) -> JobCreated:
    """Start a job, and recruiting with it if that has not begun and the examples suffice (contract M, row 1).

    Raises:
        ProblemError: 404 or 400 if its audience, its definition, or the job before it does not fit.
    """
    audience = await audience_row(connection, new_job.audience_id)
    await require_base(connection, audience)
    row = await revision_row(connection, new_job.job_definition_id, new_job.revision_number)
    if new_job.preceding_job_id and await labeling.job_row(connection, new_job.preceding_job_id) is None:
        raise ProblemError(400, f"There is no job '{new_job.preceding_job_id[:80]}' to run after.")
    recruiting_started = False
    if audience["kind"] == "custom" and audience["status"] == "Created":
        needed, present = await example_counts(connection, audience)
        if present >= needed:
            await start_recruiting(connection, platform, audience)
            recruiting_started = True
    revision = revision_model(row)
    # Checked again, since the data set may have more datapoints by now.
    await validate_definition(connection, revision.spec, revision.referee, revision.dataset_id)
    count = await unit_count(connection, revision)
    return JobCreated(
        job_id=await _insert(connection, platform, new_job, audience, row, count),
        recruiting_started=recruiting_started,
        experiment_id=new_job.experiment_id,
        cost_warning=await _cost_warning(connection, platform, count * revision.referee.max_responses),
    )


async def _cost_warning(connection: AsyncConnection, platform: LocalPlatform, responses: int) -> CostWarning | None:
    cost, left = responses * (platform.price or 0.0), await money.balance(connection, platform)
    if left is None or cost <= left:
        return None
    return CostWarning(estimated_cost=round(cost, 6), available_balance=left, shortfall=round(cost - left, 6))


async def _insert(
    connection: AsyncConnection,
    platform: LocalPlatform,
    new_job: NewJob,
    audience: RowMapping,
    revision: RowMapping,
    count: int,
) -> str:
    if count == 0:
        raise ProblemError(400, "The job definition has no datapoints.")
    most = revision_model(revision).referee.max_responses
    found = await connection.execute(select(definitions.c.name).where(definitions.c.id == revision["definition_id"]))
    definition_name = found.scalar_one()
    name = new_job.name or f"{definition_name}:{revision['number']}"
    now, job_id = platform.clock.now(), new_id("job")
    row = {
        "id": job_id,
        "name": name,
        "definition_id": revision["definition_id"],
        "revision": revision["number"],
        "audience_id": audience["id"],
        "pipeline_id": new_id("ppl"),
        "preceding_job_id": new_job.preceding_job_id,
        "created_at": now,
        "ran_for": 0.0,
        "pace": labeling.pace_for(count, most, max(audience["crowd_size"], crowd_needed(platform.crowd, most))),
        "datapoint_count": count,
        "settled_count": 0,
        "response_count": 0,
        "simulated_count": 0,
        "cost": 0.0,
    }
    await connection.execute(insert(jobs), row | _beginning(platform, (name, definition_name), new_job, now))
    asks = revision_model(revision)
    if is_ranking(asks):
        laid_out = await lay_out(connection, job_id, asks, now)
        await connection.execute(update(jobs).where(jobs.c.id == job_id).values(laid_out))
    else:
        await _take_datapoints(connection, job_id, asks.dataset_id)
    return job_id


async def _take_datapoints(connection: AsyncConnection, job_id: str, dataset_id: str) -> None:
    """Let the datapoints of a data set be those of a job, in their order."""
    in_order = func.row_number().over(order_by=(datapoints.c.sort_index, datapoints.c.arrived_at, datapoints.c.id)) - 1
    taken = select(literal(job_id), in_order, datapoints.c.id, literal(False)).where(
        datapoints.c.dataset_id == dataset_id
    )
    columns = ["job_id", "position", "datapoint_id", "settled"]
    await connection.execute(insert(job_datapoints).from_select(columns, taken))


def _beginning(platform: LocalPlatform, names: tuple[str, str], new_job: NewJob, now: float) -> dict[str, Any]:
    """The state in which a job begins: running, waiting for another, or where the scenario lets it get stuck."""
    script = platform.script_of(*names)
    if script is not None and script.state != "StaleResults":
        failed = script.state == "Failed"
        return {
            "state": script.state,
            "review_reason": script.review_reason,
            "failed_at": now if failed else None,
            "failure_message": script.failure_message or ("The job failed as scripted." if failed else None),
        }
    begun: dict[str, Any] = {"stale_at_end": script is not None}
    if new_job.preceding_job_id:
        return begun | {"state": "Queued"}
    return begun | {"state": "Running", "running_since": now}
