"""The tools that find and show audiences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp.server.mcpserver import Context
from pydantic import BaseModel, Field

from rapidata_mcp.calls import UNKNOWN, Call, NextStep
from rapidata_mcp.concurrency import gather, task_group
from rapidata_mcp.models.audience_kinds import AudienceKind
from rapidata_mcp.server.arguments import AudienceId, Limit, Name, PageNumber, next_page
from rapidata_mcp.server.audiences.problems import problems
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.replies import AudienceDetails, audience_reply, describe_audience, example_row
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, count_of, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks import TASK_TYPES

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import Audience

EXAMPLES_SHOWN = 15


class FoundAudience(BaseModel):
    """An audience in a list."""

    audience_id: str
    name: UntrustedText
    kind: AudienceKind = Field(
        description="global: everyone; curated: from Rapidata; custom: with your examples; filtered: part of another"
    )
    status: str
    about: UntrustedText = ""
    graduated: int | None = Field(None, description="None if nobody has to qualify")


class FoundAudiences(Reply):
    """A page of audiences."""

    audiences: list[FoundAudience]
    total: int


async def find_audiences(ctx: Context, name: Name = "", page: PageNumber = 1, limit: Limit = 10) -> FoundAudiences:
    """Lists audiences, newest first: your own, Rapidata's curated ones, and `global` (everyone)."""
    platform = (await services_of(ctx)).platform
    found = await platform.audiences.find(name, page, limit)
    rows: dict[str, FoundAudience] = {}

    async def add_row(audience: Audience) -> None:
        rows[audience.id] = await _row(platform, audience)

    async with task_group() as group:
        for audience in found.items:
            group.start_soon(add_row, audience)
    return FoundAudiences(
        summary=f"{len(rows)} of {count_of(found.total, 'audience')}, page {page}; filtered audiences are not listed.",
        audiences=[rows[audience.id] for audience in found.items],
        total=found.total,
        next_step=NextStep(next_page("find_audiences", name, page, limit))
        if found.total > page * limit
        else NextStep(
            Call(TASK_TYPES[0].job_tool, dict.fromkeys(("name", "instruction", "datapoints"), UNKNOWN), "drafts a job"),
            Call("assign_job", dict.fromkeys(("job_definition_id", "audience_id"), UNKNOWN), "runs it on an audience"),
        ),
    )


async def _row(platform: Platform, audience: Audience) -> FoundAudience:
    graduated = audience.graduated
    if audience.kind == "custom" and graduated is None:  # the platform's list does not count them
        graduated = (await platform.audiences.metrics(audience.id)).count("Graduated")
    return FoundAudience(
        audience_id=audience.id,
        name=clean(audience.name),
        kind=audience.kind,
        status=audience.status,
        about=clean(audience.description or "", 120),
        graduated=graduated if audience.kind == "custom" else None,
    )


async def get_audience(ctx: Context, audience_id: AudienceId) -> AudienceDetails:
    """Shows an audience: admission bar, recruiting funnel, problems, and how labelers did on each example."""
    platform = (await services_of(ctx)).platform
    state, job = await gather(read_audience(platform, audience_id), platform.newest_job_on(audience_id))
    note = "" if state.audience.kind == "custom" else rehearsal_note(platform.simulated)
    summary = f"{describe_audience(state, simulated=platform.simulated)}{note}"
    return AudienceDetails(
        **dict(audience_reply(state, summary, job.job_definition_id if job else "")),
        problems=problems(state, await platform.instruction_of(job) if job else None),
        examples=[example_row(example) for example in state.examples[:EXAMPLES_SHOWN]],
    )
