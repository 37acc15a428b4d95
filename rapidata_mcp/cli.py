"""The commands. Flags only: what they do is elsewhere, and imported when it is wanted, so that a start stays short."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from rapidata_mcp import __version__
from rapidata_mcp.errors import RapidataError, SettingsError
from rapidata_mcp.settings import PLATFORM_PORT, Settings, load_settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

DataDir = Annotated[Path | None, typer.Option(help="Instead of RAPIDATA_MCP_DATA_DIR.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
) -> None:
    """Human judgement for AI assistants. Without a command: MCP over standard input and output."""
    if version:
        typer.echo(f"rapidata-mcp {__version__}")
        raise typer.Exit


@app.command()
def http(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None) -> None:
    """MCP over Streamable HTTP at /mcp, and /healthz."""
    import anyio

    from rapidata_mcp.connect import read_sharing
    from rapidata_mcp.server.http import http_app

    settings = _settings(data_dir)
    sharing = anyio.run(read_sharing, settings)
    app = http_app(settings, host, sharing)
    if sharing is not None:
        typer.echo(f"For you alone: every request needs the header {sharing.owner_header}")
    _serve(app, host, port)


@app.command()
def platform(host: Host = "127.0.0.1", port: Port = PLATFORM_PORT, data_dir: DataDir = None) -> None:
    """The embedded local platform alone: its REST API and its pages."""
    import anyio

    from rapidata_mcp.connect import local_app, prepare_database

    settings = _settings(data_dir)
    if host not in LOOPBACK and settings.public_url is None:
        raise SettingsError(
            f"On {host} the platform would be open to everybody on the network.",
            f"Set RAPIDATA_MCP_PUBLIC_URL to the address under which your team reaches it, such as "
            f"http://192.168.1.5:{port}: labeling then needs a link with a key, everything else the owner's token.",
        )
    anyio.run(prepare_database, settings)
    _serve(local_app(settings, typer.echo), host, port)


@app.command()
def demo(
    json: Annotated[bool, typer.Option("--json", help="Print the raw results instead of a table.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the demo's data behind, and say where.")] = False,
) -> None:
    """The whole workflow against the local platform, driven by an MCP client over stdio."""
    from rapidata_mcp.demo import run

    run(as_json=json, keep=keep)


@app.command()
def audit(last: Annotated[int, typer.Option(min=1, help="So many of the newest entries.")] = 50) -> None:
    """The audit log as a table: every write, who approved it, what became of it."""
    from rich.console import Console
    from rich.table import Table

    from rapidata_mcp.spending.audit import read

    table = Table("when", "tool", "outcome", "estimate", "approved by", "client", "what")
    for entry in read(load_settings().audit_log, last):
        price = "" if entry.estimate_usd is None else f"${entry.estimate_usd:,.2f}"
        table.add_row(entry.at, entry.tool, entry.outcome, price, entry.approved_by or "", entry.client, entry.what)
    Console(markup=False).print(table)


@app.command()
def doctor() -> None:
    """Which platform would be used and why, where data lives, what is wrong and how to mend it."""
    from rapidata_mcp.doctor import examine

    raise typer.Exit(examine())


@app.command()
def login() -> None:
    """Log in to Rapidata's cloud with a browser, once; the credentials are kept where the official SDK keeps them."""
    import webbrowser

    import anyio

    from rapidata_mcp.client.login import login as log_in
    from rapidata_mcp.clock import SystemClock

    def show(address: str) -> None:
        typer.echo(f"Log in at {address}")
        webbrowser.open(address)

    settings = load_settings()
    anyio.run(log_in, settings, SystemClock(), show)
    typer.echo(f"Logged in. The credentials are in {settings.credentials_file}.")


def _settings(data_dir: Path | None) -> Settings:
    return load_settings(data_dir=data_dir)


def _serve(app: object, host: str, port: int) -> None:
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning")  # type: ignore[arg-type]


def main() -> None:
    """The entry point: errors end in a sentence, not in a traceback."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    try:
        app()
    except RapidataError as error:
        typer.echo(f"rapidata-mcp: {error}", err=True)
        raise SystemExit(1) from None
