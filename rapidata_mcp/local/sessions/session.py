"""A session: one person at one link. What they see next, and what becomes of what they do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, job_datapoints
from rapidata_mcp.local.api.platform import LocalPlatform
from rapidata_mcp.local.audiences import examination
from rapidata_mcp.local.audiences.qualification import earned_score
from rapidata_mcp.local.jobs import assigned_datapoints, money
from rapidata_mcp.local.jobs.completion import ENDED
from rapidata_mcp.local.jobs.revisions import revision_of
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.questions.media import Media, context_names, stored_media
from rapidata_mcp.local.questions.questions import question_of
from rapidata_mcp.local.questions.shown import ShownQuestion, shown
from rapidata_mcp.local.rehearsal import labeling
from rapidata_mcp.local.sessions import answers
from rapidata_mcp.local.sessions.links import LabelLink, find_link
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.tasks.task import Question

UNEXAMINED_SCORE = 0.5
"""The user score of people whom nobody examined: halfway between guessing and certainty (contract H.7)."""
State = Literal["qualifying", "halted", "dropped", "labeling", "waiting", "finished", "closed"]
"""`halted` is who is not admitted yet and has no example left to answer, since some were removed."""
NOT_BEGUN = ("Distilling", 0, 0)
REPORTS = ("media", "text", "offensive")
"""The problems that a labeler can report: media do not load, the text makes no sense, the content is offensive."""


@dataclass(frozen=True)
class OpenQuestion:
    """A question on a person's page: a qualification example, or a task of a job."""

    id: str
    question: ShownQuestion
    example: bool = False


@dataclass(frozen=True)
class ExampleFeedback:
    """Feedback on an answer to an example: the question again, with its right answer."""

    right: bool
    question: ShownQuestion
    truth: str
    explanation: str | None


@dataclass
class PageState:
    """The next page of a person: `answered` counts their answers, `share` is the progress of all work, 0 to 1."""

    state: State
    before: list[OpenQuestion] = field(default_factory=list)
    answered: int = 0
    correct: int = 0
    share: float = 0.0
    undoable: bool = False
    feedback: ExampleFeedback | None = None

    @property
    def admitted(self) -> bool:
        """Whether the person's answers to jobs count."""
        return self.state in ("labeling", "waiting", "finished")


def order_for(labeler_id: str, key: str, question: Question) -> list[int]:
    """The order in which a person sees the options: their own for each question, the same whenever they come back."""
    order = list(range(question.shuffled))
    if not question.in_order:
        Random(f"{labeler_id} {key}").shuffle(order)
    return [*order, *range(question.shuffled, len(question.options))]


class LabelingSession:
    """One person at one link, within one transaction."""

    def __init__(self, connection: AsyncConnection, platform: LocalPlatform, labeler_id: str, link: LabelLink) -> None:
        self._connection = connection
        self._platform = platform
        self._labeler_id = labeler_id
        self._link = link
        self._mine = _answers_to(link.jobs)

    async def turn(self, first: str | None = None, after: str | None = None) -> PageState:
        """What there is to do now; the task `first` comes first where it is in hand.

        `after` is the example that was answered last: what there is to say about it is said.
        """
        turn = await self._turn()
        turn.before.sort(key=lambda before: before.id != first)
        if after is not None:
            turn.feedback = await self._feedback(after)
        return turn

    async def answer(self, task: str, posted: object) -> PageState:
        """Take an answer to an example, or to a task in hand; the first word stands.

        Raises:
            ProblemError: 404 for what was never given to this person, 400 for an answer that the question does not
                allow, 409 where the job takes no answers now.
        """
        if task.startswith("exm_"):
            return await self._answer_example(task, posted)
        job_id, position = _read_task_id(task)
        which = (self._connection, job_id, self._labeler_id, position)
        if job_id not in [job["id"] for job in self._link.jobs if job["state"] == "Running"]:
            state = await assigned_datapoints.state_of(*which)
            if state == "Answered":  # sent again, because the reply was lost, and the job has ended meanwhile
                return await self.turn()
            raise ProblemError(409, "This job takes no answers at the moment.") if state else _not_given()
        assigned = await self._find(task)
        try:
            answer = assigned.revision.task.read_answer(posted, assigned.question)
        except ValueError as impossible:
            raise ProblemError(400, str(impossible)) from None
        if await assigned_datapoints.mark_answered(*which, self._platform.clock.now()):
            self._mine[assigned.job["id"]] += 1
            if await answers.record(self._connection, self._platform, assigned, answer):
                await self._look_again()
        elif await assigned_datapoints.state_of(*which) is None:
            raise _not_given()
        return await self.turn()

    async def undo(self) -> PageState:
        """Take back the last answer to a job that is still running. Raises ProblemError (409) if there is none."""
        running = [job["id"] for job in self._link.jobs if job["state"] == "Running"]
        last = await answers.last_answered(self._connection, self._labeler_id, running)
        if last is None:
            raise ProblemError(409, "There is no answer that can be taken back.")
        task = _task_id(*last)
        await answers.take_back(self._connection, self._platform, await self._find(task))
        await self._look_again()
        return await self.turn(first=task)

    async def dismiss(self, task: str, report: str | None = None) -> PageState:
        """Skip an assigned task, or report a problem with it. A repeat does nothing.

        Raises:
            ProblemError: 404 for a task that was never assigned to this person, 400 for a report outside `REPORTS`.
        """
        if report is not None and report not in REPORTS:
            raise ProblemError(400, f"A report is one of {', '.join(REPORTS)}.")
        assigned, now = await self._find(task), self._platform.clock.now()
        which = (self._connection, assigned.job["id"], self._labeler_id, assigned.position)
        state: assigned_datapoints.NotAnswered = "Skipped" if report is None else "Reported"
        if (
            not await assigned_datapoints.dismiss(*which, state, now, report)
            and await assigned_datapoints.state_of(*which) is None
        ):
            raise _not_given()
        return await self.turn()

    async def _answer_example(self, task: str, posted: object) -> PageState:
        pool_id, now = self._link.pool_id, self._platform.clock.now()
        await examination.answer(self._connection, pool_id, self._labeler_id, task, posted, now)
        await self._look_again()
        return await self.turn(after=task)

    async def _turn(self) -> PageState:
        if not self._link.is_open:
            return PageState("closed")
        if not self._link.examines:
            return await self._label(UNEXAMINED_SCORE)
        if self._link.candidacy is None:
            now = self._platform.clock.now()
            await examination.candidate_of(self._connection, self._link.pool_id, self._labeler_id, now)
            await self._look_again()
        state, answered, correct = self._link.candidacy or NOT_BEGUN
        if state == "Graduated":
            return await self._label(earned_score(answered, correct))
        turn = PageState("dropped", answered=answered, correct=correct)
        return await self._qualify(turn) if state == "Distilling" else turn

    async def _qualify(self, turn: PageState) -> PageState:
        example = await examination.next_example(self._connection, self._link.pool_id, self._labeler_id)
        if example is None:
            turn.state = "halted"
            return turn
        turn.state, turn.before = "qualifying", [OpenQuestion(example.id, self._shown(example), example=True)]
        return turn

    async def _feedback(self, example_id: str) -> ExampleFeedback | None:
        pool_id = self._link.pool_id
        judged = await examination.judged(self._connection, pool_id, self._labeler_id, example_id)
        if judged is None:
            return None
        right, example = judged
        question = self._shown(example, () if example.right_choice is None else (example.right_choice,))
        truth = example.task.describe_truth(example.body.truth, example.question)
        return ExampleFeedback(right, question, truth, example.body.explanation)

    def _shown(self, example: examination.Example, right: Collection[int] = ()) -> ShownQuestion:
        order = order_for(self._labeler_id, example.id, example.question)
        return shown(example.task, example.question, example.media, example.context_media, order, right)

    async def _label(self, score: float) -> PageState:
        for job in self._link.jobs:
            if job["state"] in ("Submitted", "Queued"):
                await labeling.advance(self._connection, self._platform, job["id"])
                await self._look_again()
        jobs = {job["id"]: job for job in self._link.jobs}
        before = []
        for job_id, position in await self._fill(score):
            try:
                assigned = await self._assigned(jobs[job_id], position)
            except ValueError as impossible:  # earlier versions took datapoints of which no question can be made
                await labeling.fail(self._connection, jobs[job_id], self._platform.clock.now(), impossible)
                await self._look_again()
                return await self._label(score)
            question = shown(
                assigned.revision.task, assigned.question, assigned.media, assigned.context_media, assigned.order
            )
            before.append(OpenQuestion(_task_id(job_id, position), question))
        ended = bool(jobs) and all(job["state"] in ENDED for job in jobs.values())
        return PageState(
            "labeling" if before else "finished" if ended else "waiting",
            before,
            sum(self._mine.values()),
            share=await self._share(),
            undoable=any(self._mine.get(job["id"]) for job in jobs.values() if job["state"] == "Running"),
        )

    async def _fill(self, score: float) -> list[tuple[str, int]]:
        """What the person holds, job and position, filled up from the running jobs in turn."""
        now, running = self._platform.clock.now(), [job for job in self._link.jobs if job["state"] == "Running"]
        held = await assigned_datapoints.assigned_to(self._connection, self._labeler_id, [job["id"] for job in running])
        if any(since < now - assigned_datapoints.SIGN_S for _, _, since in held):
            await assigned_datapoints.renew(self._connection, self._labeler_id, now)
        found = [(job_id, position) for job_id, position, _ in held]
        for job in running:
            room = assigned_datapoints.AHEAD - len(found)
            if room <= 0 or not await self._is_affordable():
                break
            most = (await self._revision(job)).referee.max_responses
            fresh = await assigned_datapoints.assign(self._connection, job["id"], self._labeler_id, room, most, now)
            if fresh and job["id"] not in self._mine:
                await answers.enrol(self._connection, job["id"], self._labeler_id, score)
            found += [(job["id"], position) for position in fresh]
        return found

    async def _is_affordable(self) -> bool:
        """Whether the balance pays for one more answer than those that are on their way."""
        left = await money.affordable(self._connection, self._platform)
        if left is None:
            return True
        return left > await assigned_datapoints.pending_answers(self._connection, self._platform.clock.now())

    async def _share(self) -> float:
        """How much of all that was asked for is answered: by datapoints that have enough, or by responses."""
        asked = wanted = settled = there = 0
        for job in self._link.jobs:
            most = (await self._revision(job)).referee.max_responses
            wanted += job["datapoint_count"] * most
            asked += min(job["response_count"], job["datapoint_count"] * most)
            settled += job["settled_count"]
            there += job["datapoint_count"]
        return max(asked / wanted, settled / there) if there else 0.0

    async def _find(self, task: str) -> answers.AssignedDatapoint:
        """The datapoint that a task's id names, in the hand of this person or not.

        Raises:
            ProblemError: 404 where it is none of the jobs behind the link.
        """
        job_id, position = _read_task_id(task)
        job = next((job for job in self._link.jobs if job["id"] == job_id), None)
        if job is None or not 0 <= position < job["datapoint_count"]:
            raise _not_given()
        return await self._assigned(job, position)

    async def _assigned(self, job: RowMapping, position: int) -> answers.AssignedDatapoint:
        revision = await self._revision(job)
        question, context_media, media = await self._platform.cache.get(
            ("question", job["id"], position), lambda: self._read(job["id"], position, revision)
        )
        order = order_for(self._labeler_id, f"{job['id']} {position}", question)
        return answers.AssignedDatapoint(
            job, revision, self._labeler_id, position, question, order, context_media, media
        )

    async def _read(
        self, job_id: str, position: int, revision: Revision
    ) -> tuple[Question, list[str], dict[str, Media]]:
        """The question of a job's datapoint, the names of the media of its context, and all its media."""
        found = await self._connection.execute(
            select(datapoints.c.item_names, datapoints.c.context, datapoints.c.segments)
            .join(job_datapoints, job_datapoints.c.datapoint_id == datapoints.c.id)
            .where(job_datapoints.c.job_id == job_id, job_datapoints.c.position == position)
        )
        row = found.one_or_none()
        if row is None:  # a pair of a ranking that has not been made yet
            raise _not_given()
        context_media = context_names(row.segments)
        media = await stored_media(self._connection, [*row.item_names, *context_media])
        sources = {name: stored.source for name, stored in media.items()}
        return question_of(revision, row.item_names, row.context, row.segments, sources), context_media, media

    async def _revision(self, job: RowMapping) -> Revision:
        definition, number = job["definition_id"], job["revision"]
        return await self._platform.cache.get(
            ("revision", definition, number), lambda: revision_of(self._connection, definition, number)
        )

    async def _look_again(self) -> None:
        self._link = await find_link(self._connection, self._link.id, self._labeler_id)
        self._mine = _answers_to(self._link.jobs)


def _answers_to(jobs: Sequence[RowMapping]) -> dict[str, int]:
    """How many answers the person gave to those jobs in which they take part."""
    return {job["id"]: job["mine"] for job in jobs if job["mine"] is not None}


def _not_given() -> ProblemError:
    return ProblemError(404, "This task was not given to you.")


def _read_task_id(task: str) -> tuple[str, int]:
    """The job and the position that a task's id names; -1 where it names none."""
    job_id, _, place = task.rpartition(".")
    return job_id, int(place) if place.isascii() and place.isdecimal() and len(place) < 10 else -1


def _task_id(job_id: str, position: int) -> str:
    return f"{job_id}.{position}"
