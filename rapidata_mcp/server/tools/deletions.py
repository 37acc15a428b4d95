"""The tools that delete audiences, jobs and drafts."""

from __future__ import annotations

from mcp.server.mcpserver import Context

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.errors import Refused
from rapidata_mcp.server.arguments import DefinitionId, JobId, OwnAudienceId
from rapidata_mcp.server.audiences.reading import read_custom_audience
from rapidata_mcp.server.identifiers import AUDIENCE, JOB, JOB_DEFINITION, Entity
from rapidata_mcp.server.jobs.reading import answer_in_time
from rapidata_mcp.server.replies import Reply, clean, count_of, quoted
from rapidata_mcp.server.services import services_of

JOBS_NAMED = 5


class Deleted(Reply):
    """A thing that was deleted."""

    deleted_id: str


def _deleted(entity: Entity, identifier: str, summary: str) -> Deleted:
    rest = NextStep(Call(entity.finder, why="lists the rest"))
    return Deleted(summary=summary, next_step=rest, deleted_id=identifier)


async def delete_audience(ctx: Context, audience_id: OwnAudienceId) -> Deleted:
    """Deletes a custom audience and its examples, unless an unfinished job needs it. This cannot be undone.

    Its jobs stay.
    """
    platform = (await services_of(ctx)).platform
    state = await read_custom_audience(platform, audience_id)
    unfinished = await platform.unfinished_jobs_on(audience_id)
    if unfinished:
        names = ", ".join(f"{job.job_id} ({job.state})" for job in unfinished[:JOBS_NAMED])
        more = f" and {len(unfinished) - JOBS_NAMED} more" if len(unfinished) > JOBS_NAMED else ""
        raise Refused(
            f"Without this audience or a part of it, nobody could answer {names}{more}. Nothing was deleted.",
            NextStep(
                "Let unfinished jobs end",
                Call("delete_job", {"job_id": unfinished[0].job_id}, "deletes one of them", lead="or"),
            ),
        )
    await platform.audiences.delete(audience_id)
    return _deleted(
        AUDIENCE,
        audience_id,
        f"Deleted the audience {quoted(clean(state.audience.name))} with its examples. Its jobs stay. Nobody is left "
        "in the filtered audiences that are parts of it.",
    )


async def delete_job(ctx: Context, job_id: JobId) -> Deleted:
    """Deletes a job with all responses. Its cost is not refunded. This cannot be undone."""
    platform = (await services_of(ctx)).platform
    with JOB.must_exist(job_id):
        job = await platform.jobs.get(job_id)
        progress = await answer_in_time(platform.jobs.progress(job_id))
        await platform.jobs.delete(job_id)
    responses = "all responses" if progress is None else count_of(progress.response_count or 0, "response")
    return _deleted(JOB, job_id, f"Deleted the job {quoted(clean(job.name))} with {responses}. Its draft stays.")


async def delete_job_definition(ctx: Context, job_definition_id: DefinitionId) -> Deleted:
    """Deletes a draft. Jobs that were started from it continue. This cannot be undone."""
    platform = (await services_of(ctx)).platform
    with JOB_DEFINITION.must_exist(job_definition_id):
        definition = await platform.definitions.get(job_definition_id)
        await platform.definitions.delete(job_definition_id)
    summary = f"Deleted the draft {quoted(clean(definition.name))}. Jobs that were started from it continue."
    return _deleted(JOB_DEFINITION, job_definition_id, summary)
