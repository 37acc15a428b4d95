"""Reading the state of an audience from the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidata_mcp.calls import UNKNOWN, Call
from rapidata_mcp.errors import Refused
from rapidata_mcp.server.audiences.state import AudienceState
from rapidata_mcp.server.identifiers import AUDIENCE

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform


async def read_audience(platform: Platform, audience_id: str) -> AudienceState:
    """Return an audience, its funnel and its examples, requested at the same time.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    with AUDIENCE.must_exist(audience_id):
        audience, metrics, examples = await platform.read_audience(audience_id)
    base = await platform.base_of(audience) if audience.kind == "filtered" else None
    return AudienceState(audience, metrics, examples, base)


async def read_custom_audience(platform: Platform, audience_id: str) -> AudienceState:
    """Return an audience that can be changed or deleted.

    Raises:
        NotFound: names the argument and how to find valid ids.
        Refused: if it is not a custom audience.
    """
    state = await read_audience(platform, audience_id)
    if state.audience.kind != "custom":
        raise Refused(
            f"The {state.audience.kind} audience cannot be changed or deleted; only custom audiences can.",
            Call("create_audience", {"name": UNKNOWN}, "makes a custom audience"),
        )
    return state
