"""Access tokens for the cloud: one for all calls, renewed once before it expires (contract A.2, A.3)."""

from __future__ import annotations

import base64
from typing import Protocol

import anyio
import anyio.to_thread
import httpx2 as httpx
from pydantic import ValidationError

from rapidata_mcp.client.credentials import HOW_TO_GET_THEM, ClientCredentials, Credentials, TokenFile
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, BadAnswer, Unreachable
from rapidata_mcp.wire import Wire

LEEWAY_S = 60
"""A token that expires sooner is renewed before the next call, as the SDK does."""
DEADLINE_S = 20
MAX_ANSWER = 64 * 1024
FORM = b"grant_type=client_credentials&scope=openid+email+api"


class Authorization(Protocol):
    """What entitles a request."""

    async def headers(self) -> dict[str, str]:
        """The headers to send along."""

    async def renew(self, refused: dict[str, str]) -> bool:
        """Whether there are other headers now than those that were refused."""


class NoAuthorization:
    """The embedded platform asks for none."""

    async def headers(self) -> dict[str, str]:
        """No headers."""
        return {}

    async def renew(self, refused: dict[str, str]) -> bool:
        """There is nothing to renew."""
        return False


class Token(Wire):
    """An access token; `expires_at` is in seconds since the epoch."""

    model_config = Wire.model_config | {"alias_generator": None}

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the kind of token, not one
    expires_at: float


class Tokens:
    """Hands out the current token. However many calls find it stale, it is renewed once."""

    def __init__(self, client: httpx.AsyncClient, auth_url: str, credentials: Credentials, clock: Clock) -> None:
        self._client = client
        self._auth_url = auth_url
        self._credentials = credentials
        self._clock = clock
        self._renewing = anyio.Lock()
        self._token: Token | None = None

    async def headers(self) -> dict[str, str]:
        """The header with a token that is valid for some time.

        Raises:
            AccessDenied: when the credentials are refused, or the token file holds no valid token.
        """
        async with self._renewing:
            if self._token is None or self._token.expires_at - self._clock.now() < LEEWAY_S:
                self._token = await self._fetch()
            return _header(self._token)

    async def renew(self, refused: dict[str, str]) -> bool:
        """Get a new token, unless another call already did since this one was refused."""
        async with self._renewing:
            if self._token is not None and _header(self._token) == refused:
                self._token = await self._fetch()
            return self._token is not None and _header(self._token) != refused

    async def _fetch(self) -> Token:
        if isinstance(self._credentials, TokenFile):
            return await self._read(self._credentials)
        return await self._request(self._credentials)

    async def _read(self, source: TokenFile) -> Token:
        try:
            token = Token.model_validate_json(await anyio.Path(source.path).read_bytes())
        except (OSError, ValidationError):
            raise AccessDenied(
                f"The token file {source.path} holds no access token.", "Check RAPIDATA_TOKEN_FILE."
            ) from None
        if token.expires_at <= self._clock.now():
            raise AccessDenied(f"The token in {source.path} has expired.", "Whoever fills this file has to renew it.")
        return token

    async def _request(self, credentials: ClientCredentials) -> Token:
        pair = f"{credentials.client_id}:{credentials.client_secret.get_secret_value()}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
            "Accept": "application/json",
        }
        try:
            with anyio.fail_after(DEADLINE_S):
                answer = await self._client.post(f"{self._auth_url}/connect/token", content=FORM, headers=headers)
        except (httpx.HTTPError, TimeoutError):
            raise Unreachable(
                "Rapidata's login server cannot be reached.", "Check the network and try again.", applied=False
            ) from None
        if answer.status_code in (400, 401, 403):
            raise AccessDenied(f"Rapidata refuses the credentials from {credentials.found_in}.", HOW_TO_GET_THEM)
        try:
            granted = answer.json() if answer.is_success and len(answer.content) <= MAX_ANSWER else {}
            lifetime = float(granted["expires_in"])
            return Token(access_token=granted["access_token"], expires_at=self._clock.now() + lifetime)
        except (ValueError, KeyError, TypeError, ValidationError):
            raise BadAnswer(
                f"Rapidata's login server gave no token (status {answer.status_code}).",
                "Try again later.",
                transient=True,
            ) from None


def _header(token: Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.access_token}"}
