"""`/healthz`: whether the platform answers, and for which data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.api.platform import platform_of


async def read(request: Request) -> Response:
    """`GET /healthz`: with a random id, since the address of the data may contain a password"""
    return JSONResponse({"status": "ok", "data": platform_of(request).data_id})


ROUTES = [Route("/healthz", read)]
