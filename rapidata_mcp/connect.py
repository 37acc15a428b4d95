"""The fork: which transport the client is given. Nothing else in the program knows which platform it talks to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.client.http import Http
from rapidata_mcp.client.platform import Platform
from rapidata_mcp.clock import Clock, SystemClock
from rapidata_mcp.database import Database, open_database
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.listener import serve_pages
from rapidata_mcp.local.scenario import Scenario
from rapidata_mcp.settings import PLATFORM_PORT, Settings


@dataclass(frozen=True)
class Connection:
    """An open platform, and the database in which this program remembers what it did there."""

    platform: Platform
    database: Database


@asynccontextmanager
async def connect(
    settings: Settings, clock: Clock, scenario: Scenario | None = None, *, pages: bool = True
) -> AsyncIterator[Connection]:
    """The platform that these settings mean, ready to be asked; `pages` serves the local one's pages on loopback.

    It must be left in the task that entered it.

    Raises:
        SettingsError: when the database cannot be opened.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.database))
        app = await open_local(settings, database, clock, scenario or Scenario())
        app_url = None
        if pages:
            app_url = await stack.enter_async_context(serve_pages(app, settings.database, PLATFORM_PORT))
        client = await stack.enter_async_context(
            httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1")
        )
        yield Connection(Platform(Http(client, clock), clock, app_url), database)


def local_app(settings: Settings) -> ASGIApp:
    """The embedded platform as an application of its own, which opens its database when the server starts."""
    opened: list[ASGIApp] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with open_database(settings.database) as database:
            opened.append(await open_local(settings, database, SystemClock(), Scenario()))
            yield

    shell = Starlette(lifespan=lifespan)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (shell if scope["type"] == "lifespan" else opened[0])(scope, receive, send)

    return app
