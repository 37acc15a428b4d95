"""The baseline over HTTP: a server of the bare MCP SDK with one tool that sends one request to the platform."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2 as httpx
import uvicorn
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from pydantic import BaseModel


class JobSummary(BaseModel):
    """The result of the tool."""

    name: str
    state: str


@asynccontextmanager
async def lifespan(_server: MCPServer[httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    """One client for all calls."""
    async with httpx.AsyncClient(base_url=os.environ["RAPIDATA_MCP_API_URL"]) as client:
        yield client


server = MCPServer("bare", log_level="WARNING", lifespan=lifespan)


@server.tool()
async def one_request(ctx: Context) -> JobSummary:
    """Send one request."""
    response = await ctx.request_context.lifespan_context.get("/job/job_1")
    return JobSummary.model_validate(response.json())


if __name__ == "__main__":
    uvicorn.run(server.streamable_http_app(), port=int(sys.argv[1]), log_level="warning")
