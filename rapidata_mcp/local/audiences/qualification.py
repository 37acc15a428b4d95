"""Qualification: how candidates become graduates of an audience.

Simulated candidates are replayed in the order in which their answers are due, up to now, by the first reader.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.admission import AdmissionRule
from rapidata_mcp.database.tables import audiences, candidates, example_responses, examples
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.audiences import crowd
from rapidata_mcp.local.audiences.candidacy import decide, next_position, write_down
from rapidata_mcp.local.audiences.filters import members, read_filters
from rapidata_mcp.local.questions.media import item_names, sources_of
from rapidata_mcp.local.questions.questions import example_question
from rapidata_mcp.models.audiences import TaskAccuracy, admission_rule
from rapidata_mcp.models.examples import NewExample
from rapidata_mcp.tasks.task import Question, TaskTypeWithExamples

ENOUGH_GRADUATES = 10
"""Graduates that make an audience Ready."""
ARRIVAL_SECONDS = 1.5
"""Invited candidates arrive within this time."""
MOST_ANSWERS_A_READ = 10_000
CROWD_LIMIT = 10
"""The crowd grows to at most this many times its first size when too few qualify."""


def rule_of(audience: RowMapping) -> AdmissionRule:
    """The admission rule of an audience's row."""
    rule = TaskAccuracy.model_validate(audience["graduation_rule"])
    return admission_rule(rule, audience["leave_after"], audience["drop_min_responses"], audience["drop_score"])


def earned_score(answered: int, correct: int) -> float:
    """The user score that a qualification earns: smoothed accuracy above chance, below 1 (contract H.7)."""
    return round(max(0.0, 2 * (correct + 1) / (answered + 2) - 1), 4)


async def invite(connection: AsyncConnection, audience: RowMapping, size: int, now: float) -> None:
    """Let the crowd of an audience grow to `size` candidates, who arrive within the next moments.

    Those are invited to whom its filters apply; where too few live, fewer come.
    """
    if size <= audience["crowd_size"]:
        return
    there = await connection.execute(
        select(candidates.c.labeler_id).where(
            candidates.c.audience_id == audience["id"], candidates.c.labeler_id.startswith("sim_")
        )
    )
    present = {crowd.number_of(labeler_id) for (labeler_id,) in there}
    fitting = members(read_filters(audience["filters"]), excluded=present)
    numbers = list(islice(fitting, size - audience["crowd_size"]))
    await crowd.register(connection, numbers)
    rows = []
    for number in numbers:
        labeler = crowd.simulated_labeler(number)
        joined = now + Random(f"arrival {audience['id']} {number}").uniform(0, ARRIVAL_SECONDS)
        rows.append(
            {
                "audience_id": audience["id"],
                "labeler_id": labeler.id,
                "state": "Distilling",
                "answered": 0,
                "correct": 0,
                "joined_at": joined,
                "next_due": joined + labeler.seconds,
            }
        )
    if rows:
        await connection.execute(insert(candidates), rows)
    await connection.execute(update(audiences).where(audiences.c.id == audience["id"]).values(crowd_size=size))


async def go_on(connection: AsyncConnection, audience_id: str, now: float) -> None:
    """Let simulated candidates who ran out of examples go on, now that there is a new one."""
    waiting = (
        (candidates.c.audience_id == audience_id)
        & (candidates.c.state == "Distilling")
        & candidates.c.next_due.is_(None)
        & candidates.c.labeler_id.startswith("sim_")
    )
    await connection.execute(update(candidates).where(waiting).values(next_due=now))


@dataclass
class _Examined:
    """An example as a simulated candidate meets it."""

    id: str
    position: int
    task: TaskTypeWithExamples
    question: Question
    truth: Any
    marked_wrong: bool


@dataclass
class _Outcome:
    """What a replay has to write down."""

    responses: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)


async def replay(connection: AsyncConnection, audience: RowMapping, scenario: Scenario, now: float) -> None:
    """Write down the qualification answers of simulated candidates that are due, and what follows from them."""
    if audience["recruiting_since"] is None:
        return
    due = await connection.execute(
        select(candidates)
        .where(candidates.c.audience_id == audience["id"], candidates.c.next_due <= now)
        .order_by(candidates.c.next_due)
    )
    waiting = {row["labeler_id"]: dict(row) for row in due.mappings()}
    if waiting:
        questions = await _questions(connection, audience["id"], scenario)
        outcome = await _answer(connection, waiting, questions, rule_of(audience), now)
        await write_down(connection, audience["id"], outcome.responses, outcome.changed)
    if audience["status"] == "Recruiting":
        await settle_status(connection, audience["id"])


async def _questions(connection: AsyncConnection, audience_id: str, scenario: Scenario) -> list[_Examined]:
    rows = (await connection.execute(select(examples).where(examples.c.audience_id == audience_id))).mappings().all()
    sources = await sources_of(connection, [name for row in rows for name in item_names(row["body"]["asset"])])
    questions = []
    for row in rows:
        example = NewExample.model_validate(row["body"])
        task, question = example_question(example, sources)
        marked_wrong = task.describe_truth(example.truth, question) in scenario.wrong_truths
        questions.append(_Examined(row["id"], row["position"], task, question, example.truth, marked_wrong))
    return questions


async def _answer(
    connection: AsyncConnection,
    waiting: dict[str, dict[str, Any]],
    questions: list[_Examined],
    rule: AdmissionRule,
    now: float,
) -> _Outcome:
    answered: dict[str, set[str]] = defaultdict(set)
    earlier = select(example_responses.c.labeler_id, example_responses.c.example_id).where(
        example_responses.c.example_id.in_([question.id for question in questions])
    )
    for labeler_id, example_id in await connection.execute(earlier):
        answered[labeler_id].add(example_id)

    outcome = _Outcome()
    queue = [(candidate["next_due"], labeler_id) for labeler_id, candidate in waiting.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] <= now and len(outcome.responses) < MOST_ANSWERS_A_READ:
        at, labeler_id = heapq.heappop(queue)
        candidate, labeler = waiting[labeler_id], crowd.simulated_labeler(crowd.number_of(labeler_id))
        left = {question.position: question for question in questions if question.id not in answered[labeler_id]}
        if not left:  # since some were removed
            outcome.changed[labeler_id] = candidate | {"next_due": None}
            continue
        question = left[next_position(labeler_id, left)]
        correct = _is_correct(question, labeler)
        answered[labeler_id].add(question.id)
        candidate["answered"] += 1
        candidate["correct"] += correct
        candidate["next_due"] = at + labeler.seconds
        outcome.responses.append({"example_id": question.id, "labeler_id": labeler_id, "correct": correct, "at": at})
        candidate = decide(candidate, rule, len(left) - 1, at)
        waiting[labeler_id] = outcome.changed[labeler_id] = candidate
        if candidate["next_due"] is not None:
            heapq.heappush(queue, (candidate["next_due"], labeler_id))
    return outcome


def _is_correct(example: _Examined, labeler: crowd.SimulatedLabeler) -> bool:
    random = Random(f"{labeler.id} answers example {example.position}")
    careful = random.random() < labeler.skill
    if careful and example.marked_wrong:
        return False
    answer = example.task.simulate_answer(random, float(careful), example.question, example.truth)
    return example.task.is_right(answer, example.truth, example.question)


async def settle_status(connection: AsyncConnection, audience_id: str) -> None:
    """An audience is ready with enough graduates, or with some when no simulated candidate is left."""
    graduates, undecided = await counts(connection, audience_id)
    if graduates >= ENOUGH_GRADUATES or (graduates and not undecided):
        await connection.execute(update(audiences).where(audiences.c.id == audience_id).values(status="Ready"))


async def counts(connection: AsyncConnection, audience_id: str) -> tuple[int, int]:
    """How many candidates have graduated, and how many simulated ones are undecided (arrived or not).

    People are not waited for: who has left without a verdict may never come back.
    """
    rows = await connection.execute(
        select(candidates.c.state, func.count())
        .where(
            candidates.c.audience_id == audience_id,
            (candidates.c.state == "Graduated") | candidates.c.next_due.is_not(None),
        )
        .group_by(candidates.c.state)
    )
    by_state = {str(state): int(number) for state, number in rows}
    return by_state.get("Graduated", 0), by_state.get("Distilling", 0)


async def funnel(connection: AsyncConnection, audience_id: str) -> dict[str, int]:
    """Candidates by state, in the platform's words (contract B.6).

    Those who were invited and will be there in a moment count as qualifying, so that the funnel does not show nobody,
    while the crowd grows.
    """
    rows = await connection.execute(
        select(candidates.c.state, func.count())
        .where(candidates.c.audience_id == audience_id)
        .group_by(candidates.c.state)
    )
    return {str(state): int(number) for state, number in rows}


async def is_due(connection: AsyncConnection, audience: RowMapping, now: float) -> bool:
    """Whether simulated candidates of this audience have something to do by now."""
    first = select(func.min(candidates.c.next_due)).where(candidates.c.audience_id == audience["id"])
    due = (await connection.execute(first)).scalar_one()
    return due is not None and due <= now
