"""`rapidata-mcp http` and `rapidata-mcp platform`: serve the MCP server or the local platform over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.clock import SystemClock
from rapidata_mcp.database import open_database
from rapidata_mcp.errors import SettingsError
from rapidata_mcp.local.access_control import with_access_control
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.server.http import http_app
from rapidata_mcp.settings import Settings
from rapidata_mcp.sharing import read_sharing

LOOPBACK = ("127.0.0.1", "localhost", "::1")
Echo = Callable[[str], None]


def serve_mcp(settings: Settings, host: str, port: int, echo: Echo) -> None:
    """Serve MCP at `/mcp`. If it has a public URL, `echo` gets the header that every request needs.

    Raises:
        SettingsError: if other computers could use the server without a token.
    """
    sharing = anyio.run(read_sharing, settings)
    app = http_app(settings, host, sharing)
    if sharing is not None:
        echo(f"Every request needs this header, which is for you only: {sharing.owner_header}")
    _serve(app, host, port)


def serve_platform(settings: Settings, host: str, port: int, echo: Echo) -> None:
    """Serve the REST API and the pages of the local platform. If it is shared, `echo` gets the owner's link.

    Raises:
        SettingsError: if other computers could use the platform without a token, or the database cannot be opened.
    """
    if host not in LOOPBACK and settings.public_url is None:
        raise SettingsError(
            f"On {host} the platform would be open to everybody on the network.",
            f"Set RAPIDATA_MCP_PUBLIC_URL to the address under which your team reaches it, such as "
            f"http://192.168.1.5:{port}. Then labeling needs a link with a key, and everything else the owner's token.",
        )
    anyio.run(_prepare_database, settings)  # a server that runs already could not report an error in a sentence
    _serve(_platform_app(settings, echo), host, port)


async def _prepare_database(settings: Settings) -> None:
    """Create or upgrade the database."""
    async with open_database(settings.database):
        pass


def _platform_app(settings: Settings, echo: Echo) -> ASGIApp:
    """Return the local platform as an application that opens its database when the server starts."""
    opened: list[ASGIApp] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with open_database(settings.database) as database:
            app = await open_local(settings, database, SystemClock(), Scenario())
            platform: LocalPlatform = app.state.platform
            opened.append(with_access_control(app, platform))
            if platform.sharing is not None:
                link = platform.sharing.owner_link
                echo(f"Shared at {settings.public_url}. Open your own link once in each browser: {link}")
            yield

    shell = Starlette(lifespan=lifespan)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (shell if scope["type"] == "lifespan" else opened[0])(scope, receive, send)

    return app


def _serve(app: ASGIApp, host: str, port: int) -> None:
    uvicorn.run(app, host=host, port=port, log_level="warning")
