"""The embedded platform as an ASGI application."""

from __future__ import annotations

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.database.keys import read_key
from rapidata_mcp.local.access.origins import RefuseForeignOrigins
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.pages.page import answer_visitor
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.routes import (
    assets,
    audience_pages,
    audiences,
    billing,
    dashboard,
    datapoints,
    datasets,
    definitions,
    examples,
    files,
    filtered_audiences,
    health,
    job_actions,
    job_pages,
    jobs,
    label,
    login,
    previews,
    responses,
    result_pages,
    results,
    revisions,
    static,
)
from rapidata_mcp.settings import Settings
from rapidata_mcp.sharing import open_sharing

READY_MADE = (
    ("global", "global", "Global", "Everyone: the broadest pool of labelers, ready for any simple task."),
    (
        "aud_alignment",
        "curated",
        "Alignment",
        "Labelers trained to judge how well an image or video follows its prompt.",
    ),
)
"""The audiences that exist from the start: id, kind, name, description."""

NOUNS = (
    label,  # first, because it is asked hundreds of times a second
    login,
    filtered_audiences,
    audiences,
    examples,
    assets,
    files,
    datasets,
    datapoints,
    revisions,
    definitions,
    jobs,
    job_actions,
    results,
    result_pages,
    responses,
    billing,
    dashboard,
    audience_pages,
    job_pages,
    previews,
    static,
    health,
)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


async def open_local(settings: Settings, database: Database, clock: Clock, scenario: Scenario) -> Starlette:
    """The platform on a database, with its ready-made audiences, ready to answer."""
    async with database.write() as connection:
        await connection.execute(
            text(
                "INSERT INTO audiences (id, kind, name, description, status, filters, graduation_rule, "
                "drop_min_responses, drop_score, created_at, crowd_size) VALUES (:id, :kind, :name, :description, "
                "'Ready', '[]', :rule, 3, 0.2, 0, 0) ON CONFLICT DO NOTHING"
            ),
            [
                {
                    "id": identifier,
                    "kind": kind,
                    "name": name,
                    "description": description,
                    "rule": '{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',
                }
                for identifier, kind, name, description in READY_MADE
            ],
        )
        data_id = await read_key(connection, "data")
        sharing = await open_sharing(connection, settings.public_url) if settings.public_url else None
    return build_app(
        LocalPlatform(
            database,
            clock,
            settings.crowd,
            scenario,
            data_id,
            files=settings.data_dir / "assets",
            price=settings.local_price,
            credit=settings.local_credit,
            sharing=sharing,
        )
    )


def build_app(platform: LocalPlatform) -> Starlette:
    """The application around an open platform. Only requests to a loopback name, or to the shared one, are answered."""
    hosts = [*LOOPBACK, *([platform.sharing.host] if platform.sharing else [])]
    public_url = platform.sharing.public_url if platform.sharing else None
    routes = [route for noun in NOUNS for route in noun.ROUTES]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            Middleware(RefuseForeignOrigins, public_url=public_url),
        ],
        exception_handlers={ProblemError: answer_visitor, HTTPException: _answer_http_exception},
    )
    app.state.platform = platform
    return app


async def _answer_http_exception(request: Request, exc: Exception) -> Response:
    if not isinstance(exc, HTTPException):
        raise exc
    return await answer_visitor(request, ProblemError(exc.status_code, exc.detail))
