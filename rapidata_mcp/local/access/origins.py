"""Who may call the platform through a visitor's browser: its own pages, and nobody else's."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapidata_mcp.local.problems import ProblemError, answer_problem

FOREIGN_SITES = ("cross-site", "same-site")
"""What a browser says of a request from another site, or from another port of this computer (Fetch Metadata)."""


class RefuseForeignOrigins:
    """Pages of other sites may link here, and nothing more: no calls, posts, frames or embedded answers."""

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let requests from our own pages pass, those that come from no page, and links to a page."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if self._is_foreign(request) and not _follows_link(request):
            refusal = await answer_problem(request, ProblemError(403, "Requests from other sites are refused."))
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, _with_safety(send))

    def _is_foreign(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        if origin is None:
            return request.headers.get("sec-fetch-site") in FOREIGN_SITES
        asked = f"{request.url.scheme}://{request.url.netloc}"
        # A proxy that ends TLS may pass on the name that was asked and not the scheme.
        behind_proxy = self._public_url is not None and self._public_url.endswith(f"://{request.url.netloc}")
        return origin not in (asked, self._public_url if behind_proxy else asked)


def _follows_link(request: Request) -> bool:
    """Whether somebody came here by a link, in a window of its own."""
    headers: Headers = request.headers
    aim = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
    return request.method == "GET" and "origin" not in headers and aim == ("navigate", "document")


def _with_safety(send: Send) -> Send:
    """Say with every answer that browsers take it as what it is, and give it to no other site."""

    async def safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        await send(message)

    return safely
