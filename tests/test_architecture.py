"""Who may import whom: each layer only what stands above it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "rapidata_mcp"
LAYERS = (
    {"calls", "errors", "aggregate", "wire", "clock", "concurrency", "files"},
    {"settings", "tasks"},
    {"models", "database"},
    {"client", "local"},
    {"connect"},
    {"spending"},
    {"server"},
    {"demo", "doctor"},
    {"cli"},
    {"start"},
    {"__main__"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
APART = {("client", "local"), ("local", "client")}
LOCAL = (
    {"problems", "store"},
    {"access"},
    {"api"},
    {"questions"},
    {"audiences", "jobs"},
    {"rehearsal", "results"},
    {"sessions", "pages"},
    {"routes"},
    {"app", "door", "listener"},
)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "rapidata_mcp"


def imported(path: Path) -> set[str]:
    """The modules of this package that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("rapidata_mcp"):
            alone = node.module == "rapidata_mcp"
            names |= {f"rapidata_mcp.{alias.name}" for alias in node.names} if alone else {node.module}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names if alias.name.startswith("rapidata_mcp")}
    return names


def imports(path: Path) -> set[str]:
    return {room_of(name) for name in imported(path)} & set(LEVEL)


def test_every_room_has_its_place() -> None:
    """A new room must be given a layer."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "__init__.py", "py.typed")}
    assert rooms - {"prompts"} == set(LEVEL)


def test_nobody_imports_from_below() -> None:
    """And client and local platform do not know each other: only the contract's models are shared."""
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for other in imports(path) - {room}:
            assert LEVEL[other] <= LEVEL[room], f"{path.relative_to(PACKAGE)} imports {other}"
            assert (room, other) not in APART, f"{path.relative_to(PACKAGE)} imports {other}"


def test_the_rooms_of_the_local_platform_stand_one_above_the_other() -> None:
    """Rooms of one level do not know each other; the application and its door know all."""
    level = {room: place for place, rooms in enumerate(LOCAL) for room in rooms}
    home = PACKAGE / "local"
    for path in home.rglob("*.py"):
        room = path.relative_to(home).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        others = {name.split(".")[2] for name in imported(path) if name.startswith("rapidata_mcp.local.")} - {room}
        for other in others:
            known = level[other] < level[room] or level[room] == len(LOCAL) - 1
            assert known, f"{path.relative_to(home)} imports {other}"


def test_only_the_database_room_defines_and_creates_tables() -> None:
    """A table that is defined or created elsewhere would miss upgrades."""
    definition = re.compile(
        r"from sqlalchemy.* import .*\b(Table|MetaData|Column|CreateTable)\b"
        r"|create_all|checkfirst|(CREATE|ALTER|DROP) (TABLE|INDEX)"
    )
    rooms = {
        path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py") if definition.search(path.read_text())
    }
    assert rooms == {"database"}


def test_only_settings_reads_the_environment() -> None:
    """Settings come from one place."""
    readers = [path.name for path in PACKAGE.rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text())]
    assert readers == []


def test_files_stay_small() -> None:
    """A file that has grown past 400 lines has more than one noun in it."""
    long = {str(path): len(path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}
