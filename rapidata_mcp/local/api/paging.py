"""Lists: pages, sorting and filters in the grammar of the contract (A.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Float, RowMapping, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from rapidata_mcp.local.api.platform import whole_number
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.models.paging import Page
from rapidata_mcp.wire import WireModel

Item = TypeVar("Item", bound=WireModel)
Columns = Mapping[str, ColumnElement[Any]]
MAX_PAGE_SIZE = 1_000
_FILTER = re.compile(r"(\w+)\[(\w+)\]\Z")
_OPERATORS: dict[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "eq": lambda column, value: column == value,
    "neq": lambda column, value: column != value,
    "gt": lambda column, value: column > value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "lte": lambda column, value: column <= value,
    "contains": lambda column, value: column.icontains(value, autoescape=True),
    "not_contains": lambda column, value: ~column.icontains(value, autoescape=True),
    "starts_with": lambda column, value: column.istartswith(value, autoescape=True),
    "ends_with": lambda column, value: column.iendswith(value, autoescape=True),
}


async def paged(
    request: Request,
    connection: AsyncConnection,
    query: Select[Any],
    filters: Columns,
    sorts: Columns,
    default_sort: str,
    among_equals: Sequence[ColumnElement[Any]],
    to_item: Callable[[RowMapping], Item],
) -> Page[Item]:
    """One page of a list. Raises ProblemError (400) for a filter or sort that the list does not have.

    `among_equals` orders rows that are equal in the sort: without it, pages would repeat some and miss others.
    """
    page = whole_number(request, "page", 1, 1_000_000)
    size = whole_number(request, "page_size", 10, MAX_PAGE_SIZE)
    if request.query_params.get("scope") == "Shared":
        query = query.where(False)  # type: ignore[arg-type]  # there is nobody who could share anything
    conditions = _conditions(request, filters)
    if conditions:
        query = query.where((or_ if request.query_params.get("logic") == "or" else and_)(*conditions))
    total = (await connection.execute(select(func.count()).select_from(query.subquery()))).scalar_one()
    order = _order(request, sorts, default_sort)
    rows = await connection.execute(query.order_by(*order, *among_equals).limit(size).offset((page - 1) * size))
    items = [to_item(row) for row in rows.mappings()]
    return Page(total=total, page=page, page_size=size, total_pages=-(-total // size), items=items)


def _conditions(request: Request, filters: Columns) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    wanted = {name: request.query_params.getlist(name) for name in request.query_params}
    for name, values in wanted.items():
        parts = _FILTER.match(name)
        if parts is None or values == [""]:
            continue  # the SDK sends an empty filter where the caller gave none
        column, operator = filters.get(parts[1]), parts[2]
        if column is None or operator not in (*_OPERATORS, "in"):
            raise ProblemError(400, f"This list cannot be filtered by {name[:80]}.")
        typed = [_value(column, name, value) for value in values]
        if operator == "in":
            conditions.append(column.in_(typed))
        else:
            conditions += [_OPERATORS[operator](column, value) for value in typed]
    return conditions


def _value(column: ColumnElement[Any], name: str, value: str) -> Any:
    """A value in the type of its column; moments come as ISO 8601."""
    kind = column.type.python_type
    try:
        if kind is bool:
            return {"true": True, "false": False}[value.lower()]
        if isinstance(column.type, Float) and not value.replace(".", "", 1).lstrip("-").isdecimal():
            return datetime.fromisoformat(value.replace(" ", "+")).timestamp()  # a bare plus is a space in a query
        return kind(value)
    except (KeyError, ValueError):
        raise ProblemError(400, f"{name[:80]} has a value that cannot be read.") from None


def _order(request: Request, sorts: Columns, default_sort: str) -> list[ColumnElement[Any]]:
    order: list[ColumnElement[Any]] = []
    for sort in request.query_params.getlist("sort") or [default_sort]:
        column = sorts.get(sort.removeprefix("-"))
        if column is None:
            raise ProblemError(400, f"This list cannot be sorted by {sort[:80]}.")
        order.append(column.desc() if sort.startswith("-") else column.asc())
    return order
