"""Access tokens for the cloud. All calls share one token, which is renewed before it expires (contract A.2, A.3)."""

from __future__ import annotations

import base64
from collections.abc import Callable

import anyio
import httpx2 as httpx
from pydantic import Field, ValidationError

from rapidata_mcp.calls import NextStep
from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.credentials import HOW_TO_GET_THEM, ClientCredentials, Credentials, TokenFile
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.http_responses import parse_body
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, PlatformFailure, RapidataError, Refused
from rapidata_mcp.wire import WireModel

LEEWAY_S = 60
"""Seconds before its end at which a token is renewed, as the SDK does."""
LEEWAY_SHARE = 0.5
"""The most leeway as a share of the token's lifetime."""
DEADLINE_S = 20.0
MAX_BODY = 64 * 1024
MAX_FILE = 64 * 1024
FORM = b"grant_type=client_credentials&scope=openid+email+api"


class Grant(WireModel):
    """The body of a token response, with names in snake case. `expires_in` is in seconds."""

    model_config = WireModel.model_config | {"alias_generator": None}

    access_token: str = Field(min_length=1, pattern=r"^[\x21-\x7e]+$", repr=False)
    expires_in: float = Field(gt=0, allow_inf_nan=False)


class Token(WireModel):
    """An access token, with names in snake case. `expires_at` is in seconds since the epoch."""

    model_config = WireModel.model_config | {"alias_generator": None}

    access_token: str = Field(min_length=1, pattern=r"^[\x21-\x7e]+$", repr=False)
    expires_at: float = Field(allow_inf_nan=False)
    leeway: float = LEEWAY_S

    def header(self) -> dict[str, str]:
        """Return the header that authorizes a request with this token."""
        return {"Authorization": f"Bearer {self.access_token}"}


class Tokens:
    """The current token. Concurrent calls that find it stale renew it once."""

    def __init__(self, client: httpx.AsyncClient, auth_url: str, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock
        self._url = f"{auth_url}/connect/token"
        self._login = Http(client, clock, FixedAuthorization(_basic(credentials)))
        self._renewing = anyio.Lock()
        self._token: Token | None = None
        self._fetch_count = 0
        self._failure: RapidataError | None = None

    async def headers(self) -> dict[str, str]:
        """Return the header with a token that is valid for some time.

        Raises:
            AccessDenied: if the credentials are refused, or the token file has no valid token.
            PlatformFailure: if the login server gives no usable answer.
        """
        return (await self._valid_token(self._is_stale)).header()

    async def renew(self, refused: dict[str, str]) -> bool:
        """Get a new token, unless another call has done so since this one was refused."""
        token = await self._valid_token(lambda token: token.header() == refused)
        return token.header() != refused

    def _is_stale(self, token: Token) -> bool:
        return token.expires_at - self._clock.now() < token.leeway

    async def _valid_token(self, is_stale: Callable[[Token], bool]) -> Token:
        """Return the token, or a new one if it is stale. A failed renewal fails all calls that waited for it."""
        if self._token is not None and not is_stale(self._token):
            return self._token
        count = self._fetch_count
        async with self._renewing:
            if self._token is not None and not is_stale(self._token):
                return self._token
            if self._fetch_count != count and self._failure is not None:
                raise self._failure
            self._failure = None
            try:
                self._token = await self._fetch()
            except RapidataError as failure:
                self._failure = failure
                raise
            finally:
                self._fetch_count += 1
            return self._token

    async def _fetch(self) -> Token:
        if isinstance(self._credentials, TokenFile):
            return await self._read(self._credentials)
        return await self._request(self._credentials)

    async def _read(self, source: TokenFile) -> Token:
        try:
            async with await anyio.open_file(source.path, "rb") as file:
                token = Token.model_validate_json(await file.read(MAX_FILE))
        except (OSError, ValidationError):
            raise AccessDenied(
                f"The token file {source.path} has no access token.", "Check RAPIDATA_TOKEN_FILE."
            ) from None
        if token.expires_at <= self._clock.now():
            raise AccessDenied(f"The token in {source.path} has expired.", "Renew the token in this file.")
        return token

    async def _request(self, credentials: ClientCredentials) -> Token:
        try:
            data = await self._login.send_raw(
                "POST",
                self._url,
                content=FORM,
                content_type="application/x-www-form-urlencoded;charset=UTF-8",
                deadline=DEADLINE_S,
                limit=MAX_BODY,
            )
            grant = parse_body(data, Grant, "the request for a token")
        except (Refused, AccessDenied):
            raise AccessDenied(
                f"Rapidata refuses the credentials from {credentials.found_in}.", HOW_TO_GET_THEM
            ) from None
        except PlatformFailure as failure:
            failure.applied = False  # the request that needs the token was not sent
            failure.message = f"Rapidata's login server: {failure.message}"
            failure.next_step = NextStep("Try again later")
            raise
        leeway = min(LEEWAY_S, LEEWAY_SHARE * grant.expires_in)
        expires_at = self._clock.now() + grant.expires_in
        return Token(access_token=grant.access_token, expires_at=expires_at, leeway=leeway)


def _basic(credentials: Credentials) -> dict[str, str]:
    if isinstance(credentials, TokenFile):
        return {}
    pair = f"{credentials.client_id}:{credentials.client_secret.get_secret_value()}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
