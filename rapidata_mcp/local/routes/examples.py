"""`/audience/…/example`: qualification examples (contract C)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.local.account import new_id
from rapidata_mcp.local.media import item_names, sources_of
from rapidata_mcp.local.platform import answer, paged, platform_of
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.routes.audiences import audience_row, current
from rapidata_mcp.local.tables import examples
from rapidata_mcp.models.assets import (
    Asset,
    AssetInput,
    FileAsset,
    MultiAsset,
    MultiAssetInput,
    TextAsset,
    TextAssetInput,
    items_of,
)
from rapidata_mcp.models.examples import Example, ExampleAdded, NewExample
from rapidata_mcp.tasks import TASK_TYPES


async def add(request: Request) -> Response:
    """`POST /audience/{audience_id}/example`"""
    wanted = await parse(request, NewExample)
    names = item_names(wanted.asset.to_json())
    task = next(task for task in TASK_TYPES if isinstance(wanted.payload, task.payload))
    try:
        task.right_choice(wanted.truth, names)
    except ValueError:
        raise ProblemError(400, "The truth names none of the example's items.") from None
    example_id = new_id("exm")
    async with platform_of(request).database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        if audience["kind"] != "custom":
            raise ProblemError(403, "Examples can be added to your own audiences only.")
        last = await connection.execute(
            select(func.max(examples.c.position)).where(examples.c.audience_id == audience["id"])
        )
        position = last.scalar_one()
        await connection.execute(
            insert(examples),
            {
                "id": example_id,
                "audience_id": audience["id"],
                "position": 0 if position is None else position + 1,
                "body": wanted.to_json(),
                "correct_count": 0,
                "incorrect_count": 0,
            },
        )
    return answer(ExampleAdded(example_id=example_id))


async def find(request: Request) -> Response:
    """`GET /audience/{audience_id}/examples`"""
    audience, platform = await current(request)
    async with platform.database.read() as connection:
        query = select(examples).where(examples.c.audience_id == audience["id"])
        page = await paged(request, connection, query, examples.c.id, -examples.c.position, to_example)
        await tell_sources(connection, [item for example in page.items for item in items_of(example.asset)])
    return answer(page)


async def delete_one(request: Request) -> Response:
    """`DELETE /audience/example/{example_id}`"""
    example_id = request.path_params["example_id"]
    async with platform_of(request).database.write() as connection:
        done = await connection.execute(delete(examples).where(examples.c.id == example_id))
    if not done.rowcount:
        raise missing("example", example_id)
    return answer(ExampleAdded())


def to_example(row: RowMapping) -> Example:
    """An example's row as the contract shows it (C.5)."""
    body = row["body"]
    return Example.model_validate({**body, **row, "asset": as_read(NewExample.model_validate(body).asset)})


def as_read(asset: AssetInput) -> Asset:
    """An asset of a request in the form of answers, which has other discriminators (contract C.5)."""
    if isinstance(asset, MultiAssetInput):
        return MultiAsset(assets=[as_read(part) for part in asset.assets])
    if isinstance(asset, TextAssetInput):
        return TextAsset(text=asset.text)
    return FileAsset(file_name=asset.name)


async def tell_sources(connection: AsyncConnection, items: Sequence[FileAsset | TextAsset]) -> None:
    """Add to stored files where they came from (contract C.5)."""
    sources = await sources_of(connection, [item.name for item in items])
    for item in items:
        if isinstance(item, FileAsset) and item.name in sources:
            item.metadata = {"sourceUrl": {"_t": "SourceUrlMetadataModel", "url": sources[item.name]}}


ROUTES = [
    Route("/audience/example/{example_id}", delete_one, methods=["DELETE"]),
    Route("/audience/{audience_id}/example", add, methods=["POST"]),
    Route("/audience/{audience_id}/examples", find),
]
