"""Settings come from flags, the environment and defaults, and errors name a wrong setting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rapidata_mcp.errors import SettingsError
from rapidata_mcp.settings import load_settings


def test_flags_override_the_environment_and_empty_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A default is used for a setting that is unset."""
    monkeypatch.setenv("RAPIDATA_MCP_CROWD", "7")
    monkeypatch.setenv("RAPIDATA_MCP_PLATFORM", "")
    settings = load_settings(data_dir=Path("/elsewhere"))
    assert (settings.crowd, settings.platform, settings.data_dir) == (7, "auto", Path("/elsewhere"))
    assert load_settings(crowd=9).crowd == 9


def test_an_error_names_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """It includes the allowed values."""
    monkeypatch.setenv("RAPIDATA_MCP_CROWD", "many")
    with pytest.raises(SettingsError, match="RAPIDATA_MCP_CROWD: Input should be a valid integer"):
        load_settings()


def run_doctor(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rapidata_mcp", "doctor"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_doctor_finds_nothing_wrong(tmp_path: Path) -> None:
    """It shows the platform and the data directory."""
    result = run_doctor(RAPIDATA_MCP_DATA_DIR=str(tmp_path))
    assert result.returncode == 0
    assert "local platform" in result.stdout
    assert str(tmp_path) in result.stdout


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("RAPIDATA_MCP_CROWD", "-1", "RAPIDATA_MCP_CROWD"),
        ("RAPIDATA_MCP_PLATFORM", "moon", "RAPIDATA_MCP_PLATFORM"),
        ("RAPIDATA_MCP_DATA_DIR", "/proc/none", "RAPIDATA_MCP_DATA_DIR"),
        ("RAPIDATA_MCP_DATABASE_URL", "nonsense", "RAPIDATA_MCP_DATABASE_URL"),
        ("RAPIDATA_MCP_DATABASE_URL", "mysql://me:hunter2@127.0.0.1/x", "no asynchronous driver"),
        ("RAPIDATA_MCP_DATABASE_URL", "postgresql+asyncpg://me:hunter2@127.0.0.1:1/x", "cannot be used"),
    ],
)
def test_the_doctor_names_the_problem_and_the_fix(variable: str, value: str, message: str) -> None:
    """It prints a line without a traceback and without passwords."""
    result = run_doctor(**{variable: value})
    assert result.returncode == 1
    assert message in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert "hunter2" not in result.stdout + result.stderr
