"""Drafts of jobs, whatever their task type: created once, priced, described."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from mcp.server.mcpserver import Context

from rapidata_mcp.calls import UNKNOWN, Call, NextStep
from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.models.referees import NaiveReferee
from rapidata_mcp.server.identifiers import JOB_DEFINITION
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, count_of, dollars, quoted, rehearsal_note
from rapidata_mcp.server.services import files_of, services_of
from rapidata_mcp.tasks.arguments import MAX_NAME, Datapoint, Media, Stopping, require_text
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.drafts import Beside, TaskDraft
from rapidata_mcp.tasks.ranking import Ranking
from rapidata_mcp.tasks.table import read_table

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform

FIRST_REVISION = 1
INSTRUCTION_SHOWN = 250


class Draft(Reply):
    """A job definition: drafted, priced, not started."""

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
    ctx: Context[Any, Any],
    name: str,
    check: Callable[[], TaskDraft],
    stopping: Stopping,
    failure_tolerance: float = 0,
    *,
    repeat: bool = False,
) -> Draft:
    """Create the definition of a task that `check` builds, once, and tell what it costs.

    Raises:
        RapidataError: where the task is impossible, or the platform does not take it.
    """
    require_text("name", name, MAX_NAME)

    def checked() -> tuple[TaskDraft, dict[str, Any]]:
        task = check()
        return task, content_of(name, task, stopping)

    task, content = await to_thread.run_sync(checked)  # thousands of datapoints, perhaps files
    services = await services_of(ctx)
    definitions = services.platform.definitions
    made = await services.ledger.create_once(
        "definition",
        content,
        make=lambda attempt: definitions.create(
            name, task, stopping, failure_tolerance=failure_tolerance, attempt=attempt
        ),
        exists=definitions.exists,
        repeat=repeat,
    )
    done = "This draft exists already; nothing was created" if made.already_existed else "Drafted the job"
    facts = await draft_facts(services.platform, made.id, task.comparisons)
    return Draft(
        **{name: fact for name, fact in facts.items() if name in Draft.model_fields},
        already_existed=made.already_existed,
        summary=f"{done}: {quoted(facts['name'])}, {described(facts)}. {started(facts)}"
        f"{_changed(facts) if made.already_existed else ''}{_read_as_text(task)}"
        f"{rehearsal_note(services.platform.simulated)}",
    )


def _changed(facts: dict[str, Any]) -> str:
    """That a draft is no longer what was asked for, to append: a draft is made with its first revision."""
    if facts["revision"] == FIRST_REVISION:
        return ""
    return (
        f" But it was changed since: revision {facts['revision']} asks {facts['asks']}. repeat=true drafts another as "
        "asked for."
    )


def _read_as_text(task: TaskDraft) -> str:
    """A sentence to append where texts are all addresses, of which labelers see no media."""
    items = [item for point in task.datapoints for item in point.items]
    if task.data_type != "text" or not items or not all(item.startswith(("https://", "http://")) for item in items):
        return ""
    return " All items are addresses: labelers will read them as texts. With data_type='media' they see the media."


async def datapoints_of(
    ctx: Context[Any, Any],
    columns: Sequence[str],
    rows: Sequence[Sequence[str]] | None,
    file: str,
    beside: Beside,
) -> tuple[Sequence[Sequence[str]], Beside]:
    """The items of a job and what is given beside them: from the arguments, or from a file with these columns.

    Raises:
        InvalidArgument: where both are given, none, or the file cannot be read as that.
    """
    files = files_of(ctx)
    if not file:
        if rows is None:
            raise InvalidArgument("datapoints", "is required, or datapoints_file.", "Give one of the two.")
        return rows, beside | {"allowed": files}
    in_file = ("contexts", "media_contexts", "private_metadata")
    if rows or any(beside.get(column) for column in in_file):
        raise InvalidArgument("datapoints_file", "holds all columns itself.", "Leave out datapoints and the others.")
    data_type = beside.get("data_type", "media")
    table = await to_thread.run_sync(
        lambda: read_table(files.table("datapoints_file", file), columns, Media(files), data_type)
    )
    given: Beside = {
        "contexts": [context or "" for context in table.contexts],
        "media_contexts": table.media_contexts,
        "private_metadata": table.private_metadata,
        "allowed": files,
    }
    return table.rows, beside | given


def content_of(name: str, task: TaskDraft, stopping: Stopping) -> dict[str, Any]:
    """What makes two definitions the same; a local file counts with its size and time of change."""
    return {
        "name": name,
        "instruction": task.instruction,
        "datapoints": [
            [point.items, point.context, point.media_context, dict(point.private_metadata or {}), *_own(point)]
            for point in task.datapoints
        ],
        "files": sorted(file.key for file in task.files.values()),
        "data_type": task.data_type,
        "stopping": [stopping.responses, stopping.confidence, stopping.quorum],
        "settings": task.settings,
        **task.identity(),
    }


def _own(point: Datapoint) -> list[Any]:
    """What only some task types give a datapoint."""
    return [dict(point.segments), point.group] if point.segments or point.group else []


def described(facts: dict[str, Any]) -> str:
    """Size and price of a draft, for people."""
    cost, balance = facts["estimated_cost_usd"], facts["balance_usd"]
    left = "" if balance is None else f" of a balance of {dollars(balance)}"
    price = dollars(cost) if not cost else f"estimated at {dollars(cost)}"
    if facts["most_responses"] is None:
        return (
            f"{count_of(facts['datapoints'], 'item')} to rank, in as many comparisons as its price will tell, {price}"
        )
    about = f"{'up to ' if facts['stops_early'] else ''}about {count_of(facts['most_responses'], 'response')}"
    responses = f"{about} (a few late ones can come on top)"  # contract H.10
    unit = "pair" if facts["task"] in (Compare.name, Ranking.name) else "datapoint"
    return f"{count_of(facts['datapoints'], unit)}, {responses}, {price}{left}"


def started(facts: dict[str, Any]) -> str:
    """Whether a draft has been used, for people."""
    jobs = facts["started_jobs"]
    return f"It was started before, as {', '.join(jobs)}." if jobs else "It has not been started."


async def draft_facts(platform: Platform, definition_id: str, comparisons: int | None = None) -> dict[str, Any]:
    """What is told of a draft wherever it appears, except for `summary`.

    `comparisons` are those of a ranking. Where they are not given, the platform tells them only with the price: until
    then `datapoints` are its items, and `most_responses` is None.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    with JOB_DEFINITION.must_exist(definition_id):
        (definition, revision, estimate, jobs), balance = await gather(
            platform.read_definition(definition_id), platform.balance()
        )
    if estimate is None:
        datapoints = comparisons or await platform.definitions.datapoint_count(revision.dataset_id)
        known = comparisons is not None or revision.task.name != Ranking.name
        most = datapoints * revision.referee.most if known else None
        next_step = NextStep(Call("get_job", {"job_definition_id": definition_id}, "in a few seconds shows the price"))
    elif jobs:
        datapoints, most = estimate.datapoint_count, estimate.required_responses
        next_step = NextStep(
            Call("get_job", {"job_id": jobs[0].job_id}, "shows the progress of its job"),
            Call(
                "assign_job",
                {"job_definition_id": definition_id, "audience_id": UNKNOWN},
                "with another audience, or with repeat=true, starts another job",
            ),
        )
    else:
        datapoints, most = estimate.datapoint_count, estimate.required_responses
        next_step = NextStep(
            f"Show the user price and preview_url ({platform.links.life})",
            Call(
                "assign_job",
                {"job_definition_id": definition_id, "audience_id": UNKNOWN},
                "starts it, on 'global' or an audience of find_audiences()",
            ),
        )
    return {
        "job_definition_id": definition_id,
        "task": revision.task.name,
        "name": clean(definition.name),
        "revision": revision.revision_number,
        "datapoints": datapoints,
        "most_responses": most,
        "asks": quoted(clean(revision.task.instruction(revision.asked), INSTRUCTION_SHOWN)),
        "stops_early": not isinstance(revision.referee, NaiveReferee),
        "estimated_cost_usd": estimate.estimated_cost if estimate else None,
        "balance_usd": balance,
        "preview_url": platform.links.preview(definition_id),
        "started_jobs": [job.job_id for job in jobs],
        "next_step": next_step,
    }
