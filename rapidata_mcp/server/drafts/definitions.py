"""Drafts of jobs, for every task type. A job definition is created once and returned with its price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anyio import to_thread
from mcp.server.mcpserver import Context

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server.arguments import DraftArguments
from rapidata_mcp.server.drafts.state import FIRST_REVISION, DraftState, read_draft
from rapidata_mcp.server.replies import Reply, UntrustedText, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.arguments import MAX_NAME, Datapoint, MediaItems, Stopping, is_remote, require_text
from rapidata_mcp.tasks.datapoints_file import read_datapoints_file
from rapidata_mcp.tasks.drafts import JobOptions, TaskDraft


class Draft(Reply):
    """A job definition that was created or already existed, with its price."""

    job_definition_id: str
    task: str
    name: UntrustedText
    already_existed: bool
    revision: int
    datapoints: int
    most_responses: int
    estimated_cost_usd: float | None = None
    balance_usd: float | None = None
    preview_url: str | None = None
    started_jobs: list[str] = []


async def draft(
    ctx: Context[Any, Any], name: str, stopping: Stopping, options: DraftArguments, build: Callable[[], TaskDraft]
) -> Draft:
    """Create the definition of the task that `build` returns, once.

    Raises:
        RapidataError: if an argument is not valid, or the platform refuses the job.
    """
    require_text("name", name, MAX_NAME)
    # Both read thousands of datapoints, and perhaps files.
    task = await to_thread.run_sync(build)
    content = await to_thread.run_sync(ledger_content, name, task, stopping)
    services = await services_of(ctx)
    definitions = services.platform.definitions
    made = await services.ledger.create_once(
        "definition",
        content,
        make=lambda attempt: definitions.create(
            name, task, stopping, failure_tolerance=options.failure_tolerance, attempt=attempt
        ),
        exists=definitions.exists,
        repeat=options.repeat,
    )
    state = await read_draft(services.platform, made.id, task.comparisons)
    outcome = "This draft exists already; nothing was created" if made.already_existed else "Drafted the job"
    changed = _later_revision(state) if made.already_existed else ""
    return _reply(
        state,
        summary=f"{outcome}: {quoted(state.name)}, {state.size_and_price}. {state.earlier_starts}{changed}"
        f"{_note_on_urls(task)}{rehearsal_note(services.platform.simulated)}",
        already_existed=made.already_existed,
        responses=stopping.responses,
    )


def _reply(state: DraftState, *, summary: str, already_existed: bool, responses: int) -> Draft:
    return Draft(
        summary=summary,
        next_step=state.next_step,
        job_definition_id=state.job_definition_id,
        task=state.task,
        name=state.name,
        already_existed=already_existed,
        revision=state.revision,
        datapoints=state.datapoints,
        most_responses=state.most_responses or state.datapoints * responses,
        estimated_cost_usd=state.estimated_cost,
        balance_usd=state.balance_usd,
        preview_url=state.preview_url,
        started_jobs=list(state.started_jobs),
    )


def _later_revision(state: DraftState) -> str:
    """A sentence to append if an existing draft has changed since its creation."""
    if state.revision == FIRST_REVISION:
        return ""
    return (
        f" But it has changed: revision {state.revision} asks {state.quoted_instruction}. repeat=true drafts "
        "another job with these arguments."
    )


def _note_on_urls(task: TaskDraft) -> str:
    """A sentence to append if the items are texts and all of them are URLs: labelers do not see the media."""
    items = [item for point in task.content.datapoints for item in point.items]
    if task.content.data_type != "text" or not items or not all(is_remote(item) for item in items):
        return ""
    return " All items are URLs: labelers will read them as texts. With data_type='media' they see the media."


@dataclass(frozen=True, kw_only=True)
class Datapoints:
    """The items of a job, one row per datapoint, with the options of the job."""

    rows: Sequence[Sequence[str]]
    options: JobOptions

    def column(self, index: int) -> list[str]:
        """Return the item at this index of each row."""
        return [row[index] for row in self.rows]


async def read_datapoints(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]] | None,
    file: str,
    options: JobOptions,
) -> Datapoints:
    """Return the datapoints of the arguments, or of a file with these columns.

    Raises:
        InvalidArgument: if both or neither are given, or the file cannot be read.
    """
    if not file:
        if rows is None:
            raise InvalidArgument("datapoints", "is required, or datapoints_file.", "Give one of the two.")
        return Datapoints(rows=rows, options=options)
    if rows or options.contexts or options.media_contexts or options.private_metadata:
        raise InvalidArgument("datapoints_file", "holds all columns itself.", "Omit datapoints and the others.")
    local_file = options.allowed.table("datapoints_file", file)
    table = await to_thread.run_sync(
        read_datapoints_file, local_file, columns, MediaItems(options.allowed), options.data_type
    )
    return Datapoints(
        rows=table.rows,
        options=replace(
            options,
            contexts=table.contexts,
            media_contexts=table.media_contexts,
            private_metadata=table.private_metadata,
        ),
    )


def rows_of(items: Sequence[str] | None) -> list[list[str]] | None:
    """Return one row per item; None if there are no items."""
    return None if items is None else [[item] for item in items]


def ledger_content(name: str, task: TaskDraft, stopping: Stopping) -> dict[str, object]:
    """Return the JSON that identifies a definition in the ledger. Local files count with size and time of change.

    Databases hold hashes of this JSON. If its form changed, existing drafts would be created again.
    """
    content = task.content
    return {
        "name": name,
        "instruction": content.instruction,
        "datapoints": [
            [point.items, point.context, point.media_context, dict(point.private_metadata or {}), *_own_parts(point)]
            for point in content.datapoints
        ],
        "files": sorted(file.key for file in content.files.values()),
        "data_type": content.data_type,
        "stopping": [stopping.responses, stopping.confidence, stopping.quorum],
        "settings": content.settings,
        **task.identity(),
    }


def _own_parts(point: Datapoint) -> list[Any]:
    """The parts of a datapoint that only some task types have."""
    return [dict(point.segments), point.group] if point.segments or point.group else []
