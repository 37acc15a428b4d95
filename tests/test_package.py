"""What is published: a wheel that starts where nothing else is installed."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import anyio.to_thread
import pytest
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(target.glob("*.whl"))


def test_the_wheel_holds_prompts_pages_and_types(wheel: Path) -> None:
    """And no tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "rapidata_mcp/prompts/build_audience.md",
        "rapidata_mcp/local/pages/preview.html",
        "rapidata_mcp/py.typed",
    } <= names
    assert not any(name.startswith("tests") for name in names)


def install(wheel: Path, directory: Path) -> Path:
    """A new environment with the wheel and what it asks for; where its commands are."""
    venv.create(directory, with_pip=True)
    binaries = directory / "bin"
    command = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return binaries


async def test_a_fresh_install_without_a_lock_file_lists_its_tools(wheel: Path, tmp_path: Path) -> None:
    """The newest versions that the bounds allow, in an environment with nothing else."""
    binaries = await anyio.to_thread.run_sync(install, wheel, tmp_path / "venv")
    server = StdioServerParameters(
        command=str(binaries / "rapidata-mcp"), env={"RAPIDATA_MCP_DATA_DIR": str(tmp_path)}, cwd=tmp_path
    )
    with anyio.fail_after(60):
        async with Client(server) as client:
            assert len((await client.list_tools()).tools) >= 12
            assert len((await client.list_prompts()).prompts) >= 3
            assert not (await client.call_tool("find_audiences", {})).is_error
