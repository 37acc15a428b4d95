"""The results of a job as its page shows them: each datapoint with its options, counted and with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.options import of_options
from rapidata_mcp.aggregate.share import Share
from rapidata_mcp.local.media import context_names, stored_media
from rapidata_mcp.local.questions import question_of
from rapidata_mcp.local.shown import ShownQuestion, shown
from rapidata_mcp.local.tables import datapoints, job_datapoints
from rapidata_mcp.local.tallies import NOBODY, Tally
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.compare import CompareRapid
from rapidata_mcp.tasks.compare_results import CompareResults, counted_pair
from rapidata_mcp.tasks.compare_verdict import is_undecided

Keys = tuple[str, str, str]
"""Of a pair: what its items are called in results, and its context."""


@dataclass(frozen=True)
class OptionResult:
    """How many chose an option, and the share that is with its 95 % interval; None where nobody chose anything."""

    label: str
    count: int
    share: Share | None


@dataclass(frozen=True)
class DatapointResult:
    """A datapoint as labelers saw it, and what they chose. `position` begins at 1."""

    position: int
    question: ShownQuestion
    options: Sequence[OptionResult]
    responses: int
    remark: str


def compare_results(count: int, tallies: Mapping[int, Tally], keys: Mapping[int, Keys] | None = None) -> CompareResults:
    """The `count` pairs of a compare job from their tallies; without `keys` the items are called a and b."""
    pairs = []
    for position in range(count):
        tally = tallies.get(position, NOBODY)
        first, second, context = ("a", "b", "") if keys is None else keys[position]
        scores = [round(tally.scores.get(choice, 0.0), 4) for choice in range(4)]
        pairs.append(counted_pair(position + 1, (first, second), context, tally.of(4), scores))
    return CompareResults(instruction="", names=None, pairs=pairs, human=0, simulated=0, single=False)


def remarks_on(results: CompareResults, positions: Sequence[int]) -> dict[int, str]:
    """What is remarkable about the pairs at these positions (from 0)."""
    remarks = {}
    for position in positions:
        pair = results.pairs[position]
        if pair.flipped:
            remarks[position] = "turned by scores"
        elif pair.a_votes + pair.b_votes and is_undecided(*pair.votes):
            remarks[position] = "undecided"
    return remarks


def sides_of(revision: Revision) -> tuple[str, str]:
    """What stands behind the first and the second item of every pair, in words."""
    named = revision.asked.index_identifiers if isinstance(revision.asked, CompareRapid) else None
    first, second = named or ("the first item", "the second item")
    return first, second


async def datapoint_results(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    positions: Sequence[int],
    tallies: Mapping[int, Tally],
    remarks: Mapping[int, str],
) -> list[DatapointResult]:
    """These datapoints (positions from 0), in this order, with what is remarkable about some."""
    rows = await rows_of(connection, job, positions)
    beside = {row.position: context_names(row.segments) for row in rows}
    media = await stored_media(connection, [name for row in rows for name in (*row.item_names, *beside[row.position])])
    sources = {name: stored.source for name, stored in media.items()}
    found = {}
    for row in rows:
        question = question_of(revision, row.item_names, row.context, row.segments, sources)
        tally = tallies.get(row.position, NOBODY)
        counts = tally.of(len(question.options))
        shares: Sequence[Share | None] = of_options(counts) or [None] * len(counts)
        found[row.position] = DatapointResult(
            position=row.position + 1,
            question=shown(revision.task, question, media, beside[row.position]),
            options=[OptionResult(*each) for each in zip(question.options, counts, shares, strict=True)],
            responses=sum(tally.counts.values()),
            remark=remarks.get(row.position, ""),
        )
    return [found[position] for position in positions if position in found]


async def rows_of(
    connection: AsyncConnection, job: RowMapping, positions: Sequence[int] | None = None
) -> Sequence[Row[Any, Any, Any, Any]]:
    """Position, names of the items, context and segments of a job's datapoints, or of those at these positions."""
    content = datapoints.c
    query = (
        select(job_datapoints.c.position, content.item_names, content.context, content.segments)
        .join(datapoints, content.id == job_datapoints.c.datapoint_id)
        .where(job_datapoints.c.job_id == job["id"])
        .order_by(job_datapoints.c.position)
    )
    if positions is not None:
        query = query.where(job_datapoints.c.position.in_(positions))
    return (await connection.execute(query)).all()
