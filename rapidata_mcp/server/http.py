"""MCP over Streamable HTTP."""

from __future__ import annotations

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def http_app(settings: Settings, host: str) -> Starlette:
    """The application: `/mcp` for both eras of the protocol, and `/healthz`.

    Only requests for this host's names are answered, so that a page in a browser cannot reach the server by a name of
    its own; pages of other sites are refused by their origin.
    """
    server = build_server(settings)
    names = LOOPBACK if host in ("127.0.0.1", "localhost", "::1") else (*LOOPBACK, host)
    security = TransportSecuritySettings(
        allowed_hosts=[allowed for name in names for allowed in (name, f"{name}:*")],
        allowed_origins=[f"http://{name}:*" for name in names],
    )
    app = server.streamable_http_app(transport_security=security)
    app.router.routes.append(Route("/healthz", health))
    return app


async def health(_request: Request) -> JSONResponse:
    """`GET /healthz`"""
    return JSONResponse({"status": "ok"})
