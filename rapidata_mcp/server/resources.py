"""Resources: what is too large or too raw for a tool's answer."""

from __future__ import annotations

import json
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from pydantic import Field

from rapidata_mcp.errors import NotFound
from rapidata_mcp.server.desk import Reception, desk_of

RESULTS = "rapidata://jobs/{job_id}/results"


def add_to(server: MCPServer[Reception]) -> None:
    """Add all resources to a server."""
    server.resource(RESULTS, title="Raw results", mime_type="application/json")(job_results)


async def job_results(job_id: Annotated[str, Field(description="The job")], ctx: Context[Any, Any]) -> str:
    """The results of a job in the platform's own format, with every response; so far or final."""
    platform = (await desk_of(ctx)).platform
    try:
        document = await platform.results.document(await platform.jobs.get(job_id))
    except NotFound:
        raise ResourceNotFoundError(f"There is no job '{job_id}'.") from None
    return json.dumps(document, ensure_ascii=False)
