"""`/audience/…/example`: qualification examples (contract C)."""

from __future__ import annotations

from sqlalchemy import Boolean, RowMapping, delete, func, insert, select, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import examples
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.audiences import qualification
from rapidata_mcp.local.audiences.recruiting import audience_row, current_audience
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.questions.media import as_read, put_to_use, tell_sources
from rapidata_mcp.local.questions.questions import example_question
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.examples import Example, ExampleAdded, ExampleChange, NewExample
from rapidata_mcp.tasks import task_type_of_example

FILTERS = {
    "visibility": func.coalesce(examples.c.body["visibility"].as_string(), "Private"),
    "is_common_sense": func.coalesce(examples.c.body["isCommonSense"].as_boolean(), False, type_=Boolean),
    "flag_if_incorrect": func.coalesce(examples.c.body["flagIfIncorrect"].as_boolean(), False, type_=Boolean),
}
ALWAYS_THERE = ("truth", "randomCorrectProbability")
"""What an example cannot be without: null does not take it away."""
SORTS = {"sort_index": examples.c.position, "created_at": examples.c.position}


async def add(request: Request) -> Response:
    """`POST /audience/{audience_id}/example`"""
    wanted = await parse(request, NewExample)
    require_truth(wanted)
    example_id = new_id("exm")
    platform = platform_of(request)
    async with platform.database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        if audience["kind"] != "custom":
            raise ProblemError(403, "Examples can be added to your own audiences only.")
        await put_to_use(connection, wanted.asset, wanted.context_asset)
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
        await qualification.go_on(connection, audience["id"], platform.clock.now())
    return answer(ExampleAdded(example_id=example_id))


def require_truth(wanted: NewExample) -> None:
    """Raise ProblemError (400) where the truth is not an answer to the example's question."""
    try:
        example_question(wanted, {})
    except ValueError as problem:
        raise ProblemError(400, f"The truth is not an answer to the example's question: {problem}") from None


async def change(request: Request) -> Response:
    """`PATCH /audience/{audience_id}/example/{example_id}`: answers that were given already stay as they were judged"""
    wanted = await parse(request, ExampleChange)
    given = wanted.to_json(include=wanted.model_fields_set)
    given = {name: value for name, value in given.items() if value is not None or name not in ALWAYS_THERE}
    instruction = given.pop("instructionText", None)
    example_id = request.path_params["example_id"]
    async with platform_of(request).database.write() as connection:
        audience = await audience_row(connection, request.path_params["audience_id"])
        which = (examples.c.id == example_id) & (examples.c.audience_id == audience["id"])
        body = (await connection.execute(select(examples.c.body).where(which))).scalar_one_or_none()
        if body is None:
            raise missing("example", example_id)
        changed = NewExample.model_validate(body | given)
        require_truth(changed)
        await put_to_use(connection, changed.context_asset)
        kept = changed.to_json()
        if instruction is not None:
            asked = task_type_of_example(changed.payload).instruction(changed.payload)
            kept["payload"] = {
                name: instruction if value == asked else value for name, value in kept["payload"].items()
            }
        await connection.execute(update(examples).where(which).values(body=kept))
    return Response(status_code=204)


async def find(request: Request) -> Response:
    """`GET /audience/{audience_id}/examples`"""
    platform = platform_of(request)
    audience = await current_audience(platform, request.path_params["audience_id"])
    async with platform.database.read() as connection:
        query = select(examples).where(examples.c.audience_id == audience["id"])
        page = await paged(request, connection, query, FILTERS, SORTS, "sort_index", [examples.c.id], to_example)
        shown = [asset for example in page.items for asset in (example.asset, example.context_asset) if asset]
        await tell_sources(connection, shown)
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
    wanted = NewExample.model_validate(row["body"])
    assets = {
        "asset": as_read(wanted.asset),
        "context_asset": None if wanted.context_asset is None else as_read(wanted.context_asset),
    }
    return Example.model_validate({**wanted.model_dump(exclude=set(assets)), **row, **assets})


ROUTES = [
    Route("/audience/example/{example_id}", delete_one, methods=["DELETE"]),
    Route("/audience/{audience_id}/example", add, methods=["POST"]),
    Route("/audience/{audience_id}/example/{example_id}", change, methods=["PATCH"]),
    Route("/audience/{audience_id}/examples", find),
]
