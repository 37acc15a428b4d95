"""What labelers answered in a job: counted by the database, or one by one with who gave it.

A large job has a million responses: their rows are read in a thread, so that the event loop serves others meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from anyio import to_thread
from pydantic_core import from_json
from sqlalchemy import ColumnElement, RowMapping, Select, Text, case, cast, func, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import labelers, responses
from rapidata_mcp.tasks.task import Vote

Who = Literal["people", "simulated"]


@dataclass(frozen=True)
class Tally:
    """The responses to one datapoint, and the user scores of who gave them, by option."""

    counts: Mapping[int, int]
    scores: Mapping[int, float]

    def of(self, options: int) -> list[int]:
        """Return how many labelers chose each of the first options."""
        return [self.counts.get(choice, 0) for choice in range(options)]


NOBODY = Tally({}, {})


Count = Sequence[Any]
"""The responses that chose an option of a datapoint.

Its position, the option; how many chose it and the sum of their user scores; how many of these are people, and theirs.
"""


async def tallies_of(connection: AsyncConnection, job_id: str, who: Who) -> dict[int, Tally]:
    """The tallies of a job's datapoints that have responses of such labelers, by position."""
    given = responses.c
    rows = await connection.execute(
        select(given.position, given.choice, func.count(), func.sum(given.user_score))
        .where(given.job_id == job_id, given.simulated.is_(who == "simulated"))
        .group_by(given.position, given.choice)
    )
    return await to_thread.run_sync(_tallied, rows)


def _tallied(rows: Iterable[Any]) -> dict[int, Tally]:
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    scores: dict[int, dict[int, float]] = defaultdict(dict)
    for position, choice, count, score in rows:
        counts[position][choice], scores[position][choice] = count, score
    return {position: Tally(counts[position], scores[position]) for position in counts}


async def votes_of(
    connection: AsyncConnection, job_id: str, who: Who | None = None, positions: Sequence[int] | None = None
) -> dict[int, list[Vote]]:
    """The votes of a job by position, in the order of their arrival: all, or those of some labelers or datapoints."""
    query = _one_by_one(job_id, who).order_by(responses.c.position, responses.c.at)
    if positions is not None:
        query = query.where(responses.c.position.in_(positions))
    return await to_thread.run_sync(_by_position, await connection.execute(query))


async def votes_in_time(connection: AsyncConnection, job_id: str, who: Who | None = None) -> list[tuple[int, Vote]]:
    """Position and vote of each response to a job in the order of time: all, or those of some labelers."""
    query = _one_by_one(job_id, who).order_by(responses.c.at, responses.c.id)
    rows = await connection.execute(query)
    return await to_thread.run_sync(lambda: [(position, Vote(*vote)) for position, *vote in rows])


def _one_by_one(job_id: str, who: Who | None) -> Select[Any]:
    given, people = responses.c, labelers.c
    traits = (people.country, people.language, people.age, people.gender, people.occupation)
    query = (
        select(given.position, given.choice, given.user_score, *traits, given.simulated, given.answer)
        .join(labelers, people.id == given.labeler_id)
        .where(given.job_id == job_id)
    )
    return query if who is None else query.where(given.simulated.is_(who == "simulated"))


def _by_position(rows: Iterable[Any]) -> dict[int, list[Vote]]:
    votes: dict[int, list[Vote]] = defaultdict(list)
    for position, *vote in rows:
        votes[position].append(Vote(*vote))
    return votes


async def counts_of(
    connection: AsyncConnection, job: RowMapping, positions: Sequence[int]
) -> Mapping[int, Sequence[Count]]:
    """The counts of those datapoints of a job that have responses, by position.

    They come as one JSON text, which the database puts together while the process does other things. For rows, of which
    there are thousands, its thread and the process would wait for each other at every single one.
    """
    given = responses.c
    everyone = func.count(), func.sum(given.user_score)
    people: tuple[ColumnElement[Any], ColumnElement[Any]] = everyone
    if job["simulated_count"]:
        human = given.simulated.is_(False)
        people = func.sum(case((human, 1), else_=0)), func.sum(case((human, given.user_score), else_=0.0))
        if job["simulated_count"] == job["response_count"]:  # as in most rehearsals: all are simulated
            people = literal_column("0"), literal_column("0")
    columns = (given.position, given.choice, *everyone, *people)
    row: ColumnElement[str] = literal("[")
    for number, column in enumerate(columns):
        row = row + ("," if number else "") + cast(column, Text)
    rows = (
        select(row.label("row")).where(_among(job["id"], positions)).group_by(given.position, given.choice).subquery()
    )
    concatenated = (await connection.execute(select(func.aggregate_strings(rows.c.row + "]", ",")))).scalar()
    counts: dict[int, list[Count]] = defaultdict(list)
    for count in from_json(f"[{concatenated or ''}]"):
        counts[count[0]].append(count)
    return counts


async def scores_of(
    connection: AsyncConnection, job_id: str, positions: Sequence[int]
) -> Mapping[int, Sequence[tuple[int, float]]]:
    """The choice and the user score of each response to those datapoints, by position."""
    given = responses.c
    query = select(given.position, given.choice, given.user_score).where(_among(job_id, positions))
    scores: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for position, choice, score in await connection.execute(query):
        scores[position].append((choice, score))
    return scores


def _among(job_id: str, positions: Sequence[int]) -> ColumnElement[bool]:
    given, first, last = responses.c, min(positions, default=0), max(positions, default=-1)
    consecutive = last - first < len(positions)
    return (given.job_id == job_id) & (
        given.position.between(first, last) if consecutive else given.position.in_(positions)
    )
