"""`/job/definition/{definition_id}/revision`: what a definition asks, revision by revision (contract F.7)."""

from __future__ import annotations

from sqlalchemy import RowMapping, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import revisions
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of, read_whole
from rapidata_mcp.local.jobs.new_revisions import insert_revision
from rapidata_mcp.local.jobs.revisions import definition_row, revision_model, revision_row
from rapidata_mcp.local.problems import ProblemError, missing, parse
from rapidata_mcp.local.store.account import moment
from rapidata_mcp.models.definitions import NewRevision, RevisionCreated, RevisionListItem

SORTS = {"revision_number": revisions.c.number, "created_at": revisions.c.created_at}


async def create(request: Request) -> Response:
    """`POST …/revision`: 409 with the latest number where the caller wants to have seen that one"""
    wanted = await parse(request, NewRevision)
    platform = platform_of(request)
    async with platform.database.write() as connection:
        latest = await revision_row(connection, request.path_params["definition_id"], None)
        if wanted.require_latest and wanted.base_revision_number != latest["number"]:
            raise ProblemError(409, "A newer revision exists.", latestRevisionNumber=latest["number"])
        number = latest["number"] + 1
        now = platform.clock.now()
        pipeline_id = await insert_revision(connection, latest["definition_id"], number, wanted, now)
    return answer(RevisionCreated(revision_number=number, pipeline_id=pipeline_id))


async def read(request: Request) -> Response:
    """`GET …/revision[/{number}]`, the latest where no number is given"""
    wanted = request.path_params.get("number")
    number = None if wanted is None else read_whole(wanted)
    if wanted is not None and number is None:
        raise missing("revision of the job definition", wanted)
    async with platform_of(request).database.read() as connection:
        row = await revision_row(connection, request.path_params["definition_id"], number)
    return answer(revision_model(row))


async def find(request: Request) -> Response:
    """`GET …/revisions`"""
    async with platform_of(request).database.read() as connection:
        definition = await definition_row(connection, request.path_params["definition_id"])
        query = select(revisions).where(revisions.c.definition_id == definition["id"])
        page = await paged(
            request, connection, query, {}, SORTS, "-revision_number", [revisions.c.number], to_list_item
        )
    return answer(page)


def to_list_item(row: RowMapping) -> RevisionListItem:
    """A revision's row in a list."""
    return RevisionListItem.model_validate(
        {**row, "revision_number": row["number"], "created_at": moment(row["created_at"])}
    )


ROUTES = [
    Route("/job/definition/{definition_id}/revision", create, methods=["POST"]),
    Route("/job/definition/{definition_id}/revision", read),
    Route("/job/definition/{definition_id}/revision/{number}", read),
    Route("/job/definition/{definition_id}/revisions", find),
]
