"""`/audience`: create, find, read, recruit, measure (contract B)."""

from __future__ import annotations

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, candidates
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.audiences.listing import FILTERS, SORTS, to_audience
from rapidata_mcp.local.audiences.recruiting import (
    audience_row,
    bring_audiences_up_to_date,
    current_audience,
    example_counts,
    start_recruiting,
)
from rapidata_mcp.local.problems import ProblemError, parse
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.audiences import (
    AcceptedFreeText,
    Audience,
    AudienceChange,
    AudienceChanged,
    AudienceCreated,
    NewAudience,
    RecruitingMetrics,
    ScoreThreshold,
    TaskAccuracy,
)

CHANGEABLE = {"name", "description", "drop_min_responses", "drop_score"}
"""What is kept under its own name."""
ADMISSION_TASKS = 3
"""The admission bar where none is given, so that the workflow document runs as written; the cloud's default is 10."""


async def create(request: Request) -> Response:
    """`POST /audience`"""
    wanted = await parse(request, NewAudience)
    if not wanted.name.strip():
        raise ProblemError(400, "One or more validation errors occurred.", {"Name": ["must not be empty"]})
    rule = by_accuracy(wanted.graduation_rule) or TaskAccuracy(target_accuracy=0.75, min_tasks=ADMISSION_TASKS)
    platform = platform_of(request)
    audience_id = new_id("aud")
    row = {
        "id": audience_id,
        "kind": "custom",
        "name": wanted.name,
        "description": wanted.description,
        "status": "Created",
        "filters": [part.to_json() for part in wanted.filters or []],
        "graduation_rule": rule.to_json(),
        "leave_after": wanted.max_distilling_responses,
        "drop_min_responses": 3 if wanted.drop_min_responses is None else wanted.drop_min_responses,
        "drop_score": 0.2 if wanted.drop_score is None else wanted.drop_score,
        "created_at": platform.clock.now(),
        "crowd_size": 0,
    }
    async with platform.database.write() as connection:
        await connection.execute(insert(audiences), row)
    return answer(AudienceCreated(audience_id=audience_id))


def by_accuracy(rule: TaskAccuracy | ScoreThreshold | AcceptedFreeText | None) -> TaskAccuracy | None:
    """The rule, where it is one that is simulated here. Raises ProblemError (400) where it is another."""
    if rule is None or isinstance(rule, TaskAccuracy):
        return rule
    raise ProblemError(400, "The embedded platform graduates labelers by task accuracy only.")


async def find(request: Request) -> Response:
    """`GET /audiences`: those with a name in public; slices and unlisted ones are found elsewhere"""
    platform = platform_of(request)
    await bring_audiences_up_to_date(platform)
    query = select(audiences).where(audiences.c.kind.in_(("global", "curated", "custom")))
    async with platform.database.read() as connection:
        page = await paged(request, connection, query, FILTERS, SORTS, "-created_at", [audiences.c.id], to_audience)
        states = await _funnels(connection, [audience.id for audience in page.items])
    for audience in page.items:
        count_in(audience, states.get(audience.id, {}))
    return answer(page)


async def _funnels(connection: AsyncConnection, ids: list[str]) -> dict[str, dict[str, int]]:
    rows = await connection.execute(
        select(candidates.c.audience_id, candidates.c.state, func.count())
        .where(candidates.c.audience_id.in_(ids))
        .group_by(candidates.c.audience_id, candidates.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for audience_id, state, number in rows:
        found.setdefault(audience_id, {})[state] = number
    return found


def count_in(audience: Audience, states: dict[str, int]) -> None:
    """Add to an audience how many graduated and left; `qualifiedUserCount` stays 0, as on the cloud (contract B.4)."""
    audience.graduated = states.get("Graduated", 0)
    audience.dropped = sum(number for state, number in states.items() if state.startswith("Dropped"))


async def read(request: Request) -> Response:
    """`GET /audience/{audience_id}`"""
    platform = platform_of(request)
    audience = await current_audience(platform, request.path_params["audience_id"])
    shown = to_audience(audience)
    async with platform.database.read() as connection:
        count_in(shown, await qualification.funnel(connection, shown.id))
    return answer(shown)


async def change(request: Request) -> Response:
    """`PATCH /audience/{audience_id}`: filters are for those who are invited, or take up a job, from now on"""
    wanted = await parse(request, AudienceChange)
    if wanted.name is not None and not wanted.name.strip():
        raise ProblemError(400, "One or more validation errors occurred.", {"Name": ["must not be empty"]})
    rule = by_accuracy(wanted.graduation_rule)
    given = wanted.model_dump(include=wanted.model_fields_set & CHANGEABLE, exclude_none=True)
    if "max_distilling_responses" in wanted.model_fields_set:
        given["leave_after"] = wanted.max_distilling_responses
    if wanted.filters is not None:
        given["filters"] = [part.to_json() for part in wanted.filters]
    if rule is not None:
        given["graduation_rule"] = rule.to_json()
    async with platform_of(request).database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        _require_own(audience, "changed")
        if given:
            await connection.execute(update(audiences).where(audiences.c.id == audience["id"]).values(given))
    return answer(AudienceChanged())


def _require_own(audience: RowMapping, done: str) -> None:
    if audience["kind"] not in ("custom", "unlisted"):
        raise ProblemError(403, f"Only your own audiences can be {done}.")


async def metrics(request: Request) -> Response:
    """`GET /audience/{audience_id}/user-metrics`"""
    platform = platform_of(request)
    audience = await current_audience(platform, request.path_params["audience_id"])
    async with platform.database.read() as connection:
        states = await qualification.funnel(connection, audience["id"])
    return answer(RecruitingMetrics(users_per_state=states))


async def recruit(request: Request) -> Response:
    """`POST /audience/{audience_id}/recruit`"""
    platform = platform_of(request)
    async with platform.database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        if audience["kind"] != "custom":
            raise ProblemError(400, "This audience has its people already; nobody is recruited for it.")
        needed, present = await example_counts(connection, audience)
        if present < needed:
            raise ProblemError(
                400, f"The graduation rule needs {needed} validation tasks, but the audience only has {present}"
            )
        await start_recruiting(connection, platform, audience)
    return Response(status_code=204)


async def delete_one(request: Request) -> Response:
    """`DELETE /audience/{audience_id}`"""
    async with platform_of(request).database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        _require_own(audience, "deleted")
        await connection.execute(delete(audiences).where(audiences.c.id == audience["id"]))
    return Response(status_code=204)


ROUTES = [
    Route("/audience", create, methods=["POST"]),
    Route("/audiences", find),
    Route("/audience/{audience_id}", read),
    Route("/audience/{audience_id}", change, methods=["PATCH"]),
    Route("/audience/{audience_id}", delete_one, methods=["DELETE"]),
    Route("/audience/{audience_id}/user-metrics", metrics),
    Route("/audience/{audience_id}/recruit", recruit, methods=["POST"]),
]
