"""`/audiences/{audience_id}`: who gets into an audience, by which examples, and how far candidates have come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.api.platform import label_link, platform_of
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.audiences.funnels import funnels_of
from rapidata_mcp.local.audiences.recruiting import current_audience
from rapidata_mcp.local.pages.live import live_audience
from rapidata_mcp.local.pages.page import page
from rapidata_mcp.local.questions.shown_examples import shown_examples


async def audience_page(request: Request) -> Response:
    """`GET /audiences/{audience_id}`"""
    platform = platform_of(request)
    audience = await current_audience(platform, request.path_params["audience_id"])
    async with platform.database.read() as connection:
        funnels = (await funnels_of(connection, [audience["id"]], platform.clock.now()))[audience["id"]]
        return page(
            "audience.html",
            audience=audience,
            rule=qualification.rule_of(audience),
            examples=await shown_examples(connection, audience["id"]),
            label_link=label_link(request, audience["id"], audience["id"]),
            live=live_audience(audience["id"], audience["status"], funnels),
        )


ROUTES = [Route("/audiences/{audience_id}", audience_page)]
