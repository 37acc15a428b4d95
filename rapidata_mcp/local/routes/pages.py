"""Pages for people: the preview of a draft. Everything from outside is shown as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.media import Media, context_names, stored_media
from rapidata_mcp.local.platform import platform_of
from rapidata_mcp.local.revisions import datapoint_count, definition_row, revision_model, revision_row
from rapidata_mcp.local.tables import datapoints

SHOWN = 200
"""Datapoints on the preview page."""
PAGES = Path(__file__).parent.parent / "pages"
SAFETY = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' http: https:; media-src 'self' http: https:; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PLAYABLE = re.compile(r"\.(mp4|webm|mov)($|\?)", re.IGNORECASE), re.compile(r"\.(mp3|wav|ogg)($|\?)", re.IGNORECASE)


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
        shown = [(items, context, context_names(segments)) for items, context, segments in rows]
        media = await stored_media(connection, [name for items, _, beside in shown for name in (*items, *beside)])
    page = (
        _templates()
        .get_template("preview.html")
        .render(
            name=definition["name"],
            instruction=revision.task.instruction(revision.asked),
            most=revision.referee.most,
            count=count,
            tasks=[(_all_shown(items, media), context, _all_shown(beside, media)) for items, context, beside in shown],
        )
    )
    return HTMLResponse(page, headers=SAFETY)


async def health(request: Request) -> Response:
    """`GET /healthz`: which data is served here, without saying where it is kept"""
    return JSONResponse({"status": "ok", "data": platform_of(request).fingerprint})


def _all_shown(items: Sequence[str], media: Mapping[str, Media]) -> list[tuple[str, str]]:
    return [_shown(item, media.get(item)) for item in items]


def _shown(item: str, media: Media | None) -> tuple[str, str]:
    if media is None:
        return "text", item
    url = media.url("")
    video, audio = (kind.search(url) is not None for kind in _PLAYABLE)
    return ("video" if video else "audio" if audio else "image"), url


def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(PAGES), autoescape=select_autoescape(default=True))


ROUTES = [Route("/definitions/{definition_id}", preview), Route("/healthz", health)]
