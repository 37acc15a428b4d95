"""The tool that starts jobs, and so spends money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.concurrency import together
from rapidata_mcp.server.arguments import AudienceId, DefinitionId, Repeat
from rapidata_mcp.server.desk import desk_of
from rapidata_mcp.server.replies import Reply, clean, rehearsal
from rapidata_mcp.server.tools.audiences import read_audience, require_examples
from rapidata_mcp.server.tools.definitions import described, draft_facts

if TYPE_CHECKING:
    from rapidata_mcp.spending.ledger import LedgerAttempt


class AssignedJob(Reply):
    """A job that was started, or why not."""

    status: Literal["started", "approval_required", "declined"]
    job_id: str | None = None
    quote: str | None = None
    already_existed: bool
    job_definition_id: str
    audience_id: str
    recruiting_started: bool
    most_responses: int
    estimated_cost_usd: float | None = None


async def assign_job(
    ctx: Context,
    job_definition_id: DefinitionId,
    audience_id: AudienceId,
    run_after: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$", description="A job of the same audience to wait for")
    ] = "",
    repeat: Repeat = False,
) -> AssignedJob:
    """Runs a draft on an audience: the one step that spends money. Starts recruiting where that has not begun.

    The same call again returns the job it started. A running job can be paused with pause_job.
    """
    desk = await desk_of(ctx)
    platform = desk.platform
    read, draft = await together(read_audience(platform, audience_id), draft_facts(platform, job_definition_id))
    recruit = read.audience.kind == "custom" and read.audience.status == "Created"
    if recruit:
        require_examples(read)
        await platform.audiences.start_recruiting(audience_id)

    async def start(attempt: LedgerAttempt) -> str:
        return await platform.jobs.start(
            job_definition_id, draft["revision"], audience_id, run_after=run_after or None, attempt=attempt
        )

    made = await desk.ledger.once(
        "job",
        {"job_definition_id": job_definition_id, "revision": draft["revision"], "audience_id": audience_id},
        make=start,
        exists=platform.jobs.exists,
        repeat=repeat,
    )
    if made.already_existed:
        state = (await platform.jobs.get(made.id)).state
        done = f"This job had been started before; it is {state}"
    else:
        done = "Started the job; pause_job stops it"
    return AssignedJob(
        summary=f'{done}: "{draft["name"]}" on "{clean(read.audience.name)}", {described(draft)}.'
        f"{' Recruiting has started for its audience.' if recruit else ''}{rehearsal(platform.simulated)}",
        status="started",
        job_id=made.id,
        already_existed=made.already_existed,
        job_definition_id=job_definition_id,
        audience_id=audience_id,
        recruiting_started=recruit,
        most_responses=draft["most_responses"],
        estimated_cost_usd=draft["estimated_cost_usd"],
        next_step=f"get_job(job_id='{made.id}', wait_seconds=30) tells how far it is.",
    )
