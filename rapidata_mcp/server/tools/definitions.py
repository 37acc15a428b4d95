"""The tool that drafts a compare job."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from anyio import to_thread
from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.concurrency import together
from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.server.arguments import ItemKind, Repeat, TaskSettings, unknown
from rapidata_mcp.server.desk import desk_of, files_of
from rapidata_mcp.server.replies import Outside, Reply, clean, counted, dollars, fenced, rehearsal
from rapidata_mcp.tasks.arguments import MAX_NAME, Datapoint, Stopping, require_text
from rapidata_mcp.tasks.compare import CompareTask
from rapidata_mcp.tasks.drafts import TaskDraft
from rapidata_mcp.tasks.table import read_pairs

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform


class Draft(Reply):
    """A job definition: drafted, priced, not started."""

    job_definition_id: str
    name: Outside
    already_existed: bool
    revision: int
    datapoints: int
    most_responses: int
    estimated_cost_usd: float | None = None
    balance_usd: float | None = None
    preview_url: str | None = None
    started_jobs: list[str] = []


async def create_compare_job(
    ctx: Context,
    name: Annotated[str, Field(description="For you and the user; labelers do not see it")],
    instruction: Annotated[
        str, Field(description="One question, one criterion; at most 250 characters, best under 80")
    ],
    datapoints: Annotated[
        list[list[str]] | None,
        Field(max_length=10_000, description="Pairs of items: [[a1, b1], [a2, b2]]; or give datapoints_file"),
    ] = None,
    datapoints_file: Annotated[
        str,
        Field(
            description="CSV, JSONL or JSON file in an allowed directory; columns a, b, context, media_context, others"
        ),
    ] = "",
    contexts: Annotated[
        list[str] | None, Field(description="One text per pair, such as its prompt; at most 400 characters")
    ] = None,
    media_contexts: Annotated[
        list[list[str]] | None, Field(description="Up to 10 media per pair, shown with it")
    ] = None,
    private_metadata: Annotated[
        list[dict[str, str]] | None, Field(description="Per pair; only results show it")
    ] = None,
    data_type: ItemKind = "media",
    responses_per_datapoint: Annotated[int, Field(ge=1, le=1000, description="The most, if a threshold is given")] = 10,
    confidence_threshold: Annotated[
        float | None, Field(gt=0, lt=1, description="Stops a pair when one item is this certain, such as 0.99")
    ] = None,
    quorum_threshold: Annotated[
        int | None, Field(ge=1, description="Stops a pair at this many equal votes; not with confidence_threshold")
    ] = None,
    a_b_names: Annotated[
        list[str] | None, Field(description="What first and second items stand for, such as two models")
    ] = None,
    settings: TaskSettings | None = None,
    failure_tolerance: Annotated[float, Field(ge=0, lt=1, description="Share of pairs that may fail to upload")] = 0,
    repeat: Repeat = False,
) -> Draft:
    """Drafts a job in which labelers pick the better of two items, shown in random order. Nothing is started or spent.

    Returns its price and a preview link for the user.
    """
    require_text("name", name, MAX_NAME)
    stopping = Stopping(responses_per_datapoint, confidence_threshold, quorum_threshold)
    files = files_of(ctx)
    if datapoints_file:
        if datapoints or contexts or media_contexts or private_metadata:
            raise InvalidArgument(
                "datapoints_file", "holds all columns itself.", "Leave out datapoints and the others."
            )
        table = await to_thread.run_sync(lambda: read_pairs(files.table("datapoints_file", datapoints_file)))
        datapoints, contexts = table.pairs, [context or "" for context in table.contexts]
        media_contexts, private_metadata = table.media_contexts, table.private_metadata
    elif datapoints is None:
        raise InvalidArgument("datapoints", "is required, or datapoints_file.", "Give pairs: [[a1, b1], [a2, b2]].")
    check = partial(
        CompareTask.checked,
        instruction,
        datapoints,
        contexts=contexts,
        media_contexts=media_contexts,
        private_metadata=private_metadata,
        data_type=data_type,
        a_b_names=a_b_names,
        settings=settings,
        allowed=files,
    )
    task = await to_thread.run_sync(check)  # thousands of pairs, perhaps files
    desk = await desk_of(ctx)
    definitions = desk.platform.definitions
    made = await desk.ledger.once(
        "definition",
        content_of(name, task, stopping),
        make=lambda attempt: definitions.create(
            name, task, stopping, failure_tolerance=failure_tolerance, attempt=attempt
        ),
        exists=definitions.exists,
        repeat=repeat,
    )
    done = "This draft exists already; nothing was created" if made.already_existed else "Drafted the job"
    facts = await draft_facts(desk.platform, made.id)
    return Draft(
        **facts,
        already_existed=made.already_existed,
        summary=f"{done}: {fenced(facts['name'])}, {described(facts)}. {started(facts)}"
        f"{rehearsal(desk.platform.simulated)}",
    )


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
    responses = counted(facts["most_responses"], "response")
    cost, balance = facts["estimated_cost_usd"], facts["balance_usd"]
    left = "" if balance is None else f" of a balance of {dollars(balance)}"
    price = dollars(cost) if not cost else f"estimated at {dollars(cost)} (a few late responses can add to it)"
    return f"{counted(facts['datapoints'], 'pair')}, about {responses} at most, {price}{left}"


def started(facts: dict[str, Any]) -> str:
    """Whether a draft has been used, for people."""
    jobs = facts["started_jobs"]
    return f"It was started before, as {', '.join(jobs)}." if jobs else "It has not been started."


async def draft_facts(platform: Platform, definition_id: str) -> dict[str, Any]:
    """What is told of a draft wherever it appears, except for `summary`.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    try:
        (definition, revision, estimate, jobs), balance = await together(
            platform.read_definition(definition_id), platform.balance()
        )
    except NotFound:
        raise unknown("job_definition_id", "job definition", definition_id, "find_jobs()") from None
    if estimate is None:
        datapoints = await platform.definitions.datapoint_count(revision.dataset_id)
        most, next_step = (
            datapoints * revision.referee.most,
            f"get_job(job_definition_id='{definition_id}') in a few seconds tells the price.",
        )
    elif jobs:
        datapoints, most = estimate.datapoint_count, estimate.required_responses
        next_step = (
            f"get_job(job_id='{jobs[0].job_id}') tells how its job is doing; assign_job would start another one."
        )
    else:
        datapoints, most = estimate.datapoint_count, estimate.required_responses
        next_step = (
            f"Show the user price and preview_url ({platform.link_life}); then assign_job(job_definition_id="
            f"'{definition_id}', audience_id) starts it, on 'global' or an audience of find_audiences()."
        )
    return {
        "job_definition_id": definition_id,
        "name": clean(definition.name),
        "revision": revision.revision_number,
        "datapoints": datapoints,
        "most_responses": most,
        "estimated_cost_usd": estimate.estimated_cost if estimate else None,
        "balance_usd": balance,
        "preview_url": platform.preview_url(definition_id),
        "started_jobs": [job.job_id for job in jobs],
        "next_step": next_step,
    }
