"""The simulated labelers of a job, and the times from which they can answer."""

from __future__ import annotations

from itertools import islice
from random import Random

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import assignments, audiences, candidates
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.audiences import crowd, qualification
from rapidata_mcp.local.audiences.filters import all_apply, members, read_filters
from rapidata_mcp.models.filters import AudienceFilter

Fresh = list[tuple[str, float, float]]
"""New labelers of a job: id, user score, and arrival in seconds of its running time."""


def crowd_needed(crowd_setting: int, most_responses: int) -> int:
    """Return the number of simulated labelers for a job with this many responses per datapoint, 0 if they are off."""
    return max(crowd_setting, 2 * most_responses) if crowd_setting else 0


async def gather(
    connection: AsyncConnection, job: RowMapping, need: int, scenario: Scenario, started_at: float, now: float
) -> None:
    """Assign the job's simulated labelers: the graduates of its audience, or anyone if it does not examine.

    A filtered audience is a part of another audience (contract B.8). People reach an unlisted audience by its link; in
    a rehearsal, simulated labelers stand in for them.
    """
    audience = await _audience(connection, job["audience_id"])
    if audience is None:
        return
    filters = read_filters(audience["filters"])
    pool = audience
    if audience["kind"] == "filtered":
        base = await _audience(connection, audience["base_id"])
        if base is None:
            return
        filters += read_filters(base["filters"])
        pool = base
    if pool["kind"] == "custom":
        await qualification.replay(connection, pool, scenario, now)
        await _grow(connection, pool, need, now)
        fresh = await _graduates(connection, job["id"], pool["id"], filters, started_at)
    else:
        fresh = await _anyone(connection, job["id"], filters, need)
    await _take_up(connection, job["id"], fresh)


async def _audience(connection: AsyncConnection, audience_id: str) -> RowMapping | None:
    found = await connection.execute(select(audiences).where(audiences.c.id == audience_id))
    return found.mappings().one_or_none()


async def _graduates(
    connection: AsyncConnection, job_id: str, audience_id: str, filters: list[AudienceFilter], started_at: float
) -> Fresh:
    known = select(assignments.c.labeler_id).where(assignments.c.job_id == job_id)
    graduates = await connection.execute(
        select(candidates.c.labeler_id, candidates.c.answered, candidates.c.correct, candidates.c.decided_at).where(
            candidates.c.audience_id == audience_id,
            candidates.c.state == "Graduated",
            candidates.c.labeler_id.startswith("sim_"),
            candidates.c.labeler_id.not_in(known),
        )
    )
    return [
        (labeler_id, qualification.earned_score(answered, correct), max(0.0, decided_at - started_at))
        for labeler_id, answered, correct, decided_at in graduates
        if all_apply(filters, crowd.simulated_labeler(crowd.number_of(labeler_id)))
    ]


async def _anyone(connection: AsyncConnection, job_id: str, filters: list[AudienceFilter], need: int) -> Fresh:
    known = await connection.execute(select(assignments.c.labeler_id).where(assignments.c.job_id == job_id))
    present = {crowd.number_of(row[0]) for row in known if row[0].startswith("sim_")}
    numbers = list(islice(members(filters, excluded=present), max(0, need - len(present))))
    await crowd.register(connection, numbers)
    people = [crowd.simulated_labeler(number) for number in numbers]
    return [(labeler.id, labeler.reputation, 0.0) for labeler in people]


async def _take_up(connection: AsyncConnection, job_id: str, fresh: Fresh) -> None:
    rows = [
        {
            "job_id": job_id,
            "labeler_id": labeler_id,
            "user_score": score,
            "position": None,
            "due": available + Random(f"{job_id} {labeler_id}").uniform(0, 0.5),
            "answered": 0,
        }
        for labeler_id, score, available in fresh
    ]
    if rows:
        await connection.execute(insert(assignments), rows)


async def _grow(connection: AsyncConnection, audience: RowMapping, need: int, now: float) -> None:
    """Invite more candidates when all have been decided and too few graduated, up to a limit."""
    if audience["recruiting_since"] is None:
        return
    graduates, undecided = await qualification.counts(connection, audience["id"])
    size = audience["crowd_size"]
    if size < need:
        await qualification.invite(connection, audience, need, now)
    elif not undecided and graduates < need / 2 + 2 and size < qualification.CROWD_LIMIT * need:
        await qualification.invite(connection, audience, min(2 * size, qualification.CROWD_LIMIT * need), now)
