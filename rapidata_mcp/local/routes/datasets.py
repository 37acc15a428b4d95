"""`/dataset`: data sets as such (contract E.1, E.4). What is in them is in `datapoints.py`."""

from __future__ import annotations

from sqlalchemy import insert, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import datasets
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.jobs.datasets import dataset_row
from rapidata_mcp.local.jobs.revisions import datapoint_count
from rapidata_mcp.local.problems import ProblemError, parse
from rapidata_mcp.local.questions.questions import schema_of
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.datasets import (
    Dataset,
    DatasetCreated,
    DatasetProgress,
    LongContexts,
    NewDataset,
    Renamed,
    ShortContext,
    ShortContexts,
)
from rapidata_mcp.tasks.arguments import MAX_CONTEXT


async def create(request: Request) -> Response:
    """`POST /dataset`"""
    wanted = await parse(request, NewDataset)
    schema = None
    if wanted.schema_ is not None:
        if not any(part.key == "asset" and part.required for part in wanted.schema_):
            raise ProblemError(400, "A schema must have 'asset' as a required segment.")
        schema = [part.to_json() for part in wanted.schema_]
    platform = platform_of(request)
    row = {"id": new_id("dst"), "name": wanted.name, "schema": schema, "created_at": platform.clock.now()}
    async with platform.database.write() as connection:
        await connection.execute(insert(datasets), row)
    return answer(DatasetCreated(dataset_id=str(row["id"])))


async def read(request: Request) -> Response:
    """`GET /dataset/{dataset_id}`"""
    async with platform_of(request).database.read() as connection:
        row = await dataset_row(connection, request.path_params["dataset_id"])
    return answer(Dataset(name=row["name"], schema_=schema_of(row)))


async def progress(request: Request) -> Response:
    """`GET /dataset/{dataset_id}/progress`: a datapoint is ready as soon as it is there"""
    async with platform_of(request).database.read() as connection:
        row = await dataset_row(connection, request.path_params["dataset_id"])
        count = await datapoint_count(connection, row["id"])
    return answer(DatasetProgress(total=count, ready=count))


async def rename(request: Request) -> Response:
    """`PATCH /dataset/{dataset_id}/name`"""
    wanted = await parse(request, Renamed)
    async with platform_of(request).database.write() as connection:
        row = await dataset_row(connection, request.path_params["dataset_id"])
        await connection.execute(update(datasets).where(datasets.c.id == row["id"]).values(name=wanted.name))
    return Response(status_code=204)


async def shorten_contexts(request: Request) -> Response:
    """`POST /datasets/shorten-context`: cut off at a word (contract E.5), since nobody here can rewrite them"""
    wanted = await parse(request, LongContexts)
    return answer(ShortContexts(items=[ShortContext(shortened_context=_cut(item.context)) for item in wanted.items]))


def _cut(context: str) -> str:
    if len(context) <= MAX_CONTEXT:
        return context
    kept = context[: MAX_CONTEXT - 1]
    return (kept[: kept.rfind(" ")] if " " in kept else kept).rstrip() + "…"


ROUTES = [
    Route("/dataset", create, methods=["POST"]),
    Route("/datasets/shorten-context", shorten_contexts, methods=["POST"]),
    Route("/dataset/{dataset_id}", read),
    Route("/dataset/{dataset_id}/name", rename, methods=["PATCH"]),
    Route("/dataset/{dataset_id}/progress", progress),
]
