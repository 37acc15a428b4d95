"""`/healthz`: whether the platform answers, and for which data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.api.platform import platform_of


async def read(request: Request) -> Response:
    """`GET /healthz`: by a random id, since where the data is kept may tell a password"""
    return JSONResponse({"status": "ok", "data": platform_of(request).data_id})


ROUTES = [Route("/healthz", read)]
