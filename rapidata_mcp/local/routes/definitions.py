"""`/job/definition`: definitions as such (contract F). What they ask is in their revisions, in `revisions.py`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, RowMapping, Select, func, insert, literal, select, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import definitions, revisions
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.jobs.new_revisions import insert_revision
from rapidata_mcp.local.jobs.pairs import unit_count
from rapidata_mcp.local.jobs.revisions import definition_row, estimate, revision_model, revision_row
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.store.account import OWNER, OWNER_ID, OWNER_MAIL, moment, new_id
from rapidata_mcp.models.datasets import Renamed
from rapidata_mcp.models.definitions import Definition, DefinitionCreated, NewDefinition, NewRevision

_TYPE: ColumnElement[str] = func.coalesce(
    revisions.c.workflow["rapid"]["_t"].as_string(),
    func.replace(revisions.c.workflow["_t"].as_string(), "Workflow", ""),  # GroupedRankingWorkflow (contract F.3)
)
FILTERS = {
    "id": definitions.c.id,
    "name": definitions.c.name,
    "definition_type": _TYPE,
    "created_at": definitions.c.created_at,
    "owner_id": literal(OWNER_ID),
    "owner_mail": literal(OWNER_MAIL),
}
SORTS = {"name": definitions.c.name, "created_at": definitions.c.created_at}


async def create(request: Request) -> Response:
    """`POST /job/definition`: the definition, and what is asked as its first revision"""
    wanted = await parse(request, NewDefinition)
    if not wanted.definition_name.strip():
        raise ProblemError(400, "One or more validation errors occurred.", {"DefinitionName": ["must not be empty"]})
    platform = platform_of(request)
    definition_id, now = new_id("jdf"), platform.clock.now()
    row = {"id": definition_id, "name": wanted.definition_name, "created_at": now}
    first = NewRevision(
        workflow=wanted.workflow,
        referee=wanted.referee,
        dataset_id=wanted.dataset_id,
        rapid_feature_flags=wanted.rapid_feature_flags,
        campaign_feature_flags=wanted.campaign_feature_flags,
    )
    async with platform.database.write() as connection:
        await connection.execute(insert(definitions), row)
        pipeline_id = await insert_revision(connection, definition_id, 1, first, now)
    return answer(DefinitionCreated(definition_id=definition_id, pipeline_id=pipeline_id))


def _with_latest() -> Select[tuple[object, ...]]:
    """Definitions, each with its latest revision."""
    newest = (
        select(func.max(revisions.c.number))
        .where(revisions.c.definition_id == definitions.c.id)
        .correlate(definitions)
        .scalar_subquery()
    )
    return (
        select(definitions, revisions.c.number.label("revision_count"), _TYPE.label("definition_type"))
        .join(revisions, (revisions.c.definition_id == definitions.c.id) & (revisions.c.number == newest))
        .where(definitions.c.deleted_at.is_(None))
    )


async def find(request: Request) -> Response:
    """`GET /job/definitions`"""
    async with platform_of(request).database.read() as connection:
        page = await paged(
            request, connection, _with_latest(), FILTERS, SORTS, "-created_at", [definitions.c.id], to_definition
        )
    return answer(page)


async def read(request: Request) -> Response:
    """`GET /job/definition/{definition_id}`"""
    definition_id = request.path_params["definition_id"]
    async with platform_of(request).database.read() as connection:
        found = await connection.execute(_with_latest().where(definitions.c.id == definition_id))
        row = found.mappings().one_or_none()
    if row is None:
        raise missing("job definition", definition_id)
    return answer(to_definition(row))


async def rename(request: Request) -> Response:
    """`PATCH /job/definition/{definition_id}`"""
    wanted = await parse(request, Renamed)
    async with platform_of(request).database.write() as connection:
        row = await definition_row(connection, request.path_params["definition_id"])
        await connection.execute(update(definitions).where(definitions.c.id == row["id"]).values(name=wanted.name))
    return Response(status_code=204)


async def delete_one(request: Request) -> Response:
    """`DELETE /job/definition/{definition_id}`, with all revisions; its jobs go on"""
    platform = platform_of(request)
    async with platform.database.write() as connection:
        row = await definition_row(connection, request.path_params["definition_id"])
        gone = update(definitions).where(definitions.c.id == row["id"]).values(deleted_at=platform.clock.now())
        await connection.execute(gone)
    return Response(status_code=204)


async def cost_estimate(request: Request) -> Response:
    """`GET /job/definition/{definition_id}/cost-estimate`, of its latest revision"""
    platform = platform_of(request)
    async with platform.database.read() as connection:
        row = await revision_row(connection, request.path_params["definition_id"], None)
        revision = revision_model(row)
        count = await unit_count(connection, revision)
    return answer(estimate(platform, revision, count, row["created_at"]))


def to_definition(row: RowMapping) -> Definition:
    """A definition's row as the contract shows it (F.7)."""
    return Definition.model_validate(
        {**row, **OWNER, "definition_id": row["id"], "created_at": moment(row["created_at"])}
    )


ROUTES = [
    Route("/job/definition", create, methods=["POST"]),
    Route("/job/definitions", find),
    Route("/job/definition/{definition_id}", read),
    Route("/job/definition/{definition_id}", rename, methods=["PATCH"]),
    Route("/job/definition/{definition_id}", delete_one, methods=["DELETE"]),
    Route("/job/definition/{definition_id}/cost-estimate", cost_estimate),
]
