"""Access for other people: the owner's token, and a key per audience for labelers.

Without a public URL the program listens on loopback only, and there are no tokens. With a public URL, a labeler needs
the key of the audience, which its label link contains; everything else needs the owner's token. All tokens are derived
from a secret in the database. So they survive a restart, and every process on the database accepts the same ones.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote, urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from rapidata_mcp.database import open_database
from rapidata_mcp.database.keys import read_key
from rapidata_mcp.settings import Settings

OWNER_COOKIE = "owner"
MONTH_S = 30 * 24 * 3600


@dataclass(frozen=True)
class Sharing:
    """The public URL of this computer, and the tokens that let people in."""

    public_url: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The host name of the public URL."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def owner_token(self) -> str:
        """The token that gives the owner access to everything."""
        return self._token("owner")

    @property
    def owner_header(self) -> str:
        """The header that the owner's programs send with each request."""
        return f"Authorization: Bearer {self.owner_token}"

    @property
    def owner_link(self) -> str:
        """The link that signs the owner in. It is opened once in each browser."""
        return f"{self.public_url}/?owner={self.owner_token}"

    def key(self, audience_id: str) -> str:
        """The key that lets people label for an audience."""
        return self._token(f"label {audience_id}")

    def label_link(self, link: str, audience_id: str) -> str:
        """The labeling page of an audience, or of a job on it; `link` is the id of either."""
        return f"{self.public_url}/label/{quote(link, safe='')}?key={self.key(audience_id)}"

    def is_owner(self, request: Request) -> bool:
        """Whether a request has the owner's token, as a bearer token or in the owner's cookie."""
        return self.is_owner_program(request) or self.is_owner_token(request.cookies.get(OWNER_COOKIE, ""))

    def is_owner_program(self, request: Request) -> bool:
        """Whether a request has the owner's token as a bearer token, which no browser adds by itself."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.is_owner_token(token.strip())

    def is_owner_token(self, token: str) -> bool:
        """Check a token against the owner's, in constant time."""
        return hmac.compare_digest(token.encode(), self.owner_token.encode())

    def may_label(self, request: Request, audience_id: str) -> bool:
        """Whether a request is the owner's, or has the key of an audience in its URL or in a cookie."""
        key = self.key(audience_id).encode()
        keys = (request.query_params.get("key", ""), request.cookies.get(_audience_cookie(audience_id), ""))
        return any(hmac.compare_digest(candidate.encode(), key) for candidate in keys) or self.is_owner(request)

    def keep_key(self, response: Response, request: Request, audience_id: str) -> None:
        """Store the key of an audience in a cookie."""
        self._keep(response, request, _audience_cookie(audience_id), self.key(audience_id), "/label")

    def keep_owner(self, response: Response, request: Request) -> None:
        """Store the owner's token in a cookie."""
        self._keep(response, request, OWNER_COOKIE, self.owner_token, "/")

    def is_secure(self, request: Request) -> bool:
        """Whether the browser uses TLS, which a proxy may terminate."""
        by_public_url = request.url.hostname == self.host and self.public_url.startswith("https://")
        return by_public_url or request.url.scheme == "https"

    def _keep(self, response: Response, request: Request, name: str, value: str, path: str) -> None:
        secure = self.is_secure(request)
        response.set_cookie(name, value, max_age=MONTH_S, path=path, secure=secure, httponly=True, samesite="lax")

    def _token(self, purpose: str) -> str:
        return hmac.new(self.secret.encode(), purpose.encode(), sha256).hexdigest()[:40]


async def read_sharing(settings: Settings) -> Sharing | None:
    """Read the public URL and the tokens; None if there is no public URL.

    Raises:
        SettingsError: if the database cannot be opened.
    """
    if settings.public_url is None:
        return None
    async with open_database(settings.database) as database, database.write() as connection:
        return await open_sharing(connection, settings.public_url)


async def open_sharing(connection: AsyncConnection, public_url: str) -> Sharing:
    """Read the secret of the database, and create it at the first call. The connection must be one for writing."""
    return Sharing(public_url, await read_key(connection, "sharing"))


def _audience_cookie(audience_id: str) -> str:
    return f"key_{audience_id}"
