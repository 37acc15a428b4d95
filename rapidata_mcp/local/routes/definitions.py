"""`/job/definition`: what is asked of which data set, and what it would cost (contract F)."""

from __future__ import annotations

from sqlalchemy import RowMapping, Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.account import OWNER, moment, new_id
from rapidata_mcp.local.labeling import revision_model, task_of
from rapidata_mcp.local.platform import answer, paged, platform_of
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.tables import datapoints, datasets, definitions, revisions
from rapidata_mcp.models.definitions import CostEstimate, Definition, DefinitionCreated, NewDefinition


async def create(request: Request) -> Response:
    """`POST /job/definition`"""
    wanted = await parse(request, NewDefinition)
    if not wanted.definition_name.strip():
        raise ProblemError(400, "One or more validation errors occurred.", {"DefinitionName": ["must not be empty"]})
    platform = platform_of(request)
    definition_id, pipeline_id, now = new_id("jdf"), new_id("ppl"), platform.clock.now()
    async with platform.database.write() as connection:
        found = await connection.execute(select(datasets.c.id).where(datasets.c.id == wanted.dataset_id))
        if found.scalar_one_or_none() is None:
            raise ProblemError(400, f"There is no data set '{wanted.dataset_id[:80]}'.")
        await connection.execute(
            insert(definitions), {"id": definition_id, "name": wanted.definition_name, "created_at": now}
        )
        await connection.execute(
            insert(revisions),
            {
                "definition_id": definition_id,
                "number": 1,
                "pipeline_id": pipeline_id,
                "dataset_id": wanted.dataset_id,
                "workflow": wanted.workflow.to_json(),
                "referee": wanted.referee.to_json(),
                "feature_flags": [flag.to_json() for flag in wanted.rapid_feature_flags or []],
                "campaign_feature_flags": [flag.to_json() for flag in wanted.campaign_feature_flags or []],
                "created_at": now,
            },
        )
    return answer(DefinitionCreated(definition_id=definition_id, pipeline_id=pipeline_id))


async def find(request: Request) -> Response:
    """`GET /job/definitions`"""
    async with platform_of(request).database.read() as connection:
        query = select(definitions)
        page = await paged(
            request,
            connection,
            query,
            definitions.c.name,
            definitions.c.created_at,
            lambda row: to_definition(row, None),
        )
    return answer(page)


async def read(request: Request) -> Response:
    """`GET /job/definition/{definition_id}`"""
    definition_id = request.path_params["definition_id"]
    async with platform_of(request).database.read() as connection:
        found = await connection.execute(select(definitions).where(definitions.c.id == definition_id))
        row = found.mappings().one_or_none()
        if row is None:
            raise missing("job definition", definition_id)
        revision = await revision_row(connection, definition_id, None)
    return answer(to_definition(row, revision))


async def read_revision(request: Request) -> Response:
    """`GET /job/definition/{definition_id}/revision[/{number}]`"""
    number = request.path_params.get("number")
    async with platform_of(request).database.read() as connection:
        row = await revision_row(connection, request.path_params["definition_id"], number)
    return answer(revision_model(row))


async def cost_estimate(request: Request) -> Response:
    """`GET /job/definition/{definition_id}/cost-estimate`: the embedded platform is free"""
    async with platform_of(request).database.read() as connection:
        row = await revision_row(connection, request.path_params["definition_id"], None)
        count = await datapoint_count(connection, row["dataset_id"])
    return answer(estimate(row, count))


async def revision_row(connection: AsyncConnection, definition_id: str, number: int | None) -> RowMapping:
    """One revision, the latest where no number is given. Raises ProblemError (404) when there is none."""
    query: Select[tuple[object, ...]] = select(revisions).where(revisions.c.definition_id == definition_id)
    query = query.order_by(revisions.c.number.desc()) if number is None else query.where(revisions.c.number == number)
    row = (await connection.execute(query.limit(1))).mappings().one_or_none()
    if row is None:
        raise missing("job definition", definition_id)
    return row


async def datapoint_count(connection: AsyncConnection, dataset_id: str) -> int:
    """The number of datapoints of a data set."""
    query = select(func.count()).select_from(datapoints).where(datapoints.c.dataset_id == dataset_id)
    return int((await connection.execute(query)).scalar_one())


def estimate(revision: RowMapping, count: int) -> CostEstimate:
    """What a revision costs at most: the responses count at their maximum (contract F.9)."""
    most = revision_model(revision).referee.most
    return CostEstimate(
        estimated_cost=0.0, cost_per_response=0.0, datapoint_count=count, required_responses=count * most
    )


def to_definition(row: RowMapping, revision: RowMapping | None) -> Definition:
    """A definition's row as the contract shows it (F.7)."""
    kind = "Unknown" if revision is None else task_of(revision_model(revision).workflow).name
    return Definition.model_validate(
        {**row, **OWNER, "definition_id": row["id"], "created_at": moment(row["created_at"]), "definition_type": kind}
    )


ROUTES = [
    Route("/job/definition", create, methods=["POST"]),
    Route("/job/definitions", find),
    Route("/job/definition/{definition_id}", read),
    Route("/job/definition/{definition_id}/revision", read_revision),
    Route("/job/definition/{definition_id}/revision/{number:int}", read_revision),
    Route("/job/definition/{definition_id}/cost-estimate", cost_estimate),
]
