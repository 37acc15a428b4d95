"""How far candidates have come in the qualification of an audience, people and simulated ones apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import candidates, labelers


@dataclass(frozen=True)
class Funnel:
    """Candidates who have arrived, by what became of them."""

    graduated: int = 0
    answering: int = 0
    left: int = 0

    @property
    def arrived(self) -> int:
        """All of them."""
        return self.graduated + self.answering + self.left


@dataclass(frozen=True)
class Funnels:
    """An audience's candidates: two counts that are never added up."""

    people: Funnel
    simulated: Funnel


async def funnels_of(connection: AsyncConnection, audience_ids: Sequence[str], now: float) -> dict[str, Funnels]:
    """The funnels of these audiences as of now, in seconds since the epoch."""
    rows = await connection.execute(
        select(candidates.c.audience_id, labelers.c.simulated, candidates.c.state, func.count())
        .join(labelers, labelers.c.id == candidates.c.labeler_id)
        .where(candidates.c.audience_id.in_(audience_ids), candidates.c.joined_at <= now)
        .group_by(candidates.c.audience_id, labelers.c.simulated, candidates.c.state)
    )
    counts: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
    for audience_id, simulated, state, number in rows:
        counts[audience_id, bool(simulated)][state] = number
    return {each: Funnels(_funnel(counts[each, False]), _funnel(counts[each, True])) for each in audience_ids}


def _funnel(by_state: dict[str, int]) -> Funnel:
    graduated, answering = by_state.get("Graduated", 0), by_state.get("Distilling", 0)
    return Funnel(graduated, answering, sum(by_state.values()) - graduated - answering)
