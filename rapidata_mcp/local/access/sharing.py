"""Sharing: who may do what when a team is let in over its network. Without sharing everything is on loopback, and open.

Whoever has an audience's link may label for it. Everything else is for the owner, who has a token. All tokens are
derived from one secret in the database, so that they outlive a restart, and every process on it knows the same ones.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote, urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from rapidata_mcp.local.store.keys import read_key

OWNER_COOKIE = "owner"
MONTH_S = 30 * 24 * 3600


@dataclass(frozen=True)
class Sharing:
    """An address under which others reach the platform, and the secret behind its tokens."""

    public_url: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The name by which others reach the platform."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def owner_token(self) -> str:
        """What lets the owner in."""
        return self._token("owner")

    @property
    def owner_header(self) -> str:
        """What a program of the owner sends along."""
        return f"Authorization: Bearer {self.owner_token}"

    @property
    def owner_link(self) -> str:
        """What the owner opens once in each browser."""
        return f"{self.public_url}/?owner={self.owner_token}"

    def key(self, audience_id: str) -> str:
        """What lets people label for an audience."""
        return self._token(f"label {audience_id}")

    def label_link(self, link: str, audience_id: str) -> str:
        """Where people label for an audience, or one of its jobs."""
        return f"{self.public_url}/label/{quote(link, safe='')}?key={self.key(audience_id)}"

    def is_owner(self, request: Request) -> bool:
        """Whether a request comes with the owner's token: as a bearer token, or in the owner's cookie."""
        return self.is_owner_program(request) or self.is_owner_token(request.cookies.get(OWNER_COOKIE, ""))

    def is_owner_program(self, request: Request) -> bool:
        """Whether a request comes with the owner's token as a bearer token, which no browser adds by itself."""
        kind, _, told = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self.is_owner_token(told.strip())

    def is_owner_token(self, told: str) -> bool:
        """Whether this is the owner's token."""
        return hmac.compare_digest(told.encode(), self.owner_token.encode())

    def may_label(self, request: Request, audience_id: str) -> bool:
        """Whether a request comes with the key of an audience, in its link or in a cookie, or from the owner."""
        key = self.key(audience_id).encode()
        told = (request.query_params.get("key", ""), request.cookies.get(_cookie_of(audience_id), ""))
        return any(hmac.compare_digest(one.encode(), key) for one in told) or self.is_owner(request)

    def keep_key(self, response: Response, request: Request, audience_id: str) -> None:
        """Let a browser keep the key of an audience."""
        self._keep(response, request, _cookie_of(audience_id), self.key(audience_id), "/label")

    def keep_owner(self, response: Response, request: Request) -> None:
        """Let a browser keep the owner's token."""
        self._keep(response, request, OWNER_COOKIE, self.owner_token, "/")

    def is_secure(self, request: Request) -> bool:
        """Whether a browser reached us by TLS, though perhaps a proxy ended it."""
        by_public_url = request.url.hostname == self.host and self.public_url.startswith("https://")
        return by_public_url or request.url.scheme == "https"

    def _keep(self, response: Response, request: Request, name: str, value: str, path: str) -> None:
        secure = self.is_secure(request)
        response.set_cookie(name, value, max_age=MONTH_S, path=path, secure=secure, httponly=True, samesite="lax")

    def _token(self, what: str) -> str:
        return hmac.new(self.secret.encode(), what.encode(), sha256).hexdigest()[:40]


async def open_sharing(connection: AsyncConnection, public_url: str) -> Sharing:
    """Sharing under an address, with the database's secret."""
    return Sharing(public_url, await read_key(connection, "sharing"))


def _cookie_of(audience_id: str) -> str:
    return f"key_{audience_id}"
