"""People who label: anonymous, and known again by a random key that only their browser has.

Nothing else is kept of them but the language that their browser asks for. The key itself is not stored, and an id
that appears in results does not reveal it.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "labeler"
COOKIE_SECONDS = 365 * 24 * 3600
UNKNOWN = "Unknown"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2})(?:[-_;,\s]|\Z)")


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def id_of(key: str) -> str:
    """The id of the labeler who has this key."""
    return f"lab_{sha256(key.encode()).hexdigest()[:24]}"


def key_of(request: Request) -> str | None:
    """The key in a request's cookie, where it has the form of one."""
    key = request.cookies.get(COOKIE, "")
    return key if _KEY.match(key) else None


def give_key(response: Response, key: str, *, secure: bool) -> None:
    """Let a browser keep a key for a year: for our pages only, out of reach of scripts, not sent from other sites."""
    response.set_cookie(
        COOKIE, key, max_age=COOKIE_SECONDS, path="/label", secure=secure, httponly=True, samesite="lax"
    )


def language_of(request: Request) -> str:
    """The language that a browser asks for first, in two letters."""
    found = _LANGUAGE.match(request.headers.get("accept-language", ""))
    return found[1].lower() if found else UNKNOWN


async def register(connection: AsyncConnection, labeler_id: str, language: str) -> None:
    """Write a labeler down, unless they are known."""
    await connection.execute(
        text(
            "INSERT INTO labelers (id, simulated, country, language, age, gender, occupation) "
            "VALUES (:id, FALSE, :unknown, :language, :unknown, :unknown, :unknown) ON CONFLICT DO NOTHING"
        ),
        {"id": labeler_id, "language": language, "unknown": UNKNOWN},
    )
