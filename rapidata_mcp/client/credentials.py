"""Where credentials for the cloud come from, in the official SDK's order (contract A.3)."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError

from rapidata_mcp.errors import AccessDenied
from rapidata_mcp.settings import Settings
from rapidata_mcp.wire import WireModel

HOW_TO_GET_THEM = (
    "Set RAPIDATA_CLIENT_ID and RAPIDATA_CLIENT_SECRET (from https://app.rapidata.ai/settings/tokens), or run "
    "`rapidata-mcp login` once; RAPIDATA_MCP_PLATFORM=local needs none."
)
MAX_FILE = 1024 * 1024


@dataclass(frozen=True)
class ClientCredentials:
    """An id and a secret, and where they were found."""

    client_id: str
    client_secret: SecretStr
    found_in: str

    @property
    def account(self) -> str:
        """What tells this account from others."""
        return self.client_id


@dataclass(frozen=True)
class TokenFile:
    """A file that somebody else keeps filled with a valid access token."""

    path: Path
    found_in: str

    @property
    def account(self) -> str:
        """What tells this account from others, as far as a file with a token tells it."""
        return str(self.path)


Credentials = ClientCredentials | TokenFile


class StoredClient(WireModel):
    """An entry of the SDK's credentials file; its names are in snake case there."""

    model_config = WireModel.model_config | {"alias_generator": None}

    display_name: str = ""
    client_id: str
    client_secret: str = Field(repr=False)
    endpoint: str = ""
    created_at: str = ""
    last_used: str = ""


def find_credentials(settings: Settings) -> Credentials | None:
    """The credentials that these settings lead to; None when there are none.

    Raises:
        AccessDenied: when only half of a pair is set, or the credentials file cannot be read.
    """
    if settings.token_file is not None:
        return TokenFile(settings.token_file, "RAPIDATA_TOKEN_FILE")
    if settings.client_id and settings.client_secret:
        return ClientCredentials(settings.client_id, settings.client_secret, "RAPIDATA_CLIENT_ID")
    if settings.client_id or settings.client_secret:
        raise AccessDenied("Only one of RAPIDATA_CLIENT_ID and RAPIDATA_CLIENT_SECRET is set.", "Set both or neither.")
    stored = _newest(settings.credentials_file, settings.auth)
    if stored is None:
        return None
    return ClientCredentials(stored.client_id, SecretStr(stored.client_secret), str(settings.credentials_file))


def _newest(path: Path, endpoint: str) -> StoredClient | None:
    try:
        entries = [StoredClient.model_validate(entry) for entry in _read(path).get(endpoint) or []]
    except (TypeError, ValidationError):
        raise _unreadable(path) from None
    return max(entries, key=lambda entry: entry.last_used, default=None)


def store_credentials(path: Path, client: StoredClient) -> None:
    """Add what a login gave to the SDK's credentials file, readable by its owner only.

    Raises:
        AccessDenied: when there is a file that cannot be read; it is left alone.
    """
    known = _read(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known.setdefault(client.endpoint, []).append(client.model_dump())
    # A name of its own, readable by its owner only from the beginning, then put in place at once.
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".tmp")
    with os.fdopen(descriptor, "w") as file:
        json.dump(known, file, indent=2)
    Path(fresh).replace(path)


def _read(path: Path) -> dict[str, Any]:
    """What the file holds by login server; nothing where there is no file."""
    try:
        known = json.loads(path.read_bytes()) if path.stat().st_size <= MAX_FILE else None
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        known = None
    if not isinstance(known, dict):
        raise _unreadable(path)
    return known


def _unreadable(path: Path) -> AccessDenied:
    return AccessDenied(f"The credentials file {path} cannot be read.", "Remove it and run `rapidata-mcp login`.")
