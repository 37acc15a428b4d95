"""`/definitions/{definition_id}`: a draft as labelers will see it."""

from __future__ import annotations

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.media import context_names, stored_media
from rapidata_mcp.local.page import page
from rapidata_mcp.local.platform import platform_of
from rapidata_mcp.local.questions import question_of
from rapidata_mcp.local.revisions import datapoint_count, definition_row, revision_model, revision_row
from rapidata_mcp.local.shown import shown
from rapidata_mcp.local.tables import datapoints

SHOWN = 200
"""Datapoints on the preview page."""


async def preview(request: Request) -> Response:
    """`GET /definitions/{definition_id}`: the datapoints of a draft, in order"""
    definition_id = request.path_params["definition_id"]
    async with platform_of(request).database.read() as connection:
        definition = await definition_row(connection, definition_id)
        revision = revision_model(await revision_row(connection, definition_id, None))
        count = await datapoint_count(connection, revision.dataset_id)
        rows = await connection.execute(
            select(datapoints.c.item_names, datapoints.c.context, datapoints.c.segments)
            .where(datapoints.c.dataset_id == revision.dataset_id)
            .order_by(datapoints.c.sort_index, datapoints.c.arrived_at, datapoints.c.id)
            .limit(SHOWN)
        )
        found = [(*row, context_names(row.segments)) for row in rows]
        media = await stored_media(connection, [name for row in found for name in (*row[0], *row[3])])
    sources = {name: stored.source for name, stored in media.items()}
    return page(
        "preview.html",
        name=definition["name"],
        most=revision.referee.most,
        count=count,
        questions=[
            shown(revision.task, question_of(revision, names, context, segments, sources), media, beside)
            for names, context, segments, beside in found
        ],
    )


ROUTES = [Route("/definitions/{definition_id}", preview)]
