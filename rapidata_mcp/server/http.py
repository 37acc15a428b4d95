"""MCP over Streamable HTTP."""

from __future__ import annotations

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.errors import SettingsError
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import PLATFORM_PORT, Settings
from rapidata_mcp.sharing import Sharing

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
REFUSAL = (
    "Only the owner can use this server. Send the owner's token (`rapidata-mcp doctor` shows it) as a bearer token."
)


def http_app(settings: Settings, host: str, sharing: Sharing | None) -> Starlette:
    """Return the application: `/mcp` for both eras of the protocol, and `/healthz`.

    It answers only requests for this host's names, so a page in a browser cannot reach the server by a name of its
    own. It refuses pages of other sites by their origin. If others can reach the server, it answers only the owner.

    Raises:
        SettingsError: if others could reach the server without a token, and spend the owner's money.
    """
    on_loopback = host in ("127.0.0.1", "localhost", "::1")
    if sharing is None and not on_loopback:
        raise SettingsError(
            f"On {host}, everybody on the network could use this server and spend with it.",
            "Set RAPIDATA_MCP_PUBLIC_URL to the address of this computer, such as "
            f"http://192.168.1.5:{PLATFORM_PORT}. Every request then needs the owner's token.",
        )
    names = [*LOOPBACK, *([] if on_loopback else [host]), *([sharing.host] if sharing else [])]
    security = TransportSecuritySettings(
        allowed_hosts=[allowed for name in names for allowed in (name, f"{name}:*")],
        allowed_origins=[f"http://{name}:*" for name in names] + ([sharing.public_url] if sharing else []),
    )
    app = build_server(settings).streamable_http_app(transport_security=security)
    app.router.routes.append(Route("/healthz", health))
    if sharing is not None:
        app.add_middleware(OwnersOnly, sharing=sharing)
    return app


class OwnersOnly:
    """Refuses requests without the owner's token. `/healthz` reveals nothing and is open to all."""

    def __init__(self, app: ASGIApp, sharing: Sharing) -> None:
        self._app = app
        self._sharing = sharing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the owner's requests, and refuse all others."""
        open_to_all = scope["type"] != "http" or scope["path"] == "/healthz"
        if open_to_all or self._sharing.is_owner_program(Request(scope)):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse({"error": REFUSAL}, 401, {"WWW-Authenticate": "Bearer"})
        await refusal(scope, receive, send)


async def health(_request: Request) -> JSONResponse:
    """`GET /healthz`"""
    return JSONResponse({"status": "ok"})
