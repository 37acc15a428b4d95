"""Browser login, on purpose: it obtains client credentials once and stores them where the SDK finds them (A.4)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import anyio.to_thread
import httpx2 as httpx
from pydantic import ValidationError

from rapidata_mcp.client.credentials import StoredClient, store_credentials
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, BadAnswer, Unreachable
from rapidata_mcp.settings import Settings
from rapidata_mcp.wire import Wire

PATIENCE_S = 300
POLL_S = 1.0


class _Keys(Wire):
    read_key: str
    write_key: str


class _Grant(Wire):
    access_token: str


class _Client(Wire):
    client_id: str
    client_secret: str


async def login(settings: Settings, clock: Clock, show: Callable[[str], None]) -> None:
    """Let a person log in; `show` is given the address to open. Credentials are stored at the end.

    Raises:
        AccessDenied: when nobody logs in within five minutes.
        PlatformFailure: when the login server does not answer as it should.
    """
    async with httpx.AsyncClient(base_url=settings.auth, timeout=20) as client:
        try:
            keys = _Keys.model_validate(
                (await client.post("/identity/bridge-token", params={"clientId": "rapidata-cli"})).json()
            )
            scope, write_key = quote("openid profile email api"), quote(keys.write_key, safe="")
            show(f"{settings.auth}/connect/authorize/external?clientId=rapidata-cli&scope={scope}&writeKey={write_key}")
            grant = await _wait(client, keys.read_key, clock)
            made = await client.post(
                "/Client",
                json={"displayName": f"{socket.gethostname()} - rapidata-mcp"},
                headers={"Authorization": f"Bearer {grant.access_token}"},
            )
            granted = _Client.model_validate(made.json())
        except httpx.HTTPError:
            raise Unreachable(
                "Rapidata's login server cannot be reached.", "Check the network and try again."
            ) from None
        except (ValueError, ValidationError):
            raise BadAnswer("Rapidata's login server did not answer as expected.", "Try again later.") from None
    now = datetime.fromtimestamp(clock.now(), UTC).isoformat()
    stored = StoredClient(
        display_name=f"{socket.gethostname()} - rapidata-mcp",
        client_id=granted.client_id,
        client_secret=granted.client_secret,
        endpoint=settings.auth,
        created_at=now,
        last_used=now,
    )
    await anyio.to_thread.run_sync(store_credentials, settings.credentials_file, stored)


async def _wait(client: httpx.AsyncClient, read_key: str, clock: Clock) -> _Grant:
    until = clock.now() + PATIENCE_S
    while clock.now() < until:
        answer = await client.get("/identity/bridge-token", params={"readKey": read_key})
        if answer.status_code == httpx.codes.OK:
            return _Grant.model_validate(answer.json())
        if answer.status_code != httpx.codes.ACCEPTED:
            break
        await clock.sleep(POLL_S)
    raise AccessDenied("Nobody logged in within five minutes.", "Run `rapidata-mcp login` again.")
