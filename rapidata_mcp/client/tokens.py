"""Access tokens for the cloud: one for all calls, renewed once before it expires (contract A.2, A.3)."""

from __future__ import annotations

import base64
from collections.abc import Callable

import anyio
import httpx2 as httpx
from pydantic import Field, ValidationError

from rapidata_mcp.calls import NextStep
from rapidata_mcp.client.answers import parsed
from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.credentials import HOW_TO_GET_THEM, ClientCredentials, Credentials, TokenFile
from rapidata_mcp.client.http import Http
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import AccessDenied, PlatformFailure, RapidataError, Refused
from rapidata_mcp.wire import WireModel

LEEWAY_S = 60
"""A token that expires sooner is renewed before the next call, as the SDK does."""
LEEWAY_SHARE = 0.5
"""Of a token that lives shorter than that, this share of its life."""
DEADLINE_S = 20.0
MAX_ANSWER = 64 * 1024
MAX_FILE = 64 * 1024
FORM = b"grant_type=client_credentials&scope=openid+email+api"


class Grant(WireModel):
    """The login server's answer; `expires_in` is in seconds. Its names are in snake case."""

    model_config = WireModel.model_config | {"alias_generator": None}

    access_token: str = Field(min_length=1, pattern=r"^[\x21-\x7e]+$", repr=False)
    expires_in: float = Field(gt=0, allow_inf_nan=False)


class Token(WireModel):
    """An access token; `expires_at` is in seconds since the epoch. Its names are in snake case."""

    model_config = WireModel.model_config | {"alias_generator": None}

    access_token: str = Field(min_length=1, pattern=r"^[\x21-\x7e]+$", repr=False)
    expires_at: float = Field(allow_inf_nan=False)
    leeway: float = LEEWAY_S

    def header(self) -> dict[str, str]:
        """What a request carries."""
        return {"Authorization": f"Bearer {self.access_token}"}


class Tokens:
    """Hands out the current token. However many calls find it stale, it is renewed once."""

    def __init__(self, client: httpx.AsyncClient, auth_url: str, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock
        self._url = f"{auth_url}/connect/token"
        self._login = Http(client, clock, FixedAuthorization(_basic(credentials)))
        self._renewing = anyio.Lock()
        self._token: Token | None = None
        self._fetched = 0
        self._failure: RapidataError | None = None

    async def headers(self) -> dict[str, str]:
        """The header with a token that is valid for some time.

        Raises:
            AccessDenied: when the credentials are refused, or the token file holds no valid token.
            PlatformFailure: when the login server gives no usable answer.
        """
        return (await self._fresh(self._is_stale)).header()

    async def renew(self, refused: dict[str, str]) -> bool:
        """Get a new token, unless another call already did since this one was refused."""
        token = await self._fresh(lambda token: token.header() == refused)
        return token.header() != refused

    def _is_stale(self, token: Token) -> bool:
        return token.expires_at - self._clock.now() < token.leeway

    async def _fresh(self, stale: Callable[[Token], bool]) -> Token:
        """The token, or a new one. Whoever waited while getting one failed is told of that failure."""
        if self._token is not None and not stale(self._token):
            return self._token
        seen = self._fetched
        async with self._renewing:
            if self._token is not None and not stale(self._token):
                return self._token
            if self._fetched != seen and self._failure is not None:
                raise self._failure
            self._failure = None
            try:
                self._token = await self._fetch()
            except RapidataError as failure:
                self._failure = failure
                raise
            finally:
                self._fetched += 1
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
                f"The token file {source.path} holds no access token.", "Check RAPIDATA_TOKEN_FILE."
            ) from None
        if token.expires_at <= self._clock.now():
            raise AccessDenied(f"The token in {source.path} has expired.", "Whoever fills this file has to renew it.")
        return token

    async def _request(self, credentials: ClientCredentials) -> Token:
        try:
            data = await self._login.send_raw(
                "POST",
                self._url,
                content=FORM,
                content_type="application/x-www-form-urlencoded;charset=UTF-8",
                deadline=DEADLINE_S,
                limit=MAX_ANSWER,
            )
            grant = parsed(data, Grant, "the request for a token")
        except (Refused, AccessDenied):
            raise AccessDenied(
                f"Rapidata refuses the credentials from {credentials.found_in}.", HOW_TO_GET_THEM
            ) from None
        except PlatformFailure as failure:
            failure.applied = False  # of the request that the token was for
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
