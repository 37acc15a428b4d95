"""The results of a job as its page shows them: each datapoint as labelers saw it, and what they answered, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from anyio import to_thread
from sqlalchemy import Row, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.share import of_pair
from rapidata_mcp.database.tables import datapoints, job_datapoints
from rapidata_mcp.local.jobs.pairs import is_ranking, lists_of
from rapidata_mcp.local.jobs.tallies import NOBODY, Tally, Who, votes_of
from rapidata_mcp.local.questions.media import Media, context_names, items_shown, stored_media
from rapidata_mcp.local.questions.questions import question_of
from rapidata_mcp.local.questions.shown import Item, ShownQuestion, shown
from rapidata_mcp.local.results.rankings import votes_by_list
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.compare import CompareRapid
from rapidata_mcp.tasks.compare_results import CompareResults, counted_pair
from rapidata_mcp.tasks.compare_verdict import is_undecided
from rapidata_mcp.tasks.outcomes import Counted, Outcome
from rapidata_mcp.tasks.task import DatapointVotes, Vote

MOST_ANSWERS = 10
"""Different answers to one datapoint that are shown."""
Keys = tuple[str, str, str]
"""Of a pair: what its items are called in results, and its context."""


@dataclass(frozen=True)
class DatapointResult:
    """A datapoint as labelers saw it, and what they answered, at most `MOST_ANSWERS`; `others` are left out.

    `items` tells the items from which they chose by the words that answers use for them; empty where there is one.
    """

    question: ShownQuestion
    outcome: Outcome
    answers: Sequence[Counted]
    others: int
    items: Mapping[str, Item]
    remark: str


class _Answered(NamedTuple):
    """What is shown at a position, and the votes on it."""

    position: int
    names: Sequence[str]
    context: str | None
    segments: Sequence[dict[str, Any]] | None
    votes: Sequence[Vote]


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


async def datapoint_results(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    who: Who,
    base: str,
    positions: Sequence[int] | None = None,
    remarks: Mapping[int, str] | None = None,
) -> list[DatapointResult]:
    """The datapoints at these positions (from 0) in this order, or all, with what such labelers answered.

    Of a ranking these are its lists. Stored files are found below the URL `base`; `remarks` tell what is remarkable
    about some.
    """
    rows = await _answered(connection, job, revision, who, positions)
    beside = [context_names(row.segments) for row in rows]
    names = [name for row, more in zip(rows, beside, strict=True) for name in (*row.names, *more)]
    media = await stored_media(connection, names)

    def told() -> list[DatapointResult]:
        return _told(revision, rows, beside, media, base, remarks or {}, positions)

    return await to_thread.run_sync(told)  # of thousands of drawings it takes seconds, in which labelers must not wait


def _told(
    revision: Revision,
    rows: Sequence[_Answered],
    beside: Sequence[Sequence[str]],
    media: Mapping[str, Media],
    base: str,
    remarks: Mapping[int, str],
    positions: Sequence[int] | None,
) -> list[DatapointResult]:
    """What was answered to each of these, in the order of the positions."""
    sources = {name: stored.source for name, stored in media.items()}
    kind, found = revision.task, {}
    for row, more in zip(rows, beside, strict=True):
        question = question_of(revision, row.names, row.context, row.segments, sources)
        items = items_shown(row.names, media, base)
        cast = DatapointVotes(question, items, row.votes, asked=revision.asked)
        outcome = kind.outcome(row.position + 1, kind.result(cast, with_confidence=False), revision.settings)
        asked = shown(kind, question, media, more)
        found[row.position] = DatapointResult(
            question=asked,
            outcome=outcome,
            answers=_with_shares(outcome, revision)[:MOST_ANSWERS],
            others=max(0, len(outcome.answers) - MOST_ANSWERS),
            items={item.key: seen for item, seen in zip(items, asked.items, strict=True)} if len(items) > 1 else {},
            remark=remarks.get(row.position, outcome.note),
        )
    return [found[position] for position in (found if positions is None else positions) if position in found]


async def unit_count(connection: AsyncConnection, job: RowMapping, revision: Revision) -> int:
    """How many results a job has: one for each datapoint, or for each list of a ranking."""
    return len(await lists_of(connection, revision.dataset_id)) if is_ranking(revision) else job["datapoint_count"]


async def _answered(
    connection: AsyncConnection, job: RowMapping, revision: Revision, who: Who, positions: Sequence[int] | None
) -> list[_Answered]:
    if is_ranking(revision):
        ranked = await votes_by_list(connection, job, revision, who)
        lists = [_Answered(at, one.names, one.context, one.beside, votes) for at, (one, votes) in enumerate(ranked)]
        return [lists[at] for at in range(len(lists)) if positions is None or at in positions]
    votes_at = await votes_of(connection, job["id"], who, positions)
    rows = await rows_of(connection, job, positions)
    return [_Answered(*row, votes_at.get(row.position, ())) for row in rows]


def _with_shares(outcome: Outcome, revision: Revision) -> Sequence[Counted]:
    """The answers; those of a comparison with the shares of its two items among the responses that chose one."""
    if not isinstance(revision.asked, CompareRapid):
        return outcome.answers
    first, second, *unsure = outcome.answers
    share = of_pair(first.votes, second.votes)
    return [first._replace(share=share), second._replace(share=share and share.mirrored), *unsure]


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
    return await to_thread.run_sync((await connection.execute(query)).all)
