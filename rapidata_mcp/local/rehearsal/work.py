"""The work on a job during one read: open datapoints, what labelers take in hand, and what they answer."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.stopping import VoteCounter
from rapidata_mcp.database.tables import assignments, datapoints, job_datapoints, responses
from rapidata_mcp.local.audiences import crowd
from rapidata_mcp.local.questions.media import sources_of
from rapidata_mcp.local.questions.questions import question_of
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.referees import NaiveReferee
from rapidata_mcp.tasks.task import Question

WINDOW = 1_000
"""Datapoints that labelers work on at the same time; a large job is worked through from its beginning."""
VOTES_AT_ONCE = 5_000
"""Votes that are read together; between two readings others get their turn."""


@dataclass
class Work:
    """A datapoint that still needs responses."""

    position: int
    question: Question
    votes: VoteCounter
    answered_by: set[str] = field(default_factory=set)
    load_before: int = 0
    settled: bool = False
    assigned: int = 0

    @property
    def load(self) -> int:
        return self.votes.count + self.assigned


class Replay:
    """One read's share of a job: the labelers, the window of open datapoints, and what is to be written down."""

    def __init__(self, connection: AsyncConnection, job: RowMapping, revision: Revision, started_at: float) -> None:
        self.connection = connection
        self.job_id: str = job["id"]
        self.pace: float = job["pace"]
        self.started_at = started_at  # the time at which the job's running time was 0, had it never paused
        self.referee = revision.referee
        self.revision = revision
        self.task = revision.task
        self.open: dict[int, Work] = {}
        self.available: list[tuple[int, int]] = []  # (load, position)
        self.last_position = -1
        self.answers: list[dict[str, Any]] = []
        self.settled: list[int] = []

    async def load_assigned(self) -> None:
        """Load the datapoints assigned to labelers, also settled ones: their answers still count (H.10)."""
        held = await self.connection.execute(
            select(assignments.c.position)
            .where(assignments.c.job_id == self.job_id, assignments.c.position.is_not(None))
            .distinct()
        )
        positions = [row[0] for row in held]
        for start in range(0, len(positions), WINDOW):
            await self._load(job_datapoints.c.position.in_(positions[start : start + WINDOW]))

    async def load_window(self) -> bool:
        """Take up the next open datapoints. False when there are none left."""
        fresh = await self._load(
            and_(job_datapoints.c.settled.is_(False), job_datapoints.c.position > self.last_position)
        )
        if fresh:
            self.last_position = max(fresh)
        return bool(fresh)

    async def _load(self, which: ColumnElement[bool]) -> list[int]:
        content = datapoints.c
        rows = await self.connection.execute(
            select(
                job_datapoints.c.position,
                job_datapoints.c.settled,
                job_datapoints.c.load,
                content.item_names,
                content.context,
                content.segments,
            )
            .join(datapoints, content.id == job_datapoints.c.datapoint_id)
            .where(job_datapoints.c.job_id == self.job_id, which)
            .order_by(job_datapoints.c.position)
            .limit(WINDOW)
        )
        found = {row.position: row for row in rows}
        unknown = [row for position, row in found.items() if position not in self.open]
        sources = await sources_of(self.connection, [name for row in unknown for name in row.item_names])
        fresh = {row.position: self._work(row, sources) for row in unknown}
        at_once = max(1, VOTES_AT_ONCE // self.referee.max_responses)
        for start in range(0, len(fresh), at_once):
            await self._load_votes(fresh, list(fresh)[start : start + at_once])
        self.open |= fresh
        for work in fresh.values():
            self._offer(work)
        return list(found)

    def _work(self, row: Any, sources: Mapping[str, str]) -> Work:
        question = question_of(self.revision, row.item_names, row.context, row.segments, sources)
        votes = self.referee.vote_counter(len(question.options))
        return Work(row.position, question, votes, load_before=row.load, settled=row.settled)

    async def _load_votes(self, works: dict[int, Work], positions: list[int]) -> None:
        given = await self.connection.execute(
            select(responses.c.position, responses.c.labeler_id, responses.c.choice, responses.c.user_score).where(
                responses.c.job_id == self.job_id, responses.c.position.in_(positions)
            )
        )
        for position, labeler_id, choice, score in given:
            works[position].votes.add(choice, score)
            works[position].answered_by.add(labeler_id)
        assigned = await self.connection.execute(
            select(assignments.c.position, assignments.c.labeler_id).where(
                assignments.c.job_id == self.job_id, assignments.c.position.in_(positions)
            )
        )
        for position, labeler_id in assigned:
            works[position].answered_by.add(labeler_id)
        for position in positions:
            work = works[position]
            work.assigned = work.load_before - work.votes.count  # people's assigned tasks count too

    def changed_loads(self) -> dict[int, int]:
        """By how much the load of each datapoint has grown since it was read."""
        return {
            position: work.load - work.load_before
            for position, work in self.open.items()
            if work.load != work.load_before
        }

    def _offer(self, work: Work) -> None:
        if not work.settled and work.load < self._most(work):
            heapq.heappush(self.available, (work.load, work.position))

    def _most(self, work: Work) -> int:
        """Responses, given and under way, above which no more are asked for.

        A few more than needed come now and then, as when several answer at once (H.10). Where responses may stop early
        no more are under way than could be enough, or stopping would save nothing.
        """
        if isinstance(self.referee, NaiveReferee):
            surplus = Random(f"{self.job_id} {work.position}").random()
            return self.referee.max_responses + (surplus < 0.08)
        return work.votes.count + work.votes.min_more_votes()

    async def take(self, labeler_id: str) -> Work | None:
        """The open datapoint with the fewest responses that this labeler has not seen."""
        aside: list[tuple[int, int]] = []
        found: Work | None = None
        while found is None and await self._something_available():
            entry = heapq.heappop(self.available)
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
            found.assigned += 1
            found.answered_by.add(labeler_id)
            self._offer(found)
        return found

    async def _something_available(self) -> bool:
        """Whether there is an offer, after a look at as many windows as it takes."""
        while not self.available:
            if not await self.load_window():
                return False
        return True

    def answer(self, labeler_id: str, user_score: float, position: int, due: float) -> None:
        """Write down what a simulated labeler answers, and settle the datapoint when that is enough."""
        work = self.open[position]
        labeler = crowd.simulated_labeler(crowd.number_of(labeler_id))
        random = Random(f"{labeler_id} {work.question.instruction} {list(work.question.items)}")
        answer = self.task.simulate_answer(random, labeler.skill, work.question)
        work.assigned -= 1
        work.votes.add(answer.choice, user_score)
        self.answers.append(
            {
                "job_id": self.job_id,
                "position": position,
                "labeler_id": labeler_id,
                "choice": answer.choice,
                "answer": answer.value,
                "user_score": user_score,
                "simulated": True,
                "at": self.started_at + due,
            }
        )
        if not work.settled and work.votes.is_enough:
            work.settled = True
            self.settled.append(position)
        self._offer(work)
