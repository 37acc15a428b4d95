"""Login with a browser. It creates client credentials and stores them for the SDK too (contract A.4)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import anyio.to_thread
import httpx2 as httpx

from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.credentials import StoredClient, store_credentials
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.http_responses import parse_body
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, NotFound
from rapidata_mcp.settings import Settings
from rapidata_mcp.wire import WireModel

LOGIN_TIMEOUT_S = 300
POLL_S = 1.0


class _Keys(WireModel):
    read_key: str
    write_key: str


class _BridgeToken(WireModel):
    access_token: str


class _NewClient(WireModel):
    display_name: str


class _Client(WireModel):
    client_id: str
    client_secret: str


async def login(settings: Settings, clock: Clock, show: Callable[[str], None]) -> None:
    """Let the user log in, and store the credentials. `show` gets the address for the browser.

    Raises:
        AccessDenied: if nobody logs in within five minutes, or the credentials file cannot be parsed.
        PlatformFailure: if the login server gives no usable answer.
    """
    name = f"{socket.gethostname()} - rapidata-mcp"
    async with httpx.AsyncClient(base_url=settings.auth) as client:
        http = Http(client, clock, FixedAuthorization())
        keys = await http.send("POST", "/identity/bridge-token", _Keys, query={"clientId": "rapidata-cli"})
        scope, write_key = quote("openid profile email api"), quote(keys.write_key, safe="")
        show(f"{settings.auth}/connect/authorize/external?clientId=rapidata-cli&scope={scope}&writeKey={write_key}")
        token = await _wait_for_token(http, keys.read_key, clock)
        user_http = Http(client, clock, FixedAuthorization({"Authorization": f"Bearer {token.access_token}"}))
        new_client = await user_http.send("POST", "/Client", _Client, body=_NewClient(display_name=name))
    now = datetime.fromtimestamp(clock.now(), UTC).isoformat()
    stored = StoredClient(
        display_name=name,
        client_id=new_client.client_id,
        client_secret=new_client.client_secret,
        endpoint=settings.auth,
        created_at=now,
        last_used=now,
    )
    await anyio.to_thread.run_sync(store_credentials, settings.credentials_file, stored)


async def _wait_for_token(http: Http, read_key: str, clock: Clock) -> _BridgeToken:
    until = clock.now() + LOGIN_TIMEOUT_S
    try:
        while clock.now() < until:
            # The body is empty (status 202) until the user has logged in.
            if data := await http.send_raw("GET", "/identity/bridge-token", query={"readKey": read_key}):
                return parse_body(data, _BridgeToken, "GET /identity/bridge-token")
            await clock.sleep(POLL_S)
    except NotFound:
        pass  # the login server gave up first
    raise AccessDenied("Nobody logged in within five minutes.", "Run `rapidata-mcp login` again.")
