"""All tools, in the order in which an assistant sees them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal

from mcp.types import InputRequiredResult

from rapidata_mcp.server.replies import Reply
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
from rapidata_mcp.server.tools.picture_example import picture_example
from rapidata_mcp.server.tools.ranking import create_ranking_job
from rapidata_mcp.server.tools.recruiting import start_recruiting
from rapidata_mcp.server.tools.results import get_results
from rapidata_mcp.server.tools.resumption import resume_job
from rapidata_mcp.server.tools.select_words import add_select_words_example, create_select_words_job
from rapidata_mcp.server.tools.single_item_job import single_item_job
from rapidata_mcp.spending.records import SpendOutcome
from rapidata_mcp.tasks.drafts import TaskDraft
from rapidata_mcp.tasks.draw import DrawExample, DrawTask
from rapidata_mcp.tasks.free_text import FreeTextTask
from rapidata_mcp.tasks.locate import LocateExample, LocateTask
from rapidata_mcp.tasks.pictures import PictureExample

Effect = Literal["read", "draft", "write", "spends"]
Toolset = Literal["core", "tasks", "manage"]


@dataclass(frozen=True)
class ToolEntry:
    """A tool: its function, its title for people, and its effects.

    `repeatable`: calling it twice has the effect of calling it once. `destroys`: what it removes cannot be restored.
    """

    function: Callable[..., Any]
    title: str
    effect: Effect
    repeatable: bool = True
    toolset: Toolset = "core"
    destroys: bool = False

    @property
    def name(self) -> str:
        """The name of the tool."""
        return self.function.__name__


@dataclass(frozen=True)
class FreeTool(ToolEntry):
    """A tool that never spends money."""

    function: Callable[..., Awaitable[Reply]]
    effect: Literal["read", "draft", "write"]


@dataclass(frozen=True)
class SpendingTool(ToolEntry):
    """A tool that can spend money. It returns the record of what it sent, which the audit log needs."""

    function: Callable[..., Awaitable[SpendOutcome[Reply | InputRequiredResult]]]
    effect: Literal["spends"] = "spends"


def _single_item_job(slug: str, from_arguments: Callable[..., TaskDraft], work: str) -> FreeTool:
    """The create tool of a task type with one item per datapoint. `work` says what labelers do."""
    function = single_item_job(slug, from_arguments, work)
    return FreeTool(function, f"Draft a {slug.replace('_', ' ')} job", "draft", toolset="tasks")


def _picture_example(slug: str, kind: type[PictureExample]) -> FreeTool:
    """The example tool of a task type whose answers are places in a picture."""
    return FreeTool(picture_example(slug, kind), f"Add a {slug} example", "draft", repeatable=False, toolset="tasks")


TOOLS: tuple[FreeTool | SpendingTool, ...] = (
    FreeTool(find_audiences, "Find audiences", "read"),
    FreeTool(get_audience, "Look at an audience", "read"),
    FreeTool(create_audience, "Create an audience", "draft"),
    FreeTool(add_compare_example, "Add a qualification example", "draft", repeatable=False),
    FreeTool(start_recruiting, "Start recruiting", "draft"),
    FreeTool(create_compare_job, "Draft a compare job", "draft"),
    SpendingTool(assign_job, "Start a job (spends money)"),
    FreeTool(get_job, "Look at a job", "read"),
    FreeTool(find_jobs, "Find jobs and drafts", "read"),
    FreeTool(get_results, "Read results", "read"),
    FreeTool(pause_job, "Pause a job", "write"),
    SpendingTool(resume_job, "Resume a job (spends money)"),
    FreeTool(create_classification_job, "Draft a classification job", "draft"),
    FreeTool(add_classification_example, "Add a classification example", "draft", repeatable=False),
    FreeTool(export_results, "Write results into a file", "write", repeatable=False),
    _single_item_job("free_text", FreeTextTask.from_arguments, "labelers write a text about each item"),
    FreeTool(create_ranking_job, "Draft a ranking job", "draft", toolset="tasks"),
    _single_item_job(
        "locate", LocateTask.from_arguments, "labelers point at what the instruction names in each picture"
    ),
    _picture_example("locate", LocateExample),
    _single_item_job("draw", DrawTask.from_arguments, "labelers draw over what the instruction names in each picture"),
    _picture_example("draw", DrawExample),
    FreeTool(create_select_words_job, "Draft a select words job", "draft", toolset="tasks"),
    FreeTool(add_select_words_example, "Add a select words example", "draft", repeatable=False, toolset="tasks"),
    FreeTool(filter_audience, "Make a filtered audience", "draft", toolset="manage"),
    FreeTool(update_audience, "Change an audience", "write", toolset="manage"),
    FreeTool(remove_example, "Remove a qualification example", "write", toolset="manage", destroys=True),
    FreeTool(delete_audience, "Delete an audience", "write", toolset="manage", destroys=True),
    FreeTool(delete_job, "Delete a job and its answers", "write", toolset="manage", destroys=True),
    FreeTool(delete_job_definition, "Delete a draft", "write", toolset="manage", destroys=True),
)

EFFECTS_OF_MODE: dict[str, frozenset[Effect]] = {
    "read-only": frozenset({"read"}),
    "draft": frozenset({"read", "draft", "write"}),
    "full": frozenset({"read", "draft", "write", "spends"}),
}
"""The effects that each mode allows."""


def offered(mode: str, toolsets: Collection[str] = ("core",)) -> list[ToolEntry]:
    """Return the tools of these toolsets that a mode allows. Other tools are neither listed nor callable."""
    return [entry for entry in TOOLS if entry.effect in EFFECTS_OF_MODE[mode] and _is_in(entry, toolsets)]


def switched_off(mode: str, toolsets: Collection[str]) -> dict[Toolset, list[str]]:
    """Return the names of the tools that a mode allows and that other toolsets have, by toolset."""
    names: dict[Toolset, list[str]] = {}
    for entry in TOOLS:
        if entry.effect in EFFECTS_OF_MODE[mode] and not _is_in(entry, toolsets):
            names.setdefault(entry.toolset, []).append(entry.name)
    return names


def _is_in(entry: ToolEntry, toolsets: Collection[str]) -> bool:
    return "all" in toolsets or entry.toolset in toolsets
