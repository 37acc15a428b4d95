"""The README is true: its tables are generated, its commands run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters

from rapidata_mcp.server import prompts, registry
from rapidata_mcp.settings import Settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BINARY = Path(sys.executable).parent / "rapidata-mcp"
INSTALLED = "/path/to/rapidata-mcp/.venv/bin/rapidata-mcp"
EFFECTS = {"read": "reads", "draft": "drafts, free", "write": "writes, free", "spends": "**spends**"}


def tool_table() -> str:
    rows = ["| toolset | tool | effect | what it does |", "|---|---|---|---|"]
    for entry in registry.TOOLS:
        sentence = (entry.function.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
        rows.append(f"| {entry.toolset} | `{entry.function.__name__}` | {EFFECTS[entry.effect]} | {sentence} |")
    return "\n".join(rows)


def settings_table() -> str:
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "the user's data directory" if field.default_factory else field.default
        default = ", ".join(default) if isinstance(default, tuple) else default
        shown = "" if default in (None, "") else f"`{default}`" if not field.default_factory else default
        variable = field.validation_alias or f"RAPIDATA_MCP_{name.upper()}"
        rows.append(f"| `{variable}` | {shown} | {field.description} |")
    return "\n".join(rows)


@pytest.mark.parametrize(("name", "table"), [("tools", tool_table), ("settings", settings_table)])
def test_generated_tables_are_current(name: str, table: object) -> None:
    """UPDATE_README=1 writes them again."""
    assert callable(table)
    text = README.read_text()
    pattern = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    current = pattern.sub(lambda found: f"{found[1]}{table()}\n{found[2]}", text)
    if os.environ.get("UPDATE_README"):
        README.write_text(current)
    assert README.read_text() == current


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(), re.DOTALL)


def commands() -> list[str]:
    return [line.split("#")[0].strip() for block in blocks("sh") for line in block.splitlines() if line.strip()]


def run(command: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the README with this interpreter's installation and a data directory of its own."""
    words = shlex.split(
        command.replace("rapidata-mcp", str(BINARY), 1) if command.startswith("rapidata-mcp") else command
    )
    environment = os.environ | {"RAPIDATA_MCP_DATA_DIR": str(directory), "RAPIDATA_MCP_PLATFORM": "local"}
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)


SERVERS = {"rapidata-mcp http": 8000, "rapidata-mcp platform": 8808}
STARTED_ELSEWHERE = {
    "make test": "it is what runs this test",
    "rapidata-mcp": "tests/server/test_stdio.py",
    "rapidata-mcp login": "it waits for a person: tests/client/test_login.py",
}


@pytest.mark.parametrize("command", [each for each in commands() if each not in {*SERVERS, *STARTED_ELSEWHERE}])
def test_commands_run(command: str, tmp_path: Path) -> None:
    """Each ends well; the demo with its winners."""
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    if command.endswith("demo"):
        assert "flux_flower.jpg" in done.stdout
        assert "no human has answered" in done.stdout


@pytest.mark.parametrize("command", SERVERS)
async def test_servers_answer(command: str, tmp_path: Path) -> None:
    """Each serves /healthz (on a free port here) until it is stopped."""
    import socket

    import httpx2 as httpx

    assert command in commands()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [str(BINARY), *shlex.split(command)[1:], "--port", str(port), "--data-dir", str(tmp_path)]
    process = await anyio.open_process(words, stdout=None, stderr=None)
    try:
        with anyio.fail_after(30):
            async with httpx.AsyncClient(trust_env=False) as client:
                while True:
                    try:
                        answer = await client.get(f"http://127.0.0.1:{port}/healthz")
                        break
                    except httpx.ConnectError:
                        await anyio.sleep(0.05)
        assert answer.json()["status"] == "ok"
    finally:
        process.terminate()
        await process.wait()


def test_the_demo_prints_raw_results_as_json(tmp_path: Path) -> None:
    """And nothing else on standard output, so that it can be piped."""
    done = run("rapidata-mcp demo --json", tmp_path)
    document = json.loads(done.stdout)
    assert document["info"]["simulatedResponses"] >= 10
    assert document["results"][0]["context"] == "A yellow flower sticking out of a green pot."


def client_commands() -> list[str]:
    servers = [json.loads(block) for block in blocks("json")]
    found = [next(iter((server.get("mcpServers") or server["servers"]).values()))["command"] for server in servers]
    found += [tomllib.loads(block)["mcp_servers"]["rapidata"]["command"] for block in blocks("toml")]
    return found + re.findall(r"`claude mcp add rapidata -- (.*?)`", README.read_text())


async def test_what_clients_are_told_to_start_is_the_server(tmp_path: Path) -> None:
    """Every configuration names the same program, and it lists its tools."""
    assert set(client_commands()) == {INSTALLED}
    server = StdioServerParameters(command=str(BINARY), env={"RAPIDATA_MCP_DATA_DIR": str(tmp_path)})
    with anyio.fail_after(30):
        async with Client(server) as client:
            assert len((await client.list_tools()).tools) == len(registry.offered("full"))


def test_every_prompt_is_named() -> None:
    """The README knows all of them."""
    assert all(f"`{path.stem}`" in README.read_text() for path in prompts.directory().glob("*.md"))
