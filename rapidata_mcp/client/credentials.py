"""Credentials for the cloud, found in the order of the official SDK (contract A.3)."""

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
    """An id and a secret. `found_in` names the setting or file for messages."""

    client_id: str
    client_secret: SecretStr
    found_in: str

    @property
    def account(self) -> str:
        """An identifier of the account."""
        return self.client_id


@dataclass(frozen=True)
class TokenFile:
    """A file with an access token, which another program keeps valid."""

    path: Path
    found_in: str

    @property
    def account(self) -> str:
        """An identifier of the account: the path, because a token does not identify it."""
        return str(self.path)


Credentials = ClientCredentials | TokenFile


class StoredClient(WireModel):
    """An entry of the SDK's credentials file, whose names are in snake case."""

    model_config = WireModel.model_config | {"alias_generator": None}

    display_name: str = ""
    client_id: str
    client_secret: str = Field(repr=False)
    endpoint: str = ""
    created_at: str = ""
    last_used: str = ""


def find_credentials(settings: Settings) -> Credentials | None:
    """Return the credentials for these settings; None if there are none.

    Raises:
        AccessDenied: if only half of a pair is set, or the credentials file cannot be read.
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
    """Add an entry to the SDK's credentials file. Only its owner can read the file.

    Raises:
        AccessDenied: if the existing file cannot be parsed. It is not changed.
    """
    entries = _read(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    entries.setdefault(client.endpoint, []).append(client.model_dump())
    # mkstemp makes a file that only its owner can read. The rename replaces the old file at once.
    descriptor, new_file = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".tmp")
    with os.fdopen(descriptor, "w") as file:
        json.dump(entries, file, indent=2)
    Path(new_file).replace(path)


def _read(path: Path) -> dict[str, Any]:
    """Return the entries by login server; empty if there is no file."""
    try:
        content = json.loads(path.read_bytes()) if path.stat().st_size <= MAX_FILE else None
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise _unreadable(path)
    return content


def _unreadable(path: Path) -> AccessDenied:
    return AccessDenied(f"The credentials file {path} cannot be read.", "Remove it and run `rapidata-mcp login`.")
