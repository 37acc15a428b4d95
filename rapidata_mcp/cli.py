"""The commands and their flags.

Commands that open a platform or a server import their module when they run. Such a module takes 0.6 to 1.2 s to import,
the command line 0.2 s.
"""

from __future__ import annotations

import logging
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import anyio
import typer
from rich.console import Console
from rich.table import Table

from rapidata_mcp import __version__
from rapidata_mcp.client.login import login as log_in
from rapidata_mcp.clock import SystemClock
from rapidata_mcp.errors import RapidataError
from rapidata_mcp.settings import PLATFORM_PORT, load_settings
from rapidata_mcp.spending.audit import read

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

DataDir = Annotated[Path | None, typer.Option(help="Data directory, instead of RAPIDATA_MCP_DATA_DIR.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Human judgment for AI assistants. Without a command: MCP over standard input and output."""
    if version:
        typer.echo(f"rapidata-mcp {__version__}")
        raise typer.Exit


@app.command()
def http(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None) -> None:
    """Serve MCP over Streamable HTTP at /mcp, and /healthz."""
    from rapidata_mcp.serving import serve_mcp

    serve_mcp(load_settings(data_dir=data_dir), host, port, typer.echo)


@app.command()
def platform(host: Host = "127.0.0.1", port: Port = PLATFORM_PORT, data_dir: DataDir = None) -> None:
    """Serve the REST API and the pages of the local platform."""
    from rapidata_mcp.serving import serve_platform

    serve_platform(load_settings(data_dir=data_dir), host, port, typer.echo)


@app.command()
def demo(
    json: Annotated[bool, typer.Option("--json", help="Print the results as JSON instead of a table.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the data of the demo, and print its directory.")] = False,
) -> None:
    """Run the whole workflow on the local platform, driven by an MCP client over stdio."""
    from rapidata_mcp.demo import run

    run(as_json=json, keep=keep)


@app.command()
def audit(last: Annotated[int, typer.Option(min=1, help="Number of entries to show, newest ones.")] = 50) -> None:
    """Show the audit log as a table: every write, who approved it, and its outcome."""
    table = Table("when", "tool", "outcome", "estimate", "approved by", "client", "what")
    for entry in read(load_settings().audit_log, last):
        price = "" if entry.estimate_usd is None else f"${entry.estimate_usd:,.2f}"
        table.add_row(entry.at, entry.tool, entry.outcome, price, entry.approved_by or "", entry.client, entry.what)
    Console(markup=False).print(table)


@app.command()
def doctor() -> None:
    """Check the setup: the platform and why it is used, the data directory, problems and their fixes."""
    from rapidata_mcp.doctor import examine

    raise typer.Exit(examine())


@app.command()
def login() -> None:
    """Log in to Rapidata's cloud with a browser. The credentials are stored where the official SDK stores them."""

    def show(address: str) -> None:
        typer.echo(f"Log in at {address}")
        webbrowser.open(address)

    settings = load_settings()
    anyio.run(log_in, settings, SystemClock(), show)
    typer.echo(f"Logged in. The credentials are in {settings.credentials_file}.")


def main() -> None:
    """Run a command. An error is printed as a sentence, without a traceback."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    try:
        app()
    except RapidataError as error:
        typer.echo(f"rapidata-mcp: {error}", err=True)
        raise SystemExit(1) from None
