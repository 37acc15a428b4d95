"""Who may import whom: each layer only what stands above it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
PACKAGE = Path(__file__).parent.parent / "rapidata_mcp"
MODULES = {
    ".".join(("rapidata_mcp", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
LAYERS = (
    {"calls", "errors", "aggregate", "wire", "clock", "concurrency", "files", "usd"},
    {"settings", "tasks"},
    {"models", "database"},
    {"sharing"},
    {"client", "local"},
    {"connect"},
    {"spending"},
    {"server"},
    {"demo", "doctor", "serving"},
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
    {"app", "access_control", "listener"},
)
SERVER = (
    {"identifiers", "replies", "opening", "signatures"},
    {"arguments", "services"},
    {"audiences"},
    {"drafts", "jobs"},
    {"results"},
    {"tools"},
    {"registry"},
    {"auditing", "instructions", "prompts", "resources", "tool_schemas"},
    {"app"},
    {"http", "stdio"},
)
UNTYPED_RETURNS = {
    "replies._facts",  # JSON of a reply, for its text
    "tool_schemas.lean",  # JSON schemas
    "tool_schemas._with_null",
}
"""The functions of the server that return `dict[str, Any]`: JSON leaves the program there."""


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "rapidata_mcp"


def imported(path: Path) -> set[str]:
    """The modules of this package that a file imports, also inside functions and for type checking."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("rapidata_mcp"):
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & set(MODULES)
            names |= submodules or {node.module}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names} & set(MODULES)
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


def check_levels(home: str, levels: tuple[set[str], ...], top: set[str]) -> None:
    """Rooms of one level do not know each other. Those in `top` know all."""
    level = {room: place for place, rooms in enumerate(levels) for room in rooms}
    prefix = f"rapidata_mcp.{home}."
    for module in [name for name in MODULES if name.startswith(prefix)]:
        room = module.removeprefix(prefix).split(".")[0]
        others = {
            name.removeprefix(prefix).split(".")[0] for name in imported(MODULES[module]) if name.startswith(prefix)
        }
        for other in others - {room}:
            assert level[other] < level[room] or room in top, f"{module} imports {other}"


def test_the_rooms_of_the_local_platform_stand_one_above_the_other() -> None:
    """Its application and its door know all rooms."""
    check_levels("local", LOCAL, top=LOCAL[-1])


def test_the_rooms_of_the_server_stand_one_above_the_other() -> None:
    """Tools stand above audiences, jobs, drafts and results, and these above arguments and replies."""
    check_levels("server", SERVER, top=set())


def test_no_tool_imports_another_tool() -> None:
    """Shared code belongs into the room of its noun."""
    home = "rapidata_mcp.server.tools."
    pairs = {
        (module.removeprefix(home), other.removeprefix(home))
        for module in MODULES
        if module.startswith(home)
        for other in imported(MODULES[module])
        if other.startswith(home)
    }
    assert pairs == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Also not for type checking. Modules that import nothing are taken away until none is left."""
    graph = {module: imported(path) - {module} for module, path in MODULES.items()}
    while leaves := {module for module, others in graph.items() if not others}:
        graph = {module: others - leaves for module, others in graph.items() if module not in leaves}
    assert graph == {}


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """The functions of a module with their qualified names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not isinstance(node, ast.ClassDef):
                yield f"{prefix}{node.name}", node
            yield from functions(node, f"{prefix}{node.name}.")
        else:
            yield from functions(node, prefix)


def functions_of_the_server() -> Iterator[tuple[str, Function]]:
    home = "rapidata_mcp.server."
    for module in [name for name in MODULES if name.startswith(home)]:
        yield from functions(ast.parse(MODULES[module].read_text()), f"{module.removeprefix(home)}.")


def test_the_server_passes_typed_facts() -> None:
    """A dictionary of anything hides a mistyped key from the type checker."""
    untyped = {
        name
        for name, function in functions_of_the_server()
        if function.returns and "dict[str, Any]" in ast.unparse(function.returns)
    }
    assert untyped == UNTYPED_RETURNS


def test_lazy_imports_are_at_the_forks() -> None:
    """The platforms and the commands are imported when they are first needed. The reasons are next to the imports."""
    lazy = {
        f"{module.removeprefix('rapidata_mcp.')}.{name}"
        for module, path in MODULES.items()
        for name, function in functions(ast.parse(path.read_text()))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    commands = {f"cli.{command}" for command in ("http", "platform", "demo", "doctor")}
    assert lazy == {"server.services.ServerState._keep_open", "start.main", *commands}


def test_only_settings_reads_the_environment() -> None:
    """Settings come from one place."""
    readers = [path.name for path in PACKAGE.rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text())]
    assert readers == []


def test_files_stay_small() -> None:
    """A file that has grown past 400 lines has more than one noun in it."""
    long = {str(path): len(path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


def test_no_route_of_the_local_platform_imports_a_route() -> None:
    """Routes know HTTP only: what two of them need is a rule, which lives in another room."""
    for path in (PACKAGE / "local" / "routes").glob("*.py"):
        assert not [name for name in imported(path) if name.startswith("rapidata_mcp.local.routes")], path.name
