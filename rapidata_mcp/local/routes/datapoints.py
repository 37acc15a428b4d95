"""`/dataset/{dataset_id}/datapoint`: datapoints, added one by one, read in order, and their groups (contract E)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import datapoints, dataset_groups
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.jobs.datasets import dataset_row
from rapidata_mcp.local.problems import ProblemError, parse
from rapidata_mcp.local.questions.datapoint_pages import datapoint_page
from rapidata_mcp.local.questions.media import Media, item_names, put_to_use
from rapidata_mcp.local.questions.questions import schema_of
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.datasets import (
    DatapointCreated,
    FailedDatapoints,
    NewDatapoint,
    NewGroup,
    Segment,
    SegmentDefinition,
)

FEWEST_OPTIONS = 2


async def add(request: Request) -> Response:
    """`POST /dataset/{dataset_id}/datapoint`"""
    wanted = await parse(request, NewDatapoint)
    segments = {segment.key: segment for segment in wanted.segments}
    datapoint_id = new_id("dpt")
    platform = platform_of(request)
    async with platform.database.write() as connection:
        dataset = await dataset_row(connection, request.path_params["dataset_id"])
        require_schema(schema_of(dataset), segments)
        media = await put_to_use(connection, *(segment.asset for segment in wanted.segments))
        asset, context = segments["asset"].asset, segments.get("context")
        names = [] if asset is None else item_names(asset.to_json())
        _require_different(names, media)
        await connection.execute(
            insert(datapoints),
            {
                "id": datapoint_id,
                "dataset_id": dataset["id"],
                "sort_index": 0 if wanted.sort_index is None else wanted.sort_index,
                "arrived_at": platform.clock.now(),
                "item_names": names,
                "context": None if context is None else context.text,
                "segments": [segment.to_json(exclude_none=True) for segment in wanted.segments],
                "group_name": wanted.group,
                "private_metadata": wanted.private_metadata,
            },
        )
    return answer(DatapointCreated(datapoint_id=datapoint_id))


def _require_different(names: Sequence[str], media: Mapping[str, Media]) -> None:
    """Raise ProblemError (400) if a datapoint has the same item twice: in results both have one key (H.2)."""
    items = [media[name].source_url or name if name in media else name for name in names]
    if len(set(items)) < len(items):
        raise ProblemError(400, "A datapoint has one item twice: results could not distinguish the two.")


async def describe_group(request: Request) -> Response:
    """`POST /dataset/{dataset_id}/group`: what is shown with every datapoint of a group; again replaces it"""
    wanted = await parse(request, NewGroup)
    segments = {segment.key: segment for segment in wanted.segments}
    async with platform_of(request).database.write() as connection:
        dataset = await dataset_row(connection, request.path_params["dataset_id"])
        optional = [part.model_copy(update={"required": False}) for part in schema_of(dataset)]
        require_schema(optional, segments)
        await put_to_use(connection, *(segment.asset for segment in wanted.segments))
        group = dataset_groups.c
        which = (group.dataset_id == dataset["id"]) & (group.name == wanted.group)
        await connection.execute(delete(dataset_groups).where(which))
        context = segments.get("context")
        row = {
            "dataset_id": dataset["id"],
            "name": wanted.group,
            "context": None if context is None else context.text,
            "segments": [segment.to_json(exclude_none=True) for segment in wanted.segments],
        }
        await connection.execute(insert(dataset_groups), row)
    return Response(status_code=204)


def require_schema(schema: list[SegmentDefinition], segments: dict[str, Segment]) -> None:
    """Raise ProblemError (400) where the segments are not those that the data set has."""
    known = {definition.key: definition for definition in schema}
    for definition in schema:
        if definition.required and definition.key not in segments:
            raise ProblemError(
                400,
                f"A datapoint needs the segment '{definition.key}'.",
                {"segments": [f"{definition.key} is required"]},
            )
    for key, segment in segments.items():
        kind = known[key].kind if key in known else None
        content = {"Text": segment.text, "Asset": segment.asset, "OptionList": segment.options}.get(segment.kind)
        if kind != segment.kind or content is None:
            raise ProblemError(400, f"The segment '{key[:80]}' is not one of this data set, or has no content.")
        options = [option.value for option in segment.options or ()]
        if segment.options is not None and (len(options) < FEWEST_OPTIONS or len(set(options)) < len(options)):
            raise ProblemError(400, f"The {key} are not at least {FEWEST_OPTIONS} different options.")
        most = known[key].max_length
        if segment.text is not None and most is not None and len(segment.text) > most:
            raise ProblemError(400, f"The {key} is longer than {most} characters.")


async def find(request: Request) -> Response:
    """`GET /dataset/{dataset_id}/datapoints`, in their order unless another is asked for"""
    async with platform_of(request).database.read() as connection:
        dataset = await dataset_row(connection, request.path_params["dataset_id"])
        query = select(datapoints).where(datapoints.c.dataset_id == dataset["id"])
        page = await datapoint_page(request, connection, query, "sort_index")
    return answer(page)


async def failed(request: Request) -> Response:
    """`GET /dataset/{dataset_id}/datapoints/failed`: what cannot be used is refused when it is added"""
    async with platform_of(request).database.read() as connection:
        await dataset_row(connection, request.path_params["dataset_id"])
    return answer(FailedDatapoints(datapoints=[]))


ROUTES = [
    Route("/dataset/{dataset_id}/datapoint", add, methods=["POST"]),
    Route("/dataset/{dataset_id}/group", describe_group, methods=["POST"]),
    Route("/dataset/{dataset_id}/datapoints", find),
    Route("/dataset/{dataset_id}/datapoints/failed", failed),
]
