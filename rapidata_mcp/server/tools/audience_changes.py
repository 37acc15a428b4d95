"""The tools that change a custom audience and its examples."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.calls import Call
from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.server.arguments import ID, OwnAudienceId
from rapidata_mcp.server.audiences.filters import Filters, parse_filters
from rapidata_mcp.server.audiences.reading import read_audience, read_custom_audience
from rapidata_mcp.server.audiences.replies import AudienceReply, audience_reply
from rapidata_mcp.server.replies import clean, count_of, quoted
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.arguments import MAX_NAME, require_text


async def update_audience(
    ctx: Context,
    audience_id: OwnAudienceId,
    name: Annotated[str, Field(description="The new name")] = "",
    filters: Filters | None = None,
    clear_filters: Annotated[bool, Field(description="true lets everyone qualify")] = False,
) -> AudienceReply:
    """Renames a custom audience, or changes who can qualify from now on. Its members stay."""
    if not name and not filters and not clear_filters:
        raise InvalidArgument("name", "or filters or clear_filters is required: there is nothing to change.")
    if filters and clear_filters:
        raise InvalidArgument("clear_filters", "cannot be combined with filters.", "Give one of the two.")
    if name:
        require_text("name", name, MAX_NAME)
    parsed = parse_filters(filters or ()) if filters or clear_filters else None
    platform = (await services_of(ctx)).platform
    await read_custom_audience(platform, audience_id)
    await platform.audiences.change(audience_id, name, parsed)
    state = await read_audience(platform, audience_id)
    changed = " and ".join([*(["its name"] if name else []), *([] if parsed is None else ["who can qualify"])])
    return audience_reply(state, f"Changed {changed}: the audience {quoted(clean(state.audience.name))}.")


async def remove_example(
    ctx: Context,
    audience_id: OwnAudienceId,
    example_id: Annotated[str, Field(pattern=ID, description="From get_audience")],
) -> AudienceReply:
    """Removes a qualification example, such as one with a wrong truth. This cannot be undone."""
    platform = (await services_of(ctx)).platform
    before = await read_custom_audience(platform, audience_id)
    if all(example.id != example_id for example in before.examples):
        raise NotFound(
            f"example_id: there is no example '{example_id}' of this audience.",
            Call("get_audience", {"audience_id": audience_id}, "lists them"),
        )
    await platform.examples.delete(example_id)
    state = await read_audience(platform, audience_id)
    return audience_reply(
        state,
        f"Removed the example; {count_of(len(state.examples), 'example')} left. Labelers who qualified or were dropped "
        "because of it stay so.",
    )
