"""Settings: flags, then environment, then defaults. The only reader of the environment."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rapidata_mcp.errors import SettingsError

PLATFORM_PORT = 8808


class Settings(BaseSettings):
    """The settings. A field is the variable `RAPIDATA_MCP_<NAME>`, or one of the SDK's. Empty counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix="RAPIDATA_MCP_", frozen=True, env_ignore_empty=True, extra="forbid", populate_by_name=True
    )

    platform: Literal["auto", "cloud", "local"] = Field(
        "auto", description="`auto` (cloud if credentials are found, else local), `cloud` or `local`"
    )
    api_url: str | None = Field(None, description="base URL of the API, for a proxy, a gateway or a test server")
    auth_url: str | None = Field(None, description="base URL of the login server, for the same purposes")
    timeout: float = Field(30, gt=0, le=600, description="seconds for a request to the platform, with all its retries")
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("rapidata-mcp", appauthor=False),
        description="directory of the database",
    )
    database_url: str | None = Field(
        None,
        description="SQLAlchemy URL of a database to use instead of SQLite in the data directory: "
        "`postgresql+asyncpg://…`, which needs the extra `postgresql`",
    )
    files: Annotated[tuple[Path, ...], NoDecode] = Field(
        (),
        description="directories for local files of datapoints and for exported results, separated by the system's "
        "path separator; empty means no local files",
    )
    mode: Literal["read-only", "draft", "full"] = Field(
        "full",
        description="`read-only`, `draft` (everything but spending) or `full`; only the tools of the mode are listed",
    )
    toolsets: Annotated[tuple[Literal["core", "tasks", "manage", "all"], ...], NoDecode] = Field(
        ("core",),
        description="the tools to list, comma separated: `core`, `tasks` (more task types), `manage` (housekeeping), "
        "`all`; `core` is always included",
    )
    approval: Literal["auto", "elicit", "quote"] = Field(
        "auto",
        description="approval of a spend: `auto` (the client asks the user; if it cannot, a quote and a second call), "
        "`elicit` (only the client asks) or `quote`",
    )
    max_spend: float | None = Field(None, ge=0, description="US dollars, the highest estimate allowed for a job")
    max_spend_per_day: float | None = Field(
        None,
        ge=0,
        description="US dollars, the highest sum of the estimates of all jobs started on one day (UTC)",
    )
    crowd: int = Field(
        60,
        ge=0,
        le=5000,
        description="number of simulated labelers (more if a job needs more); `0` leaves the answers to people",
    )
    local_price: float | None = Field(
        None, ge=0, description="simulated price on the local platform: US dollars per response"
    )
    local_credit: float | None = Field(None, ge=0, description="simulated balance on the local platform, in US dollars")
    public_url: str | None = Field(
        None,
        description="address at which a team reaches the local platform, such as `http://192.168.1.5:8808`; everything "
        "but labeling then needs the owner's token",
    )
    environment: str = Field(
        "rapidata.ai", validation_alias="RAPIDATA_ENVIRONMENT", description="host suffix of Rapidata's cloud"
    )
    client_id: str | None = Field(None, validation_alias="RAPIDATA_CLIENT_ID", description="credentials of the cloud")
    client_secret: SecretStr | None = Field(
        None, validation_alias="RAPIDATA_CLIENT_SECRET", description="credentials of the cloud"
    )
    token_file: Path | None = Field(
        None, validation_alias="RAPIDATA_TOKEN_FILE", description="file with a shared access token for the cloud"
    )

    @field_validator("files", mode="before")
    @classmethod
    def _split_files(cls, value: Any) -> Any:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @field_validator("toolsets", mode="before")
    @classmethod
    def _split_toolsets(cls, value: Any) -> Any:
        names = value.split(",") if isinstance(value, str) else value
        return tuple(dict.fromkeys(("core", *(name.strip() for name in names if name.strip()))))

    @field_validator("api_url", "auth_url", "public_url")
    @classmethod
    def _base_url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'rapidata.db'}"

    @property
    def audit_log(self) -> Path:
        """The file with a line for every write."""
        return self.data_dir / "audit.jsonl"

    @property
    def api(self) -> str:
        """The base URL of the cloud's API (contract A.1)."""
        return self.api_url or f"https://api.{self.environment}"

    @property
    def auth(self) -> str:
        """The base URL of the cloud's login server."""
        return self.auth_url or f"https://auth.{self.environment}"

    @property
    def app(self) -> str:
        """The base URL of the cloud's web pages."""
        return f"https://app.{self.environment}"

    @property
    def credentials_file(self) -> Path:
        """The file in which the official SDK stores credentials."""
        return Path.home() / ".config" / "rapidata" / "credentials.json"


def load_settings(**flags: Any) -> Settings:
    """Read the settings. A flag of None counts as unset.

    Raises:
        SettingsError: names every wrong variable and its allowed values.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as exc:
        problems = [f"{_variable(e['loc'])}: {e['msg']}" for e in exc.errors(include_input=False, include_url=False)]
        raise SettingsError("; ".join(problems) + ".", "Correct or unset it, and start again.") from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "settings"
    return name if name.startswith("RAPIDATA_") else f"RAPIDATA_MCP_{name.upper()}"
