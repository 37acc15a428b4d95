"""Where credentials for the cloud come from, in the official SDK's order (contract A.3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr, ValidationError

from rapidata_mcp.errors import AccessDenied
from rapidata_mcp.settings import Settings
from rapidata_mcp.wire import Wire

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


class StoredClient(Wire):
    """An entry of the SDK's credentials file; its names are in snake case there."""

    model_config = Wire.model_config | {"alias_generator": None}

    display_name: str = ""
    client_id: str
    client_secret: str
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
        known = json.loads(path.read_bytes()[:MAX_FILE])
        entries = [StoredClient.model_validate(entry) for entry in known.get(endpoint, [])]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError, ValidationError):
        raise AccessDenied(
            f"The credentials file {path} cannot be read.", "Remove it and run `rapidata-mcp login`."
        ) from None
    return max(entries, key=lambda entry: entry.last_used, default=None)


def store_credentials(path: Path, client: StoredClient) -> None:
    """Add what a login gave to the SDK's credentials file, readable by its owner only."""
    try:
        known = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        known = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    known.setdefault(client.endpoint, []).append(client.model_dump())
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.chmod(0o600)
    fresh.write_text(json.dumps(known, indent=2))
    fresh.replace(path)
