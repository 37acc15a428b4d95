"""`/healthz`: whether the platform answers, and for which data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.platform import platform_of


async def read(request: Request) -> Response:
    """`GET /healthz`: which data is served here, without saying where it is kept"""
    return JSONResponse({"status": "ok", "data": platform_of(request).fingerprint})


ROUTES = [Route("/healthz", read)]
