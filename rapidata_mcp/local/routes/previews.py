"""`/definitions/{definition_id}`: a draft as labelers will see it, and what about it could go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import audiences, datapoints, examples, jobs
from rapidata_mcp.local.api.platform import platform_of, whole_number
from rapidata_mcp.local.audiences.recruiting import audience_row
from rapidata_mcp.local.jobs.pairs import drafted_pairs, is_ranking, unit_count
from rapidata_mcp.local.jobs.revisions import definition_row, revision_model, revision_row
from rapidata_mcp.local.pages.page import page
from rapidata_mcp.local.questions.media import context_names, stored_media
from rapidata_mcp.local.questions.questions import question_of
from rapidata_mcp.local.questions.shown import ShownQuestion, shown
from rapidata_mcp.local.questions.shown_examples import shown_examples
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.wording import LONG_CONTEXT, context_hint, instruction_hints

PAGE_SIZE = 50
"""Datapoints on a page."""
MOST_AUDIENCES = 5
"""Audiences whose examples are offered."""
MOST_JOBS = 5
"""Jobs that are named of those that were started from the draft."""


async def preview(request: Request) -> Response:
    """`GET /definitions/{definition_id}?page=…&audience_id=…`: the datapoints of a draft, and an audience's examples"""
    definition_id = request.path_params["definition_id"]
    number = whole_number(request, "page", 1, 1_000_000)
    async with platform_of(request).database.read() as connection:
        definition = await definition_row(connection, definition_id)
        revision = revision_model(await revision_row(connection, definition_id, None))
        count = await unit_count(connection, revision)
        different, rows = await _shown(connection, revision, count, (number - 1) * PAGE_SIZE)
        questions = await _questions(connection, revision, rows)
        wanted = request.query_params.get("audience_id")
        audience = await (audience_row(connection, wanted) if wanted else _audience_of(connection, definition_id))
        return page(
            "preview.html",
            definition=definition,
            revision=revision,
            count=count,
            first=(number - 1) * PAGE_SIZE + 1,
            number=number,
            pages=max(1, -(-different // PAGE_SIZE)),
            questions=questions,
            started=await _started(connection, definition_id),
            hints=await _hints(connection, revision),
            context_hint=context_hint,
            audience=audience,
            examples=[] if audience is None else await shown_examples(connection, audience["id"]),
            others=await _others(connection, audience),
        )


async def _started(connection: AsyncConnection, definition_id: str) -> list[dict[str, Any]]:
    """The newest jobs that were started from the draft."""
    query = select(jobs.c.id, jobs.c.name).where(jobs.c.definition_id == definition_id, jobs.c.deleted_at.is_(None))
    found = await connection.execute(query.order_by(jobs.c.created_at.desc()).limit(MOST_JOBS))
    return [dict(row) for row in found.mappings()]


async def _shown(connection: AsyncConnection, revision: Revision, count: int, first: int) -> tuple[int, Iterable[Any]]:
    """How many different questions a draft leads to, and names of items, context and segments of a page of them."""
    if is_ranking(revision):
        return await drafted_pairs(connection, revision, first, PAGE_SIZE)
    return count, await _datapoints(connection, revision, first)


async def _questions(connection: AsyncConnection, revision: Revision, rows: Iterable[Any]) -> list[ShownQuestion]:
    found = [(*row, context_names(row[2])) for row in rows]
    media = await stored_media(connection, [name for row in found for name in (*row[0], *row[3])])
    sources = {name: stored.source for name, stored in media.items()}
    return [
        shown(revision.task, question_of(revision, names, context, segments, sources), media, context_media)
        for names, context, segments, context_media in found
    ]


async def _datapoints(connection: AsyncConnection, revision: Revision, first: int) -> Iterable[Any]:
    return await connection.execute(
        select(datapoints.c.item_names, datapoints.c.context, datapoints.c.segments)
        .where(datapoints.c.dataset_id == revision.dataset_id)
        .order_by(datapoints.c.sort_index, datapoints.c.arrived_at, datapoints.c.id)
        .limit(PAGE_SIZE)
        .offset(first)
    )


async def _hints(connection: AsyncConnection, revision: Revision) -> list[str]:
    """What is said of the draft as a whole; what is wrong with media, the visitor's browser finds out."""
    hints = instruction_hints(revision.task.instruction(revision.spec))
    query = select(func.count()).where(
        datapoints.c.dataset_id == revision.dataset_id, func.length(datapoints.c.context) > LONG_CONTEXT
    )
    long = (await connection.execute(query)).scalar_one()
    if long:
        are = "One context has" if long == 1 else f"{long:,} contexts have"
        hints.append(f"{are} more than {LONG_CONTEXT} characters: labelers skip what they would have to study.")
    return hints


async def _audience_of(connection: AsyncConnection, definition_id: str) -> RowMapping | None:
    """The custom audience that the newest job of this definition runs on."""
    query = (
        select(audiences)
        .join(jobs, jobs.c.audience_id == audiences.c.id)
        .where(jobs.c.definition_id == definition_id, audiences.c.kind == "custom")
        .order_by(jobs.c.created_at.desc())
    )
    return (await connection.execute(query.limit(1))).mappings().first()


async def _others(connection: AsyncConnection, audience: RowMapping | None) -> list[dict[str, Any]]:
    """The newest audiences with examples, without the one whose examples are shown."""
    query = (
        select(audiences.c.id, audiences.c.name)
        .where(
            audiences.c.id.in_(select(examples.c.audience_id)), audiences.c.id != (audience["id"] if audience else "")
        )
        .order_by(audiences.c.created_at.desc())
    )
    return [dict(row) for row in (await connection.execute(query.limit(MOST_AUDIENCES))).mappings()]


ROUTES = [Route("/definitions/{definition_id}", preview)]
