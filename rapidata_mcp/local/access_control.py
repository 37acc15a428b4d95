"""Access control of a shared platform for requests over the network. The MCP server in this process bypasses it."""

from __future__ import annotations

import math
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.local.access import people
from rapidata_mcp.local.access.rates import Rate, Rates
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.pages.page import answer_visitor
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.sharing import Sharing

OPEN = ("/label/", "/static/", "/assets/", "/healthz", "/connect/token", "/.well-known/")
"""Paths open to everyone: labeling (which checks keys itself), the files of its pages, and the login."""
PER_PERSON = Rate(5, 30)
PER_ADDRESS = Rate(200, 400)
"""A whole office may come from one address."""
NEWCOMERS = Rate(1, 60)
"""New labelers, per address."""


def with_access_control(app: ASGIApp, platform: LocalPlatform) -> ASGIApp:
    """Return the app to serve on a socket, with access control if the platform is shared."""
    return app if platform.sharing is None else AccessControl(app, platform.sharing, Rates(platform.clock))


class AccessControl:
    """Middleware that lets labelers label, at a human rate, and the owner do everything."""

    def __init__(self, app: ASGIApp, sharing: Sharing, rates: Rates) -> None:
        self._app = app
        self._sharing = sharing
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass allowed requests to the app, and refuse the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = await self._answer(request)
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        path: str = request.scope["path"]  # as the routes see it, whatever the Host header says
        if path.startswith("/label/"):
            return await self._in_rate(request)
        if path.startswith(OPEN):
            return None
        if request.method == "GET" and self._sharing.is_owner_token(request.query_params.get("owner", "")):
            answer = RedirectResponse("/" + quote(path.lstrip("/")), 303)
            self._sharing.keep_owner(answer, request)
            return answer
        if self._sharing.is_owner(request):
            return None
        refusal = "This is for the platform's owner: open the owner's link, which `rapidata-mcp doctor` shows."
        return await answer_visitor(request, ProblemError(401, refusal))

    async def _in_rate(self, request: Request) -> Response | None:
        address = request.client.host if request.client else ""
        waits = [self._rates.wait(f"address {address}", PER_ADDRESS)]
        if request.scope["path"].endswith("/start"):
            waits.append(self._rates.wait(f"newcomers {address}", NEWCOMERS))
        elif (key := people.key_of(request)) is not None:
            waits.append(self._rates.wait(f"person {key}", PER_PERSON))
        if not any(waits):
            return None
        answer = await answer_visitor(request, ProblemError(429, "That is faster than anybody can look."))
        answer.headers["Retry-After"] = str(math.ceil(max(waits)))
        return answer
