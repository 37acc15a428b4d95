"""What every route of the embedded platform works with, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.scenario import Scenario
from rapidata_mcp.models.paging import Page
from rapidata_mcp.wire import Wire

Item = TypeVar("Item", bound=Wire)
MAX_PAGE_SIZE = 1_000


@dataclass(frozen=True)
class LocalPlatform:
    """The platform's database, time, crowd (simulated labelers, 0 for none), script, and which data it serves."""

    database: Database
    clock: Clock
    crowd: int
    scenario: Scenario
    fingerprint: str


def platform_of(request: Request) -> LocalPlatform:
    """The platform that a request is for."""
    platform: LocalPlatform = request.app.state.platform
    return platform


def answer(model: Wire) -> Response:
    """200 with a model of the contract."""
    return Response(model.model_dump_json(by_alias=True), media_type="application/json")


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """A query parameter from 1 to `most`. Raises ProblemError (400) on anything else."""
    value = request.query_params.get(name, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise ProblemError(400, f"{name} must be a whole number from 1 to {most}.")
    return int(value)


async def paged(
    request: Request,
    connection: AsyncConnection,
    query: Select[Any],
    name: ColumnElement[str],
    order: ColumnElement[Any],
    to_item: Callable[[RowMapping], Item],
) -> Page[Item]:
    """One page of a list, newest first, filtered by `name[contains]` (contract A.7)."""
    page = whole_number(request, "page", 1, 1_000_000)
    size = whole_number(request, "page_size", 10, MAX_PAGE_SIZE)
    wanted = request.query_params.get("name[contains]", "")
    if wanted:
        query = query.where(name.icontains(wanted, autoescape=True))
    ascending = request.query_params.get("sort", "-created_at") == "created_at"
    total = (await connection.execute(select(func.count()).select_from(query.subquery()))).scalar_one()
    ordered = query.order_by(order if ascending else order.desc()).limit(size).offset((page - 1) * size)
    items = [to_item(row) for row in (await connection.execute(ordered)).mappings()]
    return Page(total=total, page=page, page_size=size, total_pages=-(-total // size), items=items)
