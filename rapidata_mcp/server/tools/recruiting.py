"""The tool that starts recruiting."""

from __future__ import annotations

from mcp.server.mcpserver import Context

from rapidata_mcp.calls import UNKNOWN, Call
from rapidata_mcp.errors import Refused
from rapidata_mcp.server.arguments import OwnAudienceId
from rapidata_mcp.server.audiences.advice import require_examples
from rapidata_mcp.server.audiences.problems import UNCHANGEABLE, describe_low_pass_rate
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.replies import AudienceReply, audience_reply
from rapidata_mcp.server.replies import quoted, rehearsal_note
from rapidata_mcp.server.services import services_of


async def start_recruiting(ctx: Context, audience_id: OwnAudienceId) -> AudienceReply:
    """Lets labelers qualify for a custom audience that has at least min_tasks examples. Free. Call it once."""
    platform = (await services_of(ctx)).platform
    state = await read_audience(platform, audience_id)
    if state.audience.kind != "custom":
        raise Refused(
            f"The {state.audience.kind} audience needs no recruiting.",
            Call("assign_job", {"job_definition_id": UNKNOWN, "audience_id": audience_id}, "runs a job on it"),
        )
    require_examples(state)
    started = state.audience.status == "Created"
    if started:
        await platform.audiences.start_recruiting(audience_id)
        state = await read_audience(platform, audience_id)
    problem = describe_low_pass_rate(state)
    job = await platform.newest_job_on(audience_id) if problem else None
    outcome = "started" if started else f"already started; the status is {state.audience.status}"
    note = f" {problem} {UNCHANGEABLE}" if problem else ""
    summary = f"Recruiting for {quoted(state.name)} has {outcome}.{note}{rehearsal_note(platform.simulated)}"
    return audience_reply(state, summary, job.job_definition_id if job else "")
