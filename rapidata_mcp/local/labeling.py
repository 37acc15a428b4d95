"""Labeling: how the graduates of an audience answer a job.

The simulated part is replayed in due order in the job's running time, by whoever reads first, so a pause shifts it and
a restart loses nothing. What people answer counts against the same need.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from random import Random
from typing import Any

import anyio.lowlevel
from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.local import crowd, qualification
from rapidata_mcp.local.account import OWNER_ID, moment
from rapidata_mcp.local.media import sources_of
from rapidata_mcp.local.scenario import Scenario
from rapidata_mcp.local.tables import (
    assignments,
    audiences,
    candidates,
    datapoints,
    job_datapoints,
    jobs,
    responses,
    revisions,
)
from rapidata_mcp.models.definitions import Revision, SimpleWorkflow
from rapidata_mcp.models.referees import NaiveReferee
from rapidata_mcp.tasks import TASK_TYPES
from rapidata_mcp.tasks.task import TaskType

WINDOW = 1_000
"""Datapoints that labelers work on at the same time; a large job is worked through from its beginning."""
MOST_RESPONSES_A_READ = 5_000
REHEARSAL_SECONDS = 30
"""The pace of the crowd is raised so that a job of any size takes about this long."""
MEAN_SECONDS = 0.75
IDLE_SECONDS = 1.0
"""A labeler who finds nothing to do looks again after this."""


def crowd_needed(crowd_setting: int, most_responses: int) -> int:
    """Simulated labelers for a job that asks for this many responses per datapoint; none when the crowd is off."""
    return max(crowd_setting, 2 * most_responses) if crowd_setting else 0


def pace_for(datapoint_count: int, most_responses: int, crowd_size: int) -> float:
    """The factor on seconds per answer that lets a large rehearsal end within about half a minute."""
    expected = datapoint_count * most_responses * MEAN_SECONDS / max(1, crowd_size / 2)
    return min(1.0, REHEARSAL_SECONDS / expected)


def running_seconds(job: RowMapping, now: float) -> float:
    """How long the job has been running, without its pauses."""
    return float(job["ran_for"]) + (max(0.0, now - job["running_since"]) if job["running_since"] is not None else 0.0)


@dataclass
class _Work:
    """A datapoint that still needs responses."""

    position: int
    items: list[str]
    votes: list[tuple[int, float]] = field(default_factory=list)
    answered_by: set[str] = field(default_factory=set)
    in_hand: int = 0
    settled: bool = False

    @property
    def load(self) -> int:
        return len(self.votes) + self.in_hand


class _Replay:
    """One read's share of a job: the labelers, the window of open datapoints, and what is to be written down."""

    def __init__(self, connection: AsyncConnection, job: RowMapping, revision: Revision, started_at: float) -> None:
        self.connection = connection
        self.job_id: str = job["id"]
        self.pace: float = job["pace"]
        self.started_at = started_at  # the time at which the job's running time was 0, had it never paused
        self.referee = revision.referee
        self.task: TaskType = task_of(revision.workflow)
        self.instruction = self.task.instruction(revision.workflow.rapid)
        self.open: dict[int, _Work] = {}
        self.available: list[tuple[int, int]] = []  # (load, position)
        self.last_position = -1
        self.answers: list[dict[str, Any]] = []
        self.settled: list[int] = []

    async def load_in_hand(self) -> None:
        """Take up what labelers hold in their hands, settled meanwhile or not: their answers still count (H.10)."""
        held = await self.connection.execute(
            select(assignments.c.position)
            .where(assignments.c.job_id == self.job_id, assignments.c.position.is_not(None))
            .distinct()
        )
        await self._load(job_datapoints.c.position.in_([row[0] for row in held]))

    async def load_window(self) -> bool:
        """Take up the next open datapoints. False when there are none left."""
        fresh = await self._load(
            and_(job_datapoints.c.settled.is_(False), job_datapoints.c.position > self.last_position)
        )
        if fresh:
            self.last_position = max(fresh)
        return bool(fresh)

    async def _load(self, which: ColumnElement[bool]) -> list[int]:
        rows = await self.connection.execute(
            select(job_datapoints.c.position, job_datapoints.c.settled, datapoints.c.item_names)
            .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
            .where(job_datapoints.c.job_id == self.job_id, which)
            .order_by(job_datapoints.c.position)
            .limit(WINDOW)
        )
        found = {position: _Work(position, items, settled=settled) for position, settled, items in rows}
        fresh = {position: work for position, work in found.items() if position not in self.open}
        sources = await sources_of(self.connection, [name for work in fresh.values() for name in work.items])
        for work in fresh.values():
            work.items = [sources.get(name, name) for name in work.items]
        for start in range(0, len(fresh), 500):
            await self._load_votes(fresh, list(fresh)[start : start + 500])
        self.open |= fresh
        for work in fresh.values():
            self._offer(work)
        return list(found)

    async def _load_votes(self, works: dict[int, _Work], positions: list[int]) -> None:
        given = await self.connection.execute(
            select(responses.c.position, responses.c.labeler_id, responses.c.choice, responses.c.user_score).where(
                responses.c.job_id == self.job_id, responses.c.position.in_(positions)
            )
        )
        for position, labeler_id, choice, score in given:
            works[position].votes.append((choice, score))
            works[position].answered_by.add(labeler_id)
        in_hand = await self.connection.execute(
            select(assignments.c.position, assignments.c.labeler_id).where(
                assignments.c.job_id == self.job_id, assignments.c.position.in_(positions)
            )
        )
        for position, labeler_id in in_hand:
            works[position].in_hand += 1
            works[position].answered_by.add(labeler_id)

    def _offer(self, work: _Work) -> None:
        if not work.settled and work.load < self._most(work.position):
            heapq.heappush(self.available, (work.load, work.position))

    def _most(self, position: int) -> int:
        """Responses asked for at a time: a few more than needed now and then, as when several answer at once (H.10)."""
        surplus = Random(f"{self.job_id} {position}").random()
        overflow = isinstance(self.referee, NaiveReferee) and surplus < 0.08
        return self.referee.most + overflow

    async def take(self, labeler_id: str) -> _Work | None:
        """The open datapoint with the fewest responses that this labeler has not seen."""
        aside: list[tuple[int, int]] = []
        found: _Work | None = None
        while found is None:
            if not self.available and not await self.load_window():
                break
            entry = heapq.heappop(self.available) if self.available else None
            if entry is None:
                break
            work = self.open[entry[1]]
            if work.settled or work.load != entry[0]:
                continue  # an outdated offer; the current one is elsewhere in the heap
            if labeler_id in work.answered_by:
                aside.append(entry)
                continue
            found = work
        for entry in aside:
            heapq.heappush(self.available, entry)
        if found is not None:
            found.in_hand += 1
            found.answered_by.add(labeler_id)
            self._offer(found)
        return found

    def answer(self, labeler_id: str, user_score: float, position: int, due: float) -> None:
        """Write down what a simulated labeler answers, and settle the datapoint when that is enough."""
        work = self.open[position]
        labeler = crowd.simulated_labeler(crowd.number_of(labeler_id))
        random = Random(f"{labeler_id} {self.instruction} {work.items}")
        choice = self.task.imagine(random, labeler.skill, self.instruction, work.items)
        work.in_hand -= 1
        work.votes.append((choice, user_score))
        self.answers.append(
            {
                "job_id": self.job_id,
                "position": position,
                "labeler_id": labeler_id,
                "choice": choice,
                "user_score": user_score,
                "simulated": True,
                "at": self.started_at + due,
            }
        )
        if not work.settled and self.referee.settled(work.votes, self.task.option_count(len(work.items))):
            work.settled = True
            self.settled.append(position)
        self._offer(work)


def task_of(workflow: SimpleWorkflow) -> TaskType:
    """The task type of a definition."""
    return next(task for task in TASK_TYPES if isinstance(workflow.rapid, task.rapid))


async def revision_of(connection: AsyncConnection, definition_id: str, number: int) -> Revision:
    """One revision of a definition."""
    found = await connection.execute(
        select(revisions).where(revisions.c.definition_id == definition_id, revisions.c.number == number)
    )
    return revision_model(found.mappings().one())


def revision_model(row: RowMapping) -> Revision:
    """A revision's row as the contract shows it (F.7)."""
    return Revision.model_validate(
        {**row, "revision_number": row["number"], "created_at": moment(row["created_at"]), "created_by_id": OWNER_ID}
    )


async def replay(
    connection: AsyncConnection, job_id: str, crowd_setting: int, scenario: Scenario, now: float
) -> RowMapping | None:
    """Write down the simulated responses of a job that are due, and return the job's row as it then is."""
    job = await _row(connection, job_id)
    if job is None or job["state"] != "Running":
        return job
    elapsed = running_seconds(job, now)
    started_at = now - elapsed
    revision = await revision_of(connection, job["definition_id"], job["revision"])
    if crowd_setting:
        await _gather(connection, job, crowd_needed(crowd_setting, revision.referee.most), scenario, started_at, now)
    working = await _working(connection, job_id, elapsed)
    work = _Replay(connection, job, revision, started_at)
    await work.load_in_hand()
    last_due = await _work_on(work, working, elapsed)
    await _write(connection, job, work, working, last_due)
    return await _row(connection, job_id)


async def _row(connection: AsyncConnection, job_id: str) -> RowMapping | None:
    return (await connection.execute(select(jobs).where(jobs.c.id == job_id))).mappings().one_or_none()


async def _gather(
    connection: AsyncConnection, job: RowMapping, need: int, scenario: Scenario, started_at: float, now: float
) -> None:
    """Let everyone who may answer the job take part in it: the graduates of its audience, or the general crowd."""
    found = await connection.execute(select(audiences).where(audiences.c.id == job["audience_id"]))
    audience = found.mappings().one_or_none()
    if audience is None:
        return
    known = select(assignments.c.labeler_id).where(assignments.c.job_id == job["id"])
    if audience["kind"] == "custom":
        await qualification.replay(connection, audience, scenario, now)
        await _grow(connection, audience, need, now)
        graduates = await connection.execute(
            select(candidates.c.labeler_id, candidates.c.answered, candidates.c.correct, candidates.c.decided_at).where(
                candidates.c.audience_id == audience["id"],
                candidates.c.state == "Graduated",
                candidates.c.labeler_id.startswith("sim_"),
                candidates.c.labeler_id.not_in(known),
            )
        )
        fresh = [
            (labeler_id, qualification.earned_score(answered, correct), max(0.0, decided_at - started_at))
            for labeler_id, answered, correct, decided_at in graduates
        ]
    else:
        present = {row[0] for row in await connection.execute(known)}
        numbers = [number for number in range(need) if crowd.simulated_labeler(number).id not in present]
        await crowd.register(connection, numbers)
        people = [crowd.simulated_labeler(number) for number in numbers]
        fresh = [(labeler.id, labeler.reputation, 0.0) for labeler in people]
    if fresh:
        await connection.execute(
            insert(assignments),
            [
                {
                    "job_id": job["id"],
                    "labeler_id": labeler_id,
                    "user_score": score,
                    "position": None,
                    "due": available + Random(f"{job['id']} {labeler_id}").uniform(0, 0.5),
                    "answered": 0,
                }
                for labeler_id, score, available in fresh
            ],
        )


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


async def _working(connection: AsyncConnection, job_id: str, elapsed: float) -> dict[str, dict[str, Any]]:
    rows = await connection.execute(
        select(assignments).where(
            assignments.c.job_id == job_id, assignments.c.due <= elapsed, assignments.c.labeler_id.startswith("sim_")
        )
    )
    return {row["labeler_id"]: dict(row) for row in rows.mappings()}


async def _work_on(work: _Replay, working: dict[str, dict[str, Any]], elapsed: float) -> float:
    """Let labelers answer in due order until now; the due time of the last answer is returned."""
    queue = [(labeler["due"], labeler_id) for labeler_id, labeler in working.items()]
    heapq.heapify(queue)
    last_due = elapsed
    while queue and queue[0][0] <= elapsed and len(work.answers) < MOST_RESPONSES_A_READ:
        due, labeler_id = heapq.heappop(queue)
        labeler = working[labeler_id]
        if labeler["position"] is not None:
            work.answer(labeler_id, labeler["user_score"], labeler["position"], due)
            labeler["answered"] += 1
            last_due = due
            if len(work.answers) % 500 == 0:
                await anyio.lowlevel.checkpoint()  # a long replay lets others speak
        taken = await work.take(labeler_id)
        labeler["position"] = None if taken is None else taken.position
        if taken is None:
            labeler["due"] = elapsed + IDLE_SECONDS
            continue
        hurry = Random(f"{labeler_id} {work.job_id} {labeler['answered']}").uniform(0.6, 1.4)
        seconds = crowd.simulated_labeler(crowd.number_of(labeler_id)).seconds
        labeler["due"] = due + seconds * hurry * work.pace
        heapq.heappush(queue, (labeler["due"], labeler_id))
    return last_due


async def _write(
    connection: AsyncConnection, job: RowMapping, work: _Replay, working: dict[str, dict[str, Any]], last_due: float
) -> None:
    if working:
        await connection.execute(
            update(assignments)
            .where(assignments.c.job_id == job["id"], assignments.c.labeler_id == bindparam("b_labeler"))
            .values(position=bindparam("b_position"), due=bindparam("b_due"), answered=bindparam("b_answered")),
            [
                {
                    "b_labeler": labeler_id,
                    "b_position": labeler["position"],
                    "b_due": labeler["due"],
                    "b_answered": labeler["answered"],
                }
                for labeler_id, labeler in working.items()
            ],
        )
    if work.answers:
        # The unique key of job, datapoint and labeler is the last word against answering twice.
        await connection.execute(
            text(
                "INSERT INTO responses (job_id, position, labeler_id, choice, user_score, simulated, at) VALUES "
                "(:job_id, :position, :labeler_id, :choice, :user_score, :simulated, :at) ON CONFLICT DO NOTHING"
            ),
            work.answers,
        )
    if work.settled:
        await connection.execute(
            update(job_datapoints)
            .where(job_datapoints.c.job_id == job["id"], job_datapoints.c.position == bindparam("b_position"))
            .values(settled=True),
            [{"b_position": position} for position in work.settled],
        )
    changes: dict[str, Any] = {
        "settled_count": job["settled_count"] + len(work.settled),
        "response_count": job["response_count"] + len(work.answers),
        "simulated_count": job["simulated_count"] + len(work.answers),
    }
    if changes["settled_count"] >= job["datapoint_count"]:
        changes |= {
            "state": "Completed",
            "completed_at": work.started_at + last_due,
            "ran_for": last_due,
            "running_since": None,
        }
    await connection.execute(update(jobs).where(jobs.c.id == job["id"]).values(changes))
