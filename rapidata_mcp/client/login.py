"""Browser login, on purpose: it obtains client credentials once and stores them where the SDK finds them (A.4)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import anyio.to_thread
import httpx2 as httpx

from rapidata_mcp.client.answers import parsed
from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.credentials import StoredClient, store_credentials
from rapidata_mcp.client.http import Http
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, NotFound
from rapidata_mcp.settings import Settings
from rapidata_mcp.wire import WireModel

PATIENCE_S = 300
POLL_S = 1.0


class _Keys(WireModel):
    read_key: str
    write_key: str


class _Grant(WireModel):
    access_token: str


class _NewClient(WireModel):
    display_name: str


class _Client(WireModel):
    client_id: str
    client_secret: str


async def login(settings: Settings, clock: Clock, show: Callable[[str], None]) -> None:
    """Let a person log in; `show` is given the address to open. Credentials are stored at the end.

    Raises:
        AccessDenied: when nobody logs in within five minutes, or the credentials file cannot be read.
        PlatformFailure: when the login server does not answer as it should.
    """
    name = f"{socket.gethostname()} - rapidata-mcp"
    async with httpx.AsyncClient(base_url=settings.auth) as client:
        http = Http(client, clock, FixedAuthorization())
        keys = await http.send("POST", "/identity/bridge-token", _Keys, query={"clientId": "rapidata-cli"})
        scope, write_key = quote("openid profile email api"), quote(keys.write_key, safe="")
        show(f"{settings.auth}/connect/authorize/external?clientId=rapidata-cli&scope={scope}&writeKey={write_key}")
        grant = await _wait(http, keys.read_key, clock)
        entitled = Http(client, clock, FixedAuthorization({"Authorization": f"Bearer {grant.access_token}"}))
        granted = await entitled.send("POST", "/Client", _Client, body=_NewClient(display_name=name))
    now = datetime.fromtimestamp(clock.now(), UTC).isoformat()
    stored = StoredClient(
        display_name=name,
        client_id=granted.client_id,
        client_secret=granted.client_secret,
        endpoint=settings.auth,
        created_at=now,
        last_used=now,
    )
    await anyio.to_thread.run_sync(store_credentials, settings.credentials_file, stored)


async def _wait(http: Http, read_key: str, clock: Clock) -> _Grant:
    until = clock.now() + PATIENCE_S
    try:
        while clock.now() < until:
            # 202, which reads as nothing, until somebody has logged in.
            if data := await http.send_raw("GET", "/identity/bridge-token", query={"readKey": read_key}):
                return parsed(data, _Grant, "GET /identity/bridge-token")
            await clock.sleep(POLL_S)
    except NotFound:
        pass  # the login server gave up first
    raise AccessDenied("Nobody logged in within five minutes.", "Run `rapidata-mcp login` again.")
