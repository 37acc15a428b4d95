"""The fork: open the cloud or the local platform. No other module knows which one the program uses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.request import getproxies

import httpx2 as httpx

from rapidata_mcp import __version__
from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.connection_pool import ConnectionPool
from rapidata_mcp.client.credentials import HOW_TO_GET_THEM, Credentials, find_credentials
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.page_links import PageLinks, cloud_links
from rapidata_mcp.client.platform import Platform
from rapidata_mcp.client.tokens import Tokens
from rapidata_mcp.client.upload_cache import UploadCache
from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database, open_database
from rapidata_mcp.database.tables import LOCAL_ACCOUNT
from rapidata_mcp.errors import AccessDenied
from rapidata_mcp.local.access_control import with_access_control
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.listener import serve_pages
from rapidata_mcp.settings import PLATFORM_PORT, Settings
from rapidata_mcp.sharing import Sharing

MAX_CONNECTIONS = 50


@dataclass(frozen=True)
class PlatformConnection:
    """An open platform, the database of this program, and the account on the platform."""

    platform: Platform
    database: Database
    account: str


def choose(settings: Settings) -> Credentials | None:
    """Return the credentials for the cloud, or None for the local platform.

    Raises:
        AccessDenied: if the settings demand the cloud and there are no credentials.
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
) -> AsyncIterator[PlatformConnection]:
    """Open the platform of these settings. `pages` serves the pages of the local platform on loopback.

    The context must be left in the task that entered it.

    Raises:
        SettingsError: if the database cannot be opened.
        AccessDenied: if the settings demand the cloud and there are no credentials.
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
            local: LocalPlatform = app.state.platform
            links = PageLinks()
            if pages:
                served_app = with_access_control(app, local)
                app.state.pages_url = await stack.enter_async_context(
                    serve_pages(served_app, local.data_id, PLATFORM_PORT)
                )
                links = local_links(app.state.pages_url, local.sharing)
        else:
            client = await stack.enter_async_context(cloud_client(settings.api))
            tokens = Tokens(client, settings.auth, credentials, clock)
            http = Http(client, clock, tokens, settings.timeout)
            account, links = f"{settings.api} {credentials.account}", cloud_links(settings.app)
        uploads = UploadCache(database, account)
        simulated = credentials is None and settings.crowd > 0
        costs = credentials is not None or bool(settings.local_price)
        platform = Platform(http, clock, uploads, links, costs=costs, simulated=simulated)
        yield PlatformConnection(platform, database, account)


def local_links(pages_url: str, sharing: Sharing | None) -> PageLinks:
    """Return the links to the local platform: labeling at the public URL if there is one, other pages on loopback."""
    life = "opens on this computer while this server runs"
    if sharing is None:
        return PageLinks(
            pages_url, life, lambda audience_id, job_id: f"{pages_url}/label/{job_id or audience_id}", life
        )
    return PageLinks(
        pages_url,
        f"{life}, after the owner's link that `rapidata-mcp doctor` shows",
        lambda audience_id, job_id: sharing.label_link(job_id or audience_id, audience_id),
        "opens for everybody who has it while `rapidata-mcp platform` runs",
    )


def cloud_client(base_url: str) -> httpx.AsyncClient:
    """Return a client for the cloud. If the system has a proxy, httpx finds it, and its own pool is used."""
    headers = {"X-Client": f"rapidata-mcp/{__version__}"}
    pool = None if getproxies() else ConnectionPool()
    limits = httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS)
    return httpx.AsyncClient(base_url=base_url, headers=headers, limits=limits, transport=pool)
