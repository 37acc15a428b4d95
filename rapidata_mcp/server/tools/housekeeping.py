"""Tools that keep house: change, narrow and delete what was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.calls import Call
from rapidata_mcp.errors import InvalidArgument, NotFound, Refused
from rapidata_mcp.server.arguments import ID, AudienceId, DefinitionId, JobId, OwnAudienceId, Repeat
from rapidata_mcp.server.audiences.filters import Filters, read_filters
from rapidata_mcp.server.audiences.reading import ReadAudience, read_audience
from rapidata_mcp.server.identifiers import JOB, JOB_DEFINITION
from rapidata_mcp.server.replies import Reply, clean, count_of, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.server.tools.audiences import AudienceState, CreatedAudience
from rapidata_mcp.server.tools.pausing import as_told
from rapidata_mcp.tasks.arguments import MAX_NAME, require_text

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform

JOBS_NAMED = 5


class Deleted(Reply):
    """What is gone."""

    deleted_id: str


async def update_audience(
    ctx: Context,
    audience_id: OwnAudienceId,
    name: Annotated[str, Field(description="Its new name")] = "",
    filters: Filters | None = None,
    clear_filters: Annotated[bool, Field(description="true lets everyone qualify")] = False,
) -> AudienceState:
    """Renames a custom audience, or changes who may qualify from now on; those who are in stay in."""
    from rapidata_mcp.models.audiences import AudienceChange

    if not name and not filters and not clear_filters:
        raise InvalidArgument("name", "or filters or clear_filters is required: there is nothing to change.")
    if filters and clear_filters:
        raise InvalidArgument("clear_filters", "cannot be combined with filters.", "Give one of the two.")
    change = AudienceChange()
    if name:
        change.name = require_text("name", name, MAX_NAME)
    if filters or clear_filters:
        change.filters = read_filters(filters or ())
    platform = (await services_of(ctx)).platform
    await _require_own(platform, audience_id)
    await platform.audiences.change(audience_id, change)
    read = await read_audience(platform, audience_id)
    told = [*(["its name"] if name else []), *(["who may qualify"] if filters or clear_filters else [])]
    return AudienceState(
        **read.facts(), summary=f"Changed {' and '.join(told)}: the audience {quoted(clean(read.audience.name))}."
    )


async def filter_audience(
    ctx: Context, audience_id: AudienceId, filters: Filters, repeat: Repeat = False
) -> CreatedAudience:
    """Makes an audience of those members of another one who fit filters. Nobody has to be recruited for it. Free."""
    wanted = read_filters(filters)
    if not wanted:
        raise InvalidArgument("filters", "is empty.", "Give at least one.")
    services = await services_of(ctx)
    platform = services.platform
    base = (await read_audience(platform, audience_id)).audience
    if base.kind in ("filtered", "unlisted"):
        raise Refused(
            f"audience_id: the {base.kind} audience cannot be filtered.", "Filter the one that it is made of."
        )
    made = await services.ledger.create_once(
        "filtered audience",
        {"base": audience_id, "filters": [part.to_json() for part in wanted]},
        make=lambda attempt: platform.audiences.derive(audience_id, wanted, attempt),
        exists=platform.audiences.exists,
        repeat=repeat,
    )
    read = await read_audience(platform, made.id)
    done = "This audience exists already" if made.already_existed else "Made the audience"
    return CreatedAudience(
        **read.facts(),
        already_existed=made.already_existed,
        summary=f"{done}: the part of {quoted(clean(base.name))} that fits the filters."
        f"{rehearsal_note(platform.simulated)}{platform.links.people(made.id)}",
        label_url=platform.links.label(made.id, None) or "",
    )


async def remove_example(
    ctx: Context,
    audience_id: OwnAudienceId,
    example_id: Annotated[str, Field(pattern=ID, description="From get_audience")],
) -> AudienceState:
    """Removes a qualification example, such as one with a wrong truth. It cannot be brought back."""
    platform = (await services_of(ctx)).platform
    before = await _require_own(platform, audience_id)
    if all(example.id != example_id for example in before.examples):
        raise NotFound(
            f"example_id: there is no example '{example_id}' of this audience.",
            Call("get_audience", {"audience_id": audience_id}, "lists them"),
        )
    await platform.examples.delete(example_id)
    read = await read_audience(platform, audience_id)
    return AudienceState(
        **read.facts(),
        summary=f"Removed the example; {count_of(len(read.examples), 'example')} left. "
        "Who qualified or dropped out because of it stays so.",
    )


async def delete_audience(ctx: Context, audience_id: OwnAudienceId) -> Deleted:
    """Deletes a custom audience that no unfinished job needs, and its examples. Jobs stay. It cannot come back."""
    platform = (await services_of(ctx)).platform
    read = await _require_own(platform, audience_id)
    waiting = await platform.unfinished_on(audience_id)
    if waiting:
        named = ", ".join(f"{job.job_id} ({job.state})" for job in waiting[:JOBS_NAMED])
        more = f" and {len(waiting) - JOBS_NAMED} more" if len(waiting) > JOBS_NAMED else ""
        raise Refused(
            f"Nobody could answer {named}{more} any more without this audience or a part of it. Nothing was deleted.",
            f"Let what is unfinished end, or delete_job(job_id='{waiting[0].job_id}').",
        )
    await platform.audiences.delete(audience_id)
    return Deleted(
        summary=f"Deleted the audience {quoted(clean(read.audience.name))} with its examples. Its jobs stay. "
        "Parts that filter_audience made of it have nobody any more.",
        deleted_id=audience_id,
        next_step="find_audiences() shows what is left.",
    )


async def delete_job(ctx: Context, job_id: JobId) -> Deleted:
    """Deletes a job with all that was answered; what it has cost stays spent. It cannot be brought back."""
    platform = (await services_of(ctx)).platform
    with JOB.must_exist(job_id):
        job = await platform.jobs.get(job_id)
        progress = await as_told(platform.jobs.progress(job_id))
        await platform.jobs.delete(job_id)
    answers = "all that was answered" if progress is None else count_of(progress.response_count or 0, "response")
    return Deleted(
        summary=f"Deleted the job {quoted(clean(job.name))} with {answers}. Its draft stays.",
        deleted_id=job_id,
        next_step="find_jobs() shows what is left.",
    )


async def delete_job_definition(ctx: Context, job_definition_id: DefinitionId) -> Deleted:
    """Deletes a draft. Jobs that were started from it go on. It cannot be brought back."""
    platform = (await services_of(ctx)).platform
    with JOB_DEFINITION.must_exist(job_definition_id):
        definition = await platform.definitions.get(job_definition_id)
        await platform.definitions.delete(job_definition_id)
    return Deleted(
        summary=f"Deleted the draft {quoted(clean(definition.name))}. Jobs that were started from it go on.",
        deleted_id=job_definition_id,
        next_step="find_jobs() shows what is left.",
    )


async def _require_own(platform: Platform, audience_id: str) -> ReadAudience:
    """A custom audience. Raises Refused on another kind."""
    read = await read_audience(platform, audience_id)
    if read.audience.kind != "custom":
        raise Refused(
            f"The {read.audience.kind} audience cannot be changed or deleted.",
            "Only custom audiences can be, which create_audience makes.",
        )
    return read
