"""Resources: results that are too large or too raw for the answer of a tool."""

from __future__ import annotations

import json
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from pydantic import Field

from rapidata_mcp.errors import NotFound
from rapidata_mcp.server.replies import clean
from rapidata_mcp.server.results.sources import ResultsSource
from rapidata_mcp.server.services import ServerState, services_of
from rapidata_mcp.tasks.tables import as_csv, outcome_table

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
    source = await _open(job_id, ctx)
    return json.dumps(await source.platform.results.document(source.job), ensure_ascii=False)


async def job_table(job_id: Annotated[str, Field(description="The job")], ctx: Context[Any, Any]) -> str:
    """The results of a job as CSV, one row per pair, or per answer to a datapoint; so far or final."""
    source = await _open(job_id, ctx)
    parts: list[str] = []
    async for results in source.in_parts(single=False):
        table = outcome_table(results)
        parts.append(as_csv(table.columns, table.rows, header=not parts))
    return "".join(parts)


async def _open(job_id: str, ctx: Context[Any, Any]) -> ResultsSource:
    """A job whose results may be read at once."""
    try:
        source = await ResultsSource.open((await services_of(ctx)).platform, job_id)
    except NotFound:
        raise ResourceNotFoundError(f"There is no job '{clean(job_id)}'.") from None
    if (source.progress.response_count or 0) > MOST_RESPONSES:
        raise ResourceError("The results are too large to be read at once: export_results writes them into a file.")
    return source
