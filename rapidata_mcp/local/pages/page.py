"""Pages for people: one layout, one security policy. What comes from outside is shown as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rapidata_mcp.local.problems import ProblemError, answer_problem

PAGES = Path(__file__).parent
STATIC = PAGES / "static"
SAFETY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' http: https:; media-src 'self' http: https:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Media's hosts learn nothing. Not `no-referrer`: with that a browser hides the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""The headers of every page. Media come from anywhere, since the visitor's browser loads them; scripts only from us."""


def page(template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """A page of `pages/`, with everything in `content` escaped."""
    return HTMLResponse(part(template, **content), status, headers=SAFETY)


def part(template: str, **content: Any) -> str:
    """A part of a page, likewise escaped."""
    return _environment().get_template(template).render(content)


async def answer_visitor(request: Request, exc: Exception) -> Response:
    """The exception handler of the application: a page for people, problem+json for programs."""
    if isinstance(exc, ProblemError) and "text/html" in request.headers.get("accept", ""):
        return page("problem.html", status=exc.status, title=exc.title)
    return await answer_problem(request, exc)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
