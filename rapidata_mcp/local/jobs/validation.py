"""Validation of a definition: its data set has everything that its task needs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, datasets
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.questions.questions import COMMON, datapoint_of, schema_of
from rapidata_mcp.models.datasets import SegmentDefinition
from rapidata_mcp.models.referees import NaiveReferee, Referee
from rapidata_mcp.tasks import task_type_of
from rapidata_mcp.tasks.arguments import MAX_RESPONSES
from rapidata_mcp.tasks.task import TaskType
from rapidata_mcp.wire import WireModel

AT_ONCE = 1_000
"""Datapoints that are read together; between two readings others get their turn."""


async def validate_definition(connection: AsyncConnection, spec: WireModel, referee: Referee, dataset_id: str) -> None:
    """Raise ProblemError (400) where data set and referee do not fit what is asked."""
    found = await connection.execute(select(datasets).where(datasets.c.id == dataset_id))
    dataset = found.mappings().one_or_none()
    if dataset is None:
        raise ProblemError(400, f"There is no data set '{dataset_id[:80]}'.")
    kind, schema = task_type_of(spec), schema_of(dataset)
    if not isinstance(referee, NaiveReferee) and not kind.stops_early:
        raise ProblemError(400, f"Responses to a {kind.name} task cannot stop early.")
    if referee.max_responses > MAX_RESPONSES:
        raise ProblemError(400, f"A datapoint gets at most {MAX_RESPONSES:,} responses here.")
    missing_parts = _bound_segments(spec) - {part.key for part in schema}
    if missing_parts:
        raise ProblemError(400, f"The data set lacks the segment '{min(missing_parts)}', which the task shows.")
    others = select(func.count()).where(
        datapoints.c.dataset_id == dataset_id,
        func.json_array_length(datapoints.c.item_names) != kind.items_per_datapoint,
    )
    if (await connection.execute(others)).scalar_one():
        raise ProblemError(400, f"A {kind.name} task shows {kind.items_per_datapoint} assets of each datapoint.")
    await _require_questions(connection, kind, spec, dataset_id, schema)


def _bound_segments(spec: WireModel) -> set[str]:
    """The segments of a datapoint that a task names (contract F.3)."""
    parts = [value for _, member in spec for value in (member if isinstance(member, list) else [member])]
    return {part.segment for part in parts if getattr(part, "segment", None)}


async def _require_questions(
    connection: AsyncConnection, kind: TaskType, spec: WireModel, dataset_id: str, schema: Sequence[SegmentDefinition]
) -> None:
    """Raise ProblemError (400) for the first datapoint of which the task cannot make a question.

    In a data set without segments of its own, datapoints do not differ for a task: checking one is enough.
    """
    alike = all(part.key in COMMON for part in schema)
    position = 0
    async for row in _in_order(connection, dataset_id, 1 if alike else AT_ONCE):
        try:
            kind.question(spec, datapoint_of(row.item_names, row.context, row.segments, {}), row.item_names)
        except ValueError as impossible:
            named = {f"datapoints.{position}": [str(impossible)]}
            raise ProblemError(400, f"Datapoint {position} of the data set: {impossible}", named) from None
        if alike:
            return
        position += 1


async def _in_order(connection: AsyncConnection, dataset_id: str, at_once: int) -> AsyncIterator[Any]:
    content = datapoints.c
    place = (content.sort_index, content.arrived_at, content.id)
    query = select(*place, content.item_names, content.context, content.segments)
    query = query.where(content.dataset_id == dataset_id).order_by(*place).limit(at_once)
    rows = (await connection.execute(query)).all()
    while rows:
        for row in rows:
            yield row
        last = rows[-1]
        after = tuple_(*place) > tuple_(last.sort_index, last.arrived_at, last.id)
        rows = (await connection.execute(query.where(after))).all()
