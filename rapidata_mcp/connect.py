"""The fork: which transport the client is given. Nothing else in the program knows which platform it talks to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.request import getproxies

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp import __version__
from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.connection_pool import ConnectionPool
from rapidata_mcp.client.credentials import HOW_TO_GET_THEM, Credentials, find_credentials
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.page_links import PageLinks, cloud_links
from rapidata_mcp.client.platform import Platform
from rapidata_mcp.client.tokens import Tokens
from rapidata_mcp.client.upload_cache import UploadCache
from rapidata_mcp.clock import Clock, SystemClock
from rapidata_mcp.database import Database, open_database
from rapidata_mcp.database.tables import LOCAL_ACCOUNT
from rapidata_mcp.errors import AccessDenied
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.door import front_door
from rapidata_mcp.local.listener import serve_pages
from rapidata_mcp.settings import PLATFORM_PORT, Settings
from rapidata_mcp.sharing import Sharing, open_sharing

CONNECTIONS = 50


@dataclass(frozen=True)
class Connection:
    """An open platform, the database in which this program remembers what it did, and the account it did it in."""

    platform: Platform
    database: Database
    account: str


def choose(settings: Settings) -> Credentials | None:
    """The cloud's credentials, or None for the local platform.

    Raises:
        AccessDenied: when the cloud is asked for without credentials.
    """
    if settings.platform == "local":
        return None
    credentials = find_credentials(settings)
    if credentials is None and settings.platform == "cloud":
        raise AccessDenied("There are no credentials for Rapidata's cloud.", HOW_TO_GET_THEM)
    return credentials


@asynccontextmanager
async def connect(
    settings: Settings, clock: Clock, scenario: Scenario | None = None, *, pages: bool = True
) -> AsyncIterator[Connection]:
    """The platform that these settings mean, ready to be asked; `pages` serves the local one's pages on loopback.

    It must be left in the task that entered it.

    Raises:
        SettingsError: when the database cannot be opened.
        AccessDenied: when the cloud is asked for without credentials.
    """
    credentials = choose(settings)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.database))
        if credentials is None:
            app = await open_local(settings, database, clock, scenario or Scenario())
            transport = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1")
            client = await stack.enter_async_context(transport)
            http = Http(client, clock, FixedAuthorization(), settings.timeout)
            account = LOCAL_ACCOUNT
            served: LocalPlatform = app.state.platform
            links = PageLinks()
            if pages:
                door = front_door(app, served)
                app.state.pages_url = await stack.enter_async_context(serve_pages(door, served.data_id, PLATFORM_PORT))
                links = local_links(app.state.pages_url, served.sharing)
        else:
            client = await stack.enter_async_context(cloud_client(settings.api))
            tokens = Tokens(client, settings.auth, credentials, clock)
            http = Http(client, clock, tokens, settings.timeout)
            account, links = f"{settings.api} {credentials.account}", cloud_links(settings.app)
        uploads = UploadCache(database, account)
        simulated = credentials is None and settings.crowd > 0
        costs = credentials is not None or bool(settings.local_price)
        platform = Platform(http, clock, uploads, links, costs=costs, simulated=simulated)
        yield Connection(platform, database, account)


async def prepare_database(settings: Settings) -> None:
    """Create or upgrade the database before a server starts, which could not report an error in a sentence.

    Raises:
        SettingsError: the database cannot be opened.
    """
    async with open_database(settings.database):
        pass


async def read_sharing(settings: Settings) -> Sharing | None:
    """The address under which others reach this computer, and the owner's token; None where nobody else may.

    Raises:
        SettingsError: when the database, which holds the secret, cannot be opened.
    """
    if settings.public_url is None:
        return None
    async with open_database(settings.database) as database, database.write() as connection:
        return await open_sharing(connection, settings.public_url)


def local_links(pages_url: str, sharing: Sharing | None) -> PageLinks:
    """The local platform's pages: labeling under the address for others where it is shared, the rest on loopback."""
    life = "opens on this computer while this server runs"
    if sharing is None:
        return PageLinks(
            pages_url, life, lambda audience_id, job_id: f"{pages_url}/label/{job_id or audience_id}", life
        )
    return PageLinks(
        pages_url,
        f"{life}, once `rapidata-mcp doctor` has told the owner's link",
        lambda audience_id, job_id: sharing.label_link(job_id or audience_id, audience_id),
        "opens for everybody who has it while `rapidata-mcp platform` runs",
    )


def cloud_client(base_url: str) -> httpx.AsyncClient:
    """Connections to the cloud; through a proxy where the system has one, which httpx finds by itself."""
    headers = {"X-Client": f"rapidata-mcp/{__version__}"}
    pool = None if getproxies() else ConnectionPool()
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    return httpx.AsyncClient(base_url=base_url, headers=headers, limits=limits, transport=pool)


def local_app(settings: Settings, tell: Callable[[str], None]) -> ASGIApp:
    """The embedded platform as an application of its own, which opens its database when the server starts.

    `tell` is told the owner's link where the platform is shared.
    """
    opened: list[ASGIApp] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with open_database(settings.database) as database:
            platform_app = await open_local(settings, database, SystemClock(), Scenario())
            served: LocalPlatform = platform_app.state.platform
            opened.append(front_door(platform_app, served))
            if served.sharing is not None:
                tell(f"Shared at {settings.public_url}. Your own link, once a browser: {served.sharing.owner_link}")
            yield

    shell = Starlette(lifespan=lifespan)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (shell if scope["type"] == "lifespan" else opened[0])(scope, receive, send)

    return app
