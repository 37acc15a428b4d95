"""`/dataset`: data sets and their datapoints, one request each (contract E)."""

from __future__ import annotations

from sqlalchemy import insert, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.account import new_id
from rapidata_mcp.local.media import item_names
from rapidata_mcp.local.platform import answer, platform_of
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.tables import datapoints, datasets
from rapidata_mcp.models.datasets import DatapointCreated, DatasetCreated, NewDatapoint, NewDataset
from rapidata_mcp.tasks.arguments import MAX_CONTEXT


async def create(request: Request) -> Response:
    """`POST /dataset`"""
    wanted = await parse(request, NewDataset)
    platform = platform_of(request)
    schema = None if wanted.schema_ is None else [segment.to_json() for segment in wanted.schema_]
    row = {"id": new_id("dst"), "name": wanted.name, "schema": schema, "created_at": platform.clock.now()}
    async with platform.database.write() as connection:
        await connection.execute(insert(datasets), row)
    return answer(DatasetCreated(dataset_id=str(row["id"])))


async def add_datapoint(request: Request) -> Response:
    """`POST /dataset/{dataset_id}/datapoint`"""
    wanted = await parse(request, NewDatapoint)
    segments = {segment.key: segment for segment in wanted.segments}
    if "asset" not in segments or segments["asset"].asset is None:
        raise ProblemError(400, "A datapoint needs the segment 'asset'.", {"segments": ["asset is required"]})
    context = segments["context"].text if "context" in segments else None
    if context is not None and len(context) > MAX_CONTEXT:
        raise ProblemError(400, f"The context is longer than {MAX_CONTEXT} characters.")
    dataset_id, datapoint_id = request.path_params["dataset_id"], new_id("dpt")
    platform = platform_of(request)
    async with platform.database.write() as connection:
        found = await connection.execute(select(datasets.c.id).where(datasets.c.id == dataset_id))
        if found.scalar_one_or_none() is None:
            raise missing("data set", dataset_id)
        await connection.execute(
            insert(datapoints),
            {
                "id": datapoint_id,
                "dataset_id": dataset_id,
                "sort_index": 0 if wanted.sort_index is None else wanted.sort_index,
                "arrived_at": platform.clock.now(),
                "item_names": item_names(segments["asset"].asset.to_json()),
                "context": context,
                "private_metadata": wanted.private_metadata,
            },
        )
    return answer(DatapointCreated(datapoint_id=datapoint_id))


ROUTES = [
    Route("/dataset", create, methods=["POST"]),
    Route("/dataset/{dataset_id}/datapoint", add_datapoint, methods=["POST"]),
]
