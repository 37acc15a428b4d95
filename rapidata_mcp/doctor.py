"""`rapidata-mcp doctor`: show the setup and its problems."""

from __future__ import annotations

import sys

import anyio
import typer

from rapidata_mcp import __version__
from rapidata_mcp.clock import SystemClock
from rapidata_mcp.connect import choose, connect
from rapidata_mcp.database import without_password
from rapidata_mcp.errors import RapidataError, SettingsError
from rapidata_mcp.server import prompts
from rapidata_mcp.settings import Settings, load_settings
from rapidata_mcp.sharing import Sharing, read_sharing


def examine() -> int:
    """Print one line per finding. Return 0 if everything works, else 1."""
    _say("version", f"rapidata-mcp {__version__}, Python {sys.version.split()[0]}")
    try:
        settings = load_settings()
    except RapidataError as error:
        return _fail("settings", error)
    try:
        credentials = choose(settings)
    except RapidataError as error:
        return _fail("credentials", error)
    reason = "credentials for it were found" if credentials else "no credentials for the cloud were found"
    if settings.platform != "auto":
        reason = "RAPIDATA_MCP_PLATFORM says so"
    if credentials is None:
        _say("platform", f"the embedded local platform, because {reason}; it is free and its crowd is simulated")
        _say("crowd", f"{settings.crowd} simulated labelers" if settings.crowd else "off: only people answer")
    else:
        _say("platform", f"Rapidata's cloud at {settings.api}, because {reason}; jobs there cost money")
        _say("credentials", f"found in {credentials.found_in}")
    _say("data", without_password(settings.database_url) if settings.database_url else str(settings.data_dir))
    if not any(prompts.directory().glob("*.md")):
        typer.echo("wrong   prompts: none are installed. Install rapidata-mcp again.")
        return 1
    try:
        audiences, sharing = anyio.run(_read_platform, settings)
    except RapidataError as error:
        return _fail("database" if isinstance(error, SettingsError) else "platform", error)
    _say("database", "works")
    _say("platform", f"works{' with these credentials' if credentials else ''}; {audiences} audiences")
    if sharing is not None:
        if credentials is None:
            _say(
                "sharing",
                f"people label at {sharing.public_url}; open your own link once in each browser: {sharing.owner_link}",
            )
        _say("sharing", f"requests to `rapidata-mcp http` need the header `{sharing.owner_header}`")
    return 0


async def _read_platform(settings: Settings) -> tuple[int, Sharing | None]:
    """Return the number of audiences, and the access of other people."""
    sharing = await read_sharing(settings)
    async with connect(settings, SystemClock(), pages=False) as connection:
        return (await connection.platform.audiences.find("", 1, 1)).total, sharing


def _say(what: str, finding: str) -> None:
    typer.echo(f"ok      {what}: {finding}")


def _fail(what: str, error: RapidataError) -> int:
    typer.echo(f"wrong   {what}: {error}")
    return 1
