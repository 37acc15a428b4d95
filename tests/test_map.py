"""ARCHITECTURE.md names every room of the package, and only rooms that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rapidata_mcp"
MAP = ROOT / "ARCHITECTURE.md"
MOST_LINES = 40
WITH_ROOMS = ("local", "server")
"""The folders whose own folders the map names too."""


def mapped() -> set[str]:
    """The names in the map: `errors.py`, `local/`, `local/routes/`."""
    names, parent = set(), ""
    for indent, entries in re.findall(
        r"^( {2}| {4})((?:[\w.]+/?, )*[\w.]+/?)(?: {2}|$)", MAP.read_text(), re.MULTILINE
    ):
        for name in entries.split(", "):
            names.add(name if len(indent) == 2 else f"{parent}{name}")
            parent = name if len(indent) == 2 else parent
    return names


def existing() -> set[str]:
    """The modules and folders of the package, and the folders of the server and the local platform."""
    modules = {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}
    folders = {path.parent for path in PACKAGE.glob("*/__init__.py")}
    inner = {path.parent for room in WITH_ROOMS for path in (PACKAGE / room).glob("*/__init__.py")}
    return modules | {f"{path.relative_to(PACKAGE).as_posix()}/" for path in folders | inner}


def test_the_map_names_every_room() -> None:
    """Add the missing ones with a few words each."""
    assert existing() - mapped() == set(), "ARCHITECTURE.md does not name these rooms"


def test_the_map_names_no_room_that_is_gone() -> None:
    """Remove or rename them."""
    assert mapped() - existing() == set(), "ARCHITECTURE.md names these rooms, which do not exist"


def test_the_map_stays_short() -> None:
    """A newcomer reads it whole."""
    assert len(MAP.read_text().splitlines()) <= MOST_LINES
