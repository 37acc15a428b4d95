"""`/static`: the style sheet, scripts and marks of the pages, under fixed content types."""

from __future__ import annotations

import re

import anyio
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.pages.page import SAFETY, STATIC
from rapidata_mcp.local.problems import missing

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_OURS = re.compile(rf"[a-z_]+\.({'|'.join(TYPES)})\Z")
# Revalidated by ETag at each use, so that a page and its script are never of two versions.
HEADERS = SAFETY | {"Cache-Control": "no-cache"}


async def read(request: Request) -> Response:
    """`GET /static/{name}`"""
    name = request.path_params["name"]
    ours = _OURS.match(name)
    if ours is None or not await anyio.Path(STATIC / name).is_file():
        raise missing("static file", name)
    return FileResponse(STATIC / name, media_type=TYPES[ours[1]], headers=HEADERS)


ROUTES = [Route("/static/{name}", read)]
