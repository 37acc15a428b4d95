"""Settings: flags, then environment, then defaults. The only reader of the environment."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rapidata_mcp.errors import SettingsError

PLATFORM_PORT = 8808


class Settings(BaseSettings):
    """What a user can set; each field is the variable `RAPIDATA_MCP_<NAME>`. Empty variables count as unset."""

    model_config = SettingsConfigDict(env_prefix="RAPIDATA_MCP_", frozen=True, env_ignore_empty=True, extra="forbid")

    platform: Literal["auto", "local"] = Field(
        "auto", description="`auto` and `local` use the embedded local platform; Rapidata's cloud is not supported yet"
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("rapidata-mcp", appauthor=False),
        description="directory of the database",
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of another database than SQLite in the data directory"
    )
    crowd: int = Field(
        60, ge=0, le=5000, description="simulated labelers (more where a job asks for more); `0` leaves it to people"
    )

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'rapidata.db'}"


def load_settings(**flags: Any) -> Settings:
    """Read the settings once. Flags that are None count as not given.

    Raises:
        SettingsError: names every variable that cannot be used, and what it may be.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as exc:
        problems = [f"RAPIDATA_MCP_{'_'.join(map(str, e['loc'][:1])).upper()}: {e['msg']}" for e in exc.errors()]
        raise SettingsError("; ".join(problems) + ".", "Correct or unset it and start again.") from None
