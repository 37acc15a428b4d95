"""Settings: flags, environment, defaults; and what is said of those that cannot be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rapidata_mcp.errors import SettingsError
from rapidata_mcp.settings import load_settings


def test_flags_go_before_the_environment_and_empty_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the documented order."""
    monkeypatch.setenv("RAPIDATA_MCP_CROWD", "7")
    monkeypatch.setenv("RAPIDATA_MCP_PLATFORM", "")
    settings = load_settings(data_dir=Path("/elsewhere"))
    assert (settings.crowd, settings.platform, settings.data_dir) == (7, "auto", Path("/elsewhere"))
    assert load_settings(crowd=9).crowd == 9


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it may be."""
    monkeypatch.setenv("RAPIDATA_MCP_CROWD", "many")
    with pytest.raises(SettingsError, match="RAPIDATA_MCP_CROWD: Input should be a valid integer"):
        load_settings()


def doctor(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rapidata_mcp", "doctor"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_doctor_finds_nothing_wrong(tmp_path: Path) -> None:
    """It says which platform and where the data is."""
    done = doctor(RAPIDATA_MCP_DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "local platform" in done.stdout
    assert str(tmp_path) in done.stdout


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("RAPIDATA_MCP_CROWD", "-1", "RAPIDATA_MCP_CROWD"),
        ("RAPIDATA_MCP_PLATFORM", "moon", "RAPIDATA_MCP_PLATFORM"),
        ("RAPIDATA_MCP_DATA_DIR", "/proc/none", "RAPIDATA_MCP_DATA_DIR"),
        ("RAPIDATA_MCP_DATABASE_URL", "nonsense", "RAPIDATA_MCP_DATABASE_URL"),
        ("RAPIDATA_MCP_DATABASE_URL", "mysql://me:hunter2@127.0.0.1/x", "no asynchronous driver"),
        ("RAPIDATA_MCP_DATABASE_URL", "postgresql+asyncpg://me:hunter2@127.0.0.1:1/x", "cannot be used"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_what_mends_it(variable: str, value: str, says: str) -> None:
    """In one line, without a traceback."""
    done = doctor(**{variable: value})
    assert done.returncode == 1
    assert says in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "hunter2" not in done.stdout + done.stderr
