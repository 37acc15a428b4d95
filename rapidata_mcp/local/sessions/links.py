"""Label links: the jobs that a person can answer at the link of an audience or a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, RowMapping, Select, and_, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import assignments, audiences, candidates, jobs, labelers
from rapidata_mcp.local.jobs.completion import ENDED
from rapidata_mcp.local.problems import missing


class Candidacy(NamedTuple):
    """A person's progress with the examples of an audience."""

    state: str
    answered: int
    correct: int


@dataclass(frozen=True)
class LabelLink:
    """The running jobs of an audience's link, oldest first, or the job of a job's link.

    `pool_id` is the audience whose examples come first: the base of a filtered audience. `is_open` says whether people
    may label, `examines` whether they must qualify, `known` whether this person has begun. Each job's row also has
    `mine`: the number of answers from this person, or None if they do not take part.
    """

    id: str
    audience_id: str
    pool_id: str
    is_open: bool
    examines: bool
    known: bool
    candidacy: Candidacy | None
    jobs: Sequence[RowMapping]


_base = audiences.alias("base")
_pool_id = func.coalesce(_base.c.id, audiences.c.id)
_me: BindParameter[str] = bindparam("labeler_id")


def _look(which_jobs: ColumnElement[bool]) -> Select[Any]:
    """Select everything that a request needs in one query: there are hundreds of requests a second."""
    return (
        select(
            jobs,
            assignments.c.answered.label("mine"),
            audiences.c.id.label("link_audience_id"),
            _pool_id.label("pool_id"),
            func.coalesce(_base.c.kind, audiences.c.kind).label("pool_kind"),
            func.coalesce(_base.c.recruiting_since, audiences.c.recruiting_since).label("recruiting_since"),
            candidates.c.state.label("candidate_state"),
            candidates.c.answered.label("candidate_answered"),
            candidates.c.correct.label("candidate_correct"),
            exists().where(labelers.c.id == _me).label("known"),
        )
        .select_from(audiences)
        .outerjoin(_base, _base.c.id == audiences.c.base_id)
        .outerjoin(jobs, and_(jobs.c.audience_id == audiences.c.id, jobs.c.deleted_at.is_(None), which_jobs))
        .outerjoin(assignments, and_(assignments.c.job_id == jobs.c.id, assignments.c.labeler_id == _me))
        .outerjoin(candidates, and_(candidates.c.audience_id == _pool_id, candidates.c.labeler_id == _me))
        .order_by(jobs.c.created_at, jobs.c.id)
    )


_AT_JOB = _look(jobs.c.id == bindparam("link")).where(jobs.c.id == bindparam("link"))
_AT_AUDIENCE = _look(jobs.c.state.not_in(ENDED)).where(audiences.c.id == bindparam("link"))


async def find_link(connection: AsyncConnection, identifier: str, labeler_id: str = "") -> LabelLink:
    """Return the link of a job or an audience for a labeler, who may be unknown yet.

    Raises:
        ProblemError: 404 if there is no such job or audience, or the audience was deleted.
    """
    look = _AT_JOB if identifier.startswith("job_") else _AT_AUDIENCE
    rows = (await connection.execute(look, {"link": identifier, "labeler_id": labeler_id})).mappings().all()
    if not rows:
        raise missing("audience or job", identifier)
    row = rows[0]
    candidacy = Candidacy(row["candidate_state"], row["candidate_answered"], row["candidate_correct"])
    return LabelLink(
        id=identifier,
        audience_id=row["link_audience_id"],
        pool_id=row["pool_id"],
        is_open=_is_open(row),
        examines=row["pool_kind"] == "custom",
        known=row["known"],
        candidacy=None if candidacy.state is None else candidacy,
        jobs=[row for row in rows if row["id"] is not None],
    )


def _is_open(row: RowMapping) -> bool:
    """A slice whose audience was deleted has lost the examples by which people are examined, and is closed for good."""
    if row["pool_kind"] == "filtered":
        return False
    return row["pool_kind"] != "custom" or row["recruiting_since"] is not None
