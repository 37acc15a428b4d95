"""What labelers chose in a job, counted by the database: of people, or of simulated labelers, never of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local.tables import responses

Who = Literal["people", "simulated"]


@dataclass(frozen=True)
class Tally:
    """The responses to one datapoint, and the user scores of who gave them, by option."""

    counts: Mapping[int, int]
    scores: Mapping[int, float]

    def of(self, options: int) -> list[int]:
        """How many chose each of the first so many options."""
        return [self.counts.get(choice, 0) for choice in range(options)]


NOBODY = Tally({}, {})


async def tallies_of(
    connection: AsyncConnection, job_id: str, who: Who, positions: Sequence[int] | None = None
) -> dict[int, Tally]:
    """The tallies of a job's datapoints that have responses, by position; of these alone where positions are given."""
    given = responses.c
    query = (
        select(given.position, given.choice, func.count(), func.sum(given.user_score))
        .where(given.job_id == job_id, given.simulated.is_(who == "simulated"))
        .group_by(given.position, given.choice)
    )
    if positions is not None:
        query = query.where(given.position.in_(positions))
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    scores: dict[int, dict[int, float]] = defaultdict(dict)
    for position, choice, count, score in await connection.execute(query):
        counts[position][choice], scores[position][choice] = count, score
    return {position: Tally(counts[position], scores[position]) for position in counts}
