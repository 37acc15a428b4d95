"""Next steps name tools as calls, so that a tool which is switched off is looked up and its text is written once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

import pytest

from rapidata_mcp import errors
from rapidata_mcp.calls import UNKNOWN, Call, NextStep
from rapidata_mcp.server import registry
from tests.test_architecture import MODULES

ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
TOOL = re.compile(rf"\b({'|'.join(entry.name for entry in registry.TOOLS)})\b")


def is_call(node: ast.AST, names: set[str]) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def next_steps(tree: ast.AST) -> Iterator[ast.AST]:
    """The expressions that become next steps: of replies, of errors, and calls wherever they are made."""
    for node in ast.walk(tree):
        if is_call(node, {"Call", "NextStep"}):
            yield node
        elif is_call(node, {"InvalidArgument"}):
            yield from node.args[2:]
        elif is_call(node, ERRORS):
            yield from node.args[1:]
        elif isinstance(node, ast.keyword) and node.arg == "next_step":
            yield node.value


def texts(node: ast.AST) -> Iterator[str]:
    """The texts in an expression, but for the names of called tools."""
    tools = [call.args[0] for call in ast.walk(node) if is_call(call, {"Call"})]
    for part in ast.walk(node):
        if (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and part not in tools
            and not TOOL.fullmatch(part.value)
        ):
            yield part.value


def texts_of_calls(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that hold a call with arguments; docstrings may."""
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    for node in ast.walk(tree):
        written = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in statements
        if written and re.search(rf"{TOOL.pattern}\(", node.value):
            yield node.value


def test_no_text_names_a_tool_to_call() -> None:
    """A tool in a text would not be looked up."""
    found = set()
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text())
        named = [text for step in next_steps(tree) for text in texts(step) if TOOL.search(text)]
        if named or any(texts_of_calls(tree)):
            found.add(module)
    assert found == set()


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (NextStep(Call("find_jobs")), "find_jobs()."),
        (
            NextStep(Call("get_job", {"job_id": "job_1", "wait_seconds": 30})),
            "get_job(job_id='job_1', wait_seconds=30).",
        ),
        (
            NextStep(Call("assign_job", {"audience_id": UNKNOWN, "repeat": True})),
            "assign_job(audience_id, repeat=true).",
        ),
        (
            NextStep("Ask the user", Call("pause_job", why="stops it", lead="or")),
            "Ask the user; or pause_job() stops it.",
        ),
        (NextStep("", "Wait a minute."), "Wait a minute."),
        (NextStep("Is it right?"), "Is it right?"),
        (NextStep(), ""),
    ],
)
def test_a_next_step_is_one_text(step: NextStep, text: str) -> None:
    """As an assistant would write the calls."""
    assert str(step) == text


def test_the_tools_that_are_not_offered_are_found() -> None:
    """Each tool once, in the order of the calls."""
    step = NextStep(Call("delete_job"), "Wait", Call("find_jobs"), Call("delete_job"))
    assert step.tools == ("delete_job", "find_jobs")
    assert step.missing({"find_jobs"}) == ("delete_job",)
