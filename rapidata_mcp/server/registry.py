"""All tools, in the order in which an assistant meets them, and how a function becomes a tool."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal, cast

from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from mcp.types import ToolAnnotations
from pydantic import ConfigDict

from rapidata_mcp.server.arguments import ID, OPTIONAL_ID
from rapidata_mcp.server.tools.assignment import assign_job
from rapidata_mcp.server.tools.audience_changes import remove_example, update_audience
from rapidata_mcp.server.tools.audience_creation import create_audience, filter_audience
from rapidata_mcp.server.tools.audiences import find_audiences, get_audience
from rapidata_mcp.server.tools.classification import add_classification_example, create_classification_job
from rapidata_mcp.server.tools.compare import add_compare_example, create_compare_job
from rapidata_mcp.server.tools.deletions import delete_audience, delete_job, delete_job_definition
from rapidata_mcp.server.tools.export import export_results
from rapidata_mcp.server.tools.jobs import find_jobs, get_job
from rapidata_mcp.server.tools.pausing import pause_job
from rapidata_mcp.server.tools.picture_example import example_of_boxes
from rapidata_mcp.server.tools.ranking import create_ranking_job
from rapidata_mcp.server.tools.recruiting import start_recruiting
from rapidata_mcp.server.tools.results import get_results
from rapidata_mcp.server.tools.resumption import resume_job
from rapidata_mcp.server.tools.select_words import add_select_words_example, create_select_words_job
from rapidata_mcp.server.tools.single_item_job import job_of_items
from rapidata_mcp.tasks.drafts import TaskDraft
from rapidata_mcp.tasks.draw import DrawExample, DrawTask
from rapidata_mcp.tasks.free_text import FreeTextTask
from rapidata_mcp.tasks.locate import LocateExample, LocateTask
from rapidata_mcp.tasks.pictures import PictureExample

_LEFT_OUT: list[tuple[str, Any]] = [
    *(("default", None), ("default", ""), ("default", []), ("default", 0)),
    *(("pattern", ID), ("pattern", OPTIONAL_ID)),  # ids come from other tools, which the descriptions name
]
Effect = Literal["read", "draft", "write", "spends"]
Toolset = Literal["core", "tasks", "manage"]


@dataclass(frozen=True)
class ToolEntry:
    """A tool: its function, its title for people, and what it does to the world."""

    function: Callable[..., Any]
    title: str
    effect: Effect
    repeatable: bool = True
    """Whether the same call twice has the effect of one."""
    toolset: Toolset = "core"
    destroys: bool = False
    """Whether what it takes away cannot be brought back."""


def _job_of_items(page: str, checked: Callable[..., TaskDraft], what: str) -> ToolEntry:
    """The create tool of a task type whose datapoints are one item each; `what` is what labelers do."""
    return ToolEntry(
        job_of_items(page, checked, what), f"Draft a {page.replace('_', ' ')} job", "draft", toolset="tasks"
    )


def _example_of_boxes(page: str, kind: type[PictureExample]) -> ToolEntry:
    """The example tool of a task type that is answered in a picture."""
    return ToolEntry(example_of_boxes(page, kind), f"Add a {page} example", "draft", repeatable=False, toolset="tasks")


TOOLS = (
    ToolEntry(find_audiences, "Find audiences", "read"),
    ToolEntry(get_audience, "Look at an audience", "read"),
    ToolEntry(create_audience, "Create an audience", "draft"),
    ToolEntry(add_compare_example, "Add a qualification example", "draft", repeatable=False),
    ToolEntry(start_recruiting, "Start recruiting", "draft"),
    ToolEntry(create_compare_job, "Draft a compare job", "draft"),
    ToolEntry(assign_job, "Start a job (spends money)", "spends"),
    ToolEntry(get_job, "Look at a job", "read"),
    ToolEntry(find_jobs, "Find jobs and drafts", "read"),
    ToolEntry(get_results, "Read results", "read"),
    ToolEntry(pause_job, "Pause a job", "write"),
    ToolEntry(resume_job, "Resume a job (spends money)", "spends"),
    ToolEntry(create_classification_job, "Draft a classification job", "draft"),
    ToolEntry(add_classification_example, "Add a classification example", "draft", repeatable=False),
    ToolEntry(export_results, "Write results into a file", "write", repeatable=False),
    _job_of_items("free_text", FreeTextTask.checked, "labelers write a text about each item"),
    ToolEntry(create_ranking_job, "Draft a ranking job", "draft", toolset="tasks"),
    _job_of_items("locate", LocateTask.checked, "labelers point at what the instruction names in each picture"),
    _example_of_boxes("locate", LocateExample),
    _job_of_items("draw", DrawTask.checked, "labelers draw over what the instruction names in each picture"),
    _example_of_boxes("draw", DrawExample),
    ToolEntry(create_select_words_job, "Draft a select words job", "draft", toolset="tasks"),
    ToolEntry(add_select_words_example, "Add a select words example", "draft", repeatable=False, toolset="tasks"),
    ToolEntry(filter_audience, "Make a filtered audience", "draft", toolset="manage"),
    ToolEntry(update_audience, "Change an audience", "write", toolset="manage"),
    ToolEntry(remove_example, "Remove a qualification example", "write", toolset="manage", destroys=True),
    ToolEntry(delete_audience, "Delete an audience", "write", toolset="manage", destroys=True),
    ToolEntry(delete_job, "Delete a job and its answers", "write", toolset="manage", destroys=True),
    ToolEntry(delete_job_definition, "Delete a draft", "write", toolset="manage", destroys=True),
)

MODES: dict[str, frozenset[Effect]] = {
    "read-only": frozenset({"read"}),
    "draft": frozenset({"read", "draft", "write"}),
    "full": frozenset({"read", "draft", "write", "spends"}),
}
"""What tools may do in each mode."""


def within(mode: str, toolsets: Collection[str] = ("core",)) -> list[ToolEntry]:
    """The tools that a mode allows, of these toolsets; the others are neither listed nor callable."""
    return [entry for entry in TOOLS if entry.effect in MODES[mode] and _is_in(entry, toolsets)]


def left_out(mode: str, toolsets: Collection[str]) -> dict[Toolset, list[str]]:
    """The names of the tools that a mode allows and that are switched off, by toolset."""
    names: dict[Toolset, list[str]] = {}
    for entry in TOOLS:
        if entry.effect in MODES[mode] and not _is_in(entry, toolsets):
            names.setdefault(entry.toolset, []).append(entry.function.__name__)
    return names


def _is_in(entry: ToolEntry, toolsets: Collection[str]) -> bool:
    return "all" in toolsets or entry.toolset in toolsets


def build(entry: ToolEntry) -> Tool:
    """The tool of the SDK: strict about its arguments, with schemas that cost no more tokens than they must."""
    tool = Tool.from_function(
        entry.function,
        title=entry.title,
        description=inspect.getdoc(entry.function),
        annotations=ToolAnnotations(
            read_only_hint=entry.effect == "read",
            destructive_hint=entry.effect == "spends" or entry.destroys,
            idempotent_hint=entry.repeatable,
            open_world_hint=True,  # all of it is, or comes from, people elsewhere
        ),
    )
    loose = tool.fn_metadata.arg_model
    # The SDK ignores unknown arguments and turns "7" and true into numbers; an assistant should hear of its mistake.
    rules = {"__module__": __name__, "model_config": ConfigDict(extra="forbid", strict=True, defer_build=True)}
    strict = cast("type[ArgModelBase]", type(loose.__name__, (loose,), rules))
    tool.fn_metadata.arg_model = strict
    tool.parameters = lean({"type": "object", "additionalProperties": False} | tool.parameters, null=None)
    told = lean(tool.fn_metadata.output_schema or {}, null={"type": "null"})
    tool.fn_metadata.output_schema = told | {"required": ["summary", "next_step"]}
    return tool


def lean(schema: dict[str, Any], *, null: dict[str, str] | None) -> dict[str, Any]:
    """A schema without titles, docstrings of classes, empty defaults and patterns of ids, with the shortest "or null".

    Without `null` that is not said at all: an argument that is null counts as not given.
    """
    slim = {key: value for key, value in schema.items() if key != "title" and (key, value) not in _LEFT_OUT}
    choices = [choice for choice in slim.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del slim["anyOf"]
        kind = choices[0].get("type")
        slim |= choices[0] | ({"type": [kind, "null"]} if null and kind else {})
        if null and "enum" in slim:
            slim["enum"] = [*slim["enum"], None]
        if null and not kind:
            slim["anyOf"] = [choices[0], null]
    elif choices and all(set(choice) == {"type"} for choice in choices):
        slim["type"] = [choice["type"] for choice in slim.pop("anyOf")]
    if null and slim.get("additionalProperties") is False:  # a client needs not refuse what a later version adds
        del slim["additionalProperties"]
    if isinstance(slim.get("additionalProperties"), dict):
        slim["additionalProperties"] = lean(slim["additionalProperties"], null=null)
    for key in ("properties", "$defs"):
        if key in slim:
            slim[key] = {name: lean(part, null=null) for name, part in slim[key].items()}
    if "properties" in slim:
        slim.pop("description", None)
        if null:  # an answer has all of its fields: naming each once more would cost a sixth of its schema
            slim.pop("required", None)
    if "items" in slim:
        slim["items"] = lean(slim["items"], null=null)
    return slim
