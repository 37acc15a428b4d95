"""The owner of everything on the local platform, and the ids and times that the contract asks for."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

OWNER_ID = "00000000-0000-4000-8000-000000000001"
OWNER_MAIL = "you@localhost"
ORGANIZATION_ID = "org_local"

OWNER: dict[str, Any] = {"owner_id": OWNER_ID, "owner_mail": OWNER_MAIL, "organization_id": ORGANIZATION_ID}


def new_id(prefix: str) -> str:
    """Return a new opaque id with a prefix that names the kind of thing (contract B.1)."""
    return f"{prefix}_{secrets.token_hex(6)}"


def moment(seconds: float) -> datetime:
    """Return a time with its offset, as in the contract, from seconds since the epoch."""
    return datetime.fromtimestamp(seconds, UTC)
