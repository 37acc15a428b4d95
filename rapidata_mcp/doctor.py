"""`rapidata-mcp doctor`: what would happen, and what is wrong with it."""

from __future__ import annotations

import sys

import anyio
import typer

from rapidata_mcp import __version__
from rapidata_mcp.clock import SystemClock
from rapidata_mcp.connect import choose, connect, read_sharing
from rapidata_mcp.database import without_password
from rapidata_mcp.errors import RapidataError, SettingsError
from rapidata_mcp.server import prompts
from rapidata_mcp.settings import Settings, load_settings
from rapidata_mcp.sharing import Sharing


def examine() -> int:
    """Print one line per finding; 0 when everything works, 1 otherwise."""
    _say("version", f"rapidata-mcp {__version__}, Python {sys.version.split()[0]}")
    try:
        settings = load_settings()
    except RapidataError as error:
        return _wrong("settings", error)
    try:
        credentials = choose(settings)
    except RapidataError as error:
        return _wrong("credentials", error)
    said = settings.platform != "auto"
    if credentials is None:
        why = "RAPIDATA_MCP_PLATFORM says so" if said else "no credentials for the cloud were found"
        _say("platform", f"the embedded local platform, because {why}; it is free and its crowd is simulated")
        _say("crowd", f"{settings.crowd} simulated labelers" if settings.crowd else "off: only people answer")
    else:
        why = "RAPIDATA_MCP_PLATFORM says so" if said else "credentials for it were found"
        _say("platform", f"Rapidata's cloud at {settings.api}, because {why}; jobs there cost money")
        _say("credentials", f"found in {credentials.found_in}")
    _say("data", without_password(settings.database_url) if settings.database_url else str(settings.data_dir))
    if not any(prompts.directory().glob("*.md")):
        typer.echo("wrong   prompts: none were installed. Install rapidata-mcp again.")
        return 1
    try:
        audiences, sharing = anyio.run(_look, settings)
    except RapidataError as error:
        return _wrong("database" if isinstance(error, SettingsError) else "platform", error)
    _say("database", "works")
    _say("platform", f"works{' with these credentials' if credentials else ''}; {audiences} audiences")
    if sharing is not None:
        if credentials is None:
            _say(
                "sharing",
                f"for people at {sharing.public_url}; for you alone, once in each browser: {sharing.owner_link}",
            )
        _say("sharing", f"`rapidata-mcp http` answers who sends `{sharing.owner_header}`")
    return 0


async def _look(settings: Settings) -> tuple[int, Sharing | None]:
    """How many audiences the platform has, and who else is let in."""
    sharing = await read_sharing(settings)
    async with connect(settings, SystemClock(), pages=False) as connection:
        return (await connection.platform.audiences.find("", 1, 1)).total, sharing


def _say(what: str, finding: str) -> None:
    typer.echo(f"ok      {what}: {finding}")


def _wrong(what: str, error: RapidataError) -> int:
    typer.echo(f"wrong   {what}: {error}")
    return 1
