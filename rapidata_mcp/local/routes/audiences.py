"""`/audience`: create, find, read, recruit, measure (contract B)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.aggregate.admission import FEWEST_EXAMPLES
from rapidata_mcp.database.tables import audiences, candidates, examples
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import LocalPlatform, answer, platform_of
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.store.account import OWNER, OWNER_MAIL, moment, new_id
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

PUBLIC = ("global", "curated")
FILTERS = {
    "name": audiences.c.name,
    "status": audiences.c.status,
    "is_public": audiences.c.kind.in_(PUBLIC),
    "is_distilling": audiences.c.recruiting_since.is_not(None),
    "owner_mail": literal(OWNER_MAIL),
    "created_at": audiences.c.created_at,
}
SORTS = {
    "name": audiences.c.name,
    "created_at": audiences.c.created_at,
    "status": audiences.c.status,
    "qualified_user_count": literal(0),
}
CHANGEABLE = {"name", "description", "drop_min_responses", "drop_score"}
"""What is kept under its own name."""
MOST_BROUGHT_UP_TO_DATE = 100
"""Audiences whose candidates are looked after before audiences are listed."""
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
    await bring_up_to_date(platform)
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
    audience, platform = await current(request)
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
    audience, _ = await current(request)
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
        needed, there = await bar(connection, audience)
        if there < needed:
            raise ProblemError(
                400, f"The graduation rule needs {needed} validation tasks, but the audience only has {there}"
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


async def current(request: Request) -> tuple[RowMapping, LocalPlatform]:
    """The audience of the path, after its simulated candidates have done what is due."""
    platform = platform_of(request)
    return await catch_up(platform, request.path_params["audience_id"]), platform


async def catch_up(platform: LocalPlatform, audience_id: str) -> RowMapping:
    """Write down the answers of simulated candidates that are due. Raises ProblemError (404) for no audience."""
    async with platform.database.read() as connection:
        audience = await audience_row(connection, audience_id)
        waiting = await qualification.is_due(connection, audience, platform.clock.now())
    if waiting:
        async with platform.database.write() as connection:
            audience = await audience_row(connection, audience_id)
            await qualification.replay(connection, audience, platform.scenario, platform.clock.now())
            audience = await audience_row(connection, audience_id)
    return audience


async def bring_up_to_date(platform: LocalPlatform, ids: Sequence[str] | None = None) -> None:
    """Let audiences go on to now, so that a list tells of each what it would tell itself.

    The newest of those whose candidates have something to do, and with `ids` only of these.
    """
    due = exists().where(candidates.c.audience_id == audiences.c.id, candidates.c.next_due <= platform.clock.now())
    query = select(audiences.c.id).where(due).order_by(audiences.c.created_at.desc()).limit(MOST_BROUGHT_UP_TO_DATE)
    if ids is not None:
        query = query.where(audiences.c.id.in_(ids))
    async with platform.database.read() as connection:
        waiting = (await connection.execute(query)).scalars().all()
    for audience_id in waiting:
        await catch_up(platform, audience_id)


async def audience_row(connection: AsyncConnection, audience_id: str) -> RowMapping:
    """One audience. Raises ProblemError (404) when there is none."""
    found = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    row = found.mappings().one_or_none()
    if row is None:
        raise missing("audience", audience_id)
    return row


async def require_base(connection: AsyncConnection, audience: RowMapping) -> None:
    """Raise ProblemError (400) where the audience is a slice of one that was deleted: nobody could be examined."""
    base = select(audiences.c.id).where(audiences.c.id == audience["base_id"])
    if audience["kind"] == "filtered" and (await connection.execute(base)).one_or_none() is None:
        raise ProblemError(400, "The audience of which this is a slice was deleted.")


async def bar(connection: AsyncConnection, audience: RowMapping) -> tuple[int, int]:
    """How many examples recruiting needs, and how many there are."""
    there = await connection.execute(
        select(func.count()).select_from(examples).where(examples.c.audience_id == audience["id"])
    )
    return max(FEWEST_EXAMPLES, qualification.rule_of(audience).min_tasks), there.scalar_one()


async def start_recruiting(connection: AsyncConnection, platform: LocalPlatform, audience: RowMapping) -> None:
    """Begin to recruit; again is harmless."""
    if audience["status"] != "Created":
        return
    now = platform.clock.now()
    await connection.execute(
        update(audiences).where(audiences.c.id == audience["id"]).values(status="Recruiting", recruiting_since=now)
    )
    await qualification.invite(connection, audience, platform.crowd, now)


def to_audience(row: RowMapping) -> Audience:
    """An audience's row as the contract shows it (B.4, B.5)."""
    fields: dict[str, Any] = {
        **row,
        **OWNER,
        "base_audience_id": row["base_id"] or row["id"],
        "filter": row["filters"][0] if row["kind"] == "filtered" else None,
        "created_at": moment(row["created_at"]),
        "is_public": row["kind"] in PUBLIC,
        "is_distilling": row["recruiting_since"] is not None,
        "distilling_campaign_id": f"cmp_{row['id']}",
        "max_distilling_responses": row["leave_after"],
    }
    return Audience.model_validate(fields)


ROUTES = [
    Route("/audience", create, methods=["POST"]),
    Route("/audiences", find),
    Route("/audience/{audience_id}", read),
    Route("/audience/{audience_id}", change, methods=["PATCH"]),
    Route("/audience/{audience_id}", delete_one, methods=["DELETE"]),
    Route("/audience/{audience_id}/user-metrics", metrics),
    Route("/audience/{audience_id}/recruit", recruit, methods=["POST"]),
]
