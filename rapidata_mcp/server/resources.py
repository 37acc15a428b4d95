"""Resources: what is too large or too raw for a tool's answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from pydantic import Field

from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import NotFound
from rapidata_mcp.server.replies import clean
from rapidata_mcp.server.results.sources import in_parts
from rapidata_mcp.server.results.task_reading import read_other
from rapidata_mcp.server.services import ServerState, services_of
from rapidata_mcp.tasks.compare_tables import PAIR_COLUMNS, as_csv, pair_table
from rapidata_mcp.tasks.task_tables import ANSWER_COLUMNS, answer_table

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress

RESULTS = "rapidata://jobs/{job_id}/results"
TABLE = "rapidata://jobs/{job_id}/results.csv"
MOST_RESPONSES = 200_000
"""Responses of a job whose results are read at once: about a hundred megabytes."""


def add_to(server: MCPServer[ServerState]) -> None:
    """Add all resources to a server."""
    server.resource(RESULTS, title="Raw results", mime_type="application/json")(job_results)
    server.resource(TABLE, title="Results as a table", mime_type="text/csv")(job_table)


async def job_results(job_id: Annotated[str, Field(description="The job")], ctx: Context[Any, Any]) -> str:
    """The results of a job in the platform's own format, with every response; so far or final."""
    platform, job, _ = await _job(job_id, ctx)
    return json.dumps(await platform.results.document(job), ensure_ascii=False)


async def job_table(job_id: Annotated[str, Field(description="The job")], ctx: Context[Any, Any]) -> str:
    """The results of a job as CSV, one row per pair, or per answer to a datapoint; so far or final."""
    platform, job, progress = await _job(job_id, ctx)
    other = await read_other(platform, job)
    if other is not None:
        return as_csv(ANSWER_COLUMNS, answer_table(other))
    parts: list[str] = []
    async for pairs in in_parts(platform, job, progress, single=False):
        parts.append(as_csv(PAIR_COLUMNS, pair_table(pairs), header=not parts))
    return "".join(parts)


async def _job(job_id: str, ctx: Context[Any, Any]) -> tuple[Platform, Job, JobProgress]:
    """A job whose results may be read at once."""
    platform = (await services_of(ctx)).platform
    try:
        job, progress = await gather(platform.jobs.get(job_id), platform.jobs.progress(job_id))
    except NotFound:
        raise ResourceNotFoundError(f"There is no job '{clean(job_id)}'.") from None
    if (progress.response_count or 0) > MOST_RESPONSES:
        raise ResourceError("The results are too large to be read at once: export_results writes them into a file.")
    return platform, job, progress
