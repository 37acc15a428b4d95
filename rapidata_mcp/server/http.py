"""MCP over Streamable HTTP."""

from __future__ import annotations

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.errors import SettingsError
from rapidata_mcp.local.access.sharing import Sharing
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import PLATFORM_PORT, Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
REFUSAL = "This server is its owner's: send the owner's token, which `rapidata-mcp doctor` tells, as a bearer token."


def http_app(settings: Settings, host: str, sharing: Sharing | None) -> Starlette:
    """The application: `/mcp` for both eras of the protocol, and `/healthz`.

    Only requests for this host's names are answered, so that a page in a browser cannot reach the server by a name of
    its own; pages of other sites are refused by their origin. Where others can reach it, only the owner's are.

    Raises:
        SettingsError: when others could reach it without a token, and spend the owner's money.
    """
    on_loopback = host in ("127.0.0.1", "localhost", "::1")
    if sharing is None and not on_loopback:
        raise SettingsError(
            f"On {host} everybody on the network could use this server, and spend with it.",
            "Set RAPIDATA_MCP_PUBLIC_URL to the address under which this computer is reached, such as "
            f"http://192.168.1.5:{PLATFORM_PORT}: every request then needs the owner's token.",
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
    """Answers whoever sends the owner's token; everybody may ask for `/healthz`, which tells nothing."""

    def __init__(self, app: ASGIApp, sharing: Sharing) -> None:
        self._app = app
        self._sharing = sharing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the owner sends, and refuse the rest."""
        open_to_all = scope["type"] != "http" or scope["path"] == "/healthz"
        if open_to_all or self._sharing.is_owner_program(Request(scope)):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse({"error": REFUSAL}, 401, {"WWW-Authenticate": "Bearer"})
        await refusal(scope, receive, send)


async def health(_request: Request) -> JSONResponse:
    """`GET /healthz`"""
    return JSONResponse({"status": "ok"})
