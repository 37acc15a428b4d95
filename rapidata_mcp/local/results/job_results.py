"""The results of a job as its page shows them: the outcomes of all datapoints, and some as labelers saw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anyio import to_thread
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import datapoints, job_datapoints
from rapidata_mcp.local.jobs.pairs import is_ranking, lists_of
from rapidata_mcp.local.jobs.tallies import NOBODY, Tally, Who, tallies_of
from rapidata_mcp.local.questions.media import Media, context_names, items_shown, stored_media
from rapidata_mcp.local.questions.shown import Item, ShownQuestion, shown
from rapidata_mcp.local.results.answered import Answered, media_of, read_answered
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.outcomes import Counted, Outcome
from rapidata_mcp.tasks.pairs import PairTaskType
from rapidata_mcp.tasks.results import JobResults

MOST_ANSWERS = 10
"""Different answers to one datapoint that are shown."""
MOST_SINGLE = 20_000
"""Responses that are read one by one for the results of a whole job."""
NAMELESS = ("", "", "")
"""The items and the context of a pair that is only counted."""
PairNames = tuple[str, str, str]
"""The names of the items of a pair in results, and its context."""


@dataclass(frozen=True)
class ShownOutcome:
    """A datapoint as labelers saw it, with at most `MOST_ANSWERS` of its answers; `others` counts the rest.

    `items` are the items that labelers chose from, by their names in answers; empty if there is only one.
    """

    question: ShownQuestion
    outcome: Outcome
    answers: Sequence[Counted]
    others: int
    items: Mapping[str, Item]
    remark: str


async def read_results(
    connection: AsyncConnection, job: RowMapping, revision: Revision, who: Who, base: str, *, named: bool = False
) -> JobResults | None:
    """Read the results of a whole job by some labelers; None if too many single responses would have to be read.

    Pairs have the names of their items only if `named`.
    """
    kind = revision.task
    if isinstance(kind, PairTaskType):
        tallies = await tallies_of(connection, job["id"], who)
        names = await _pair_names(connection, job, base) if named else {}
        count = job["datapoint_count"]
        # For a large job this takes a second, in which labelers must not wait.
        outcomes = await to_thread.run_sync(_count_pairs, kind, count, tallies, names)
    elif job["response_count"] <= MOST_SINGLE:
        answered = await read_answered(connection, job, revision, who)
        media = await media_of(connection, answered)
        outcomes = await to_thread.run_sync(_read_outcomes, revision, answered, media, base)
    else:
        return None
    responses = sum(outcome.total for outcome in outcomes)
    return JobResults(
        kind=kind,
        instruction=kind.instruction(revision.spec),
        settings=revision.settings,
        outcomes=outcomes,
        human=responses if who == "people" else 0,
        simulated=responses if who == "simulated" else 0,
        final=job["state"] == JobState.COMPLETED,
        sides=kind.side_names(revision.spec) if isinstance(kind, PairTaskType) else None,
        stops_early=isinstance(revision.referee, EarlyStoppingReferee),
    )


def _count_pairs(
    kind: PairTaskType, count: int, tallies: Mapping[int, Tally], names: Mapping[int, PairNames]
) -> list[Outcome]:
    outcomes = []
    for position in range(count):
        tally, (first, second, context) = tallies.get(position, NOBODY), names.get(position, NAMELESS)
        scores = [round(tally.scores.get(choice, 0.0), 4) for choice in range(4)]
        outcomes.append(kind.outcome_of_counts(position + 1, (first, second), context, tally.of(4), scores))
    return outcomes


async def _pair_names(connection: AsyncConnection, job: RowMapping, base: str) -> dict[int, PairNames]:
    rows = (
        await connection.execute(
            select(job_datapoints.c.position, datapoints.c.item_names, datapoints.c.context)
            .join(datapoints, datapoints.c.id == job_datapoints.c.datapoint_id)
            .where(job_datapoints.c.job_id == job["id"])
        )
    ).all()
    media = await stored_media(connection, [name for row in rows for name in row.item_names])

    def named() -> dict[int, PairNames]:
        names = {}
        for position, item_names, context in rows:
            first, second = (item.key for item in items_shown(item_names, media, base)[:2])
            names[position] = (first, second, context or "")
        return names

    return await to_thread.run_sync(named)


def _read_outcomes(
    revision: Revision, answered: Sequence[Answered], media: Mapping[str, Media], base: str
) -> list[Outcome]:
    return [_outcome(revision, each, media, base) for each in answered]


def _outcome(revision: Revision, answered: Answered, media: Mapping[str, Media], base: str) -> Outcome:
    kind = revision.task
    entry = kind.result(answered.with_question(revision, media, base), with_confidence=False)
    return kind.outcome(answered.position + 1, entry, revision.settings)


async def shown_outcomes(
    connection: AsyncConnection, job: RowMapping, revision: Revision, who: Who, base: str, positions: Sequence[int]
) -> list[ShownOutcome]:
    """Read the datapoints at these positions (from 0), in this order, with the answers of some labelers."""
    answered = await read_answered(connection, job, revision, who, positions)
    media = await media_of(connection, answered)

    def show() -> dict[int, ShownOutcome]:
        return {each.position: _show(revision, each, media, base) for each in answered}

    outcomes = await to_thread.run_sync(show)  # thousands of drawings take seconds, in which labelers must not wait
    return [outcomes[position] for position in positions if position in outcomes]


def _show(revision: Revision, answered: Answered, media: Mapping[str, Media], base: str) -> ShownOutcome:
    outcome, datapoint = _outcome(revision, answered, media, base), answered.with_question(revision, media, base)
    question, answers = (
        shown(revision.task, datapoint.question, media, context_names(answered.segments)),
        outcome.answers,
    )
    return ShownOutcome(
        question=question,
        outcome=outcome,
        answers=answers[:MOST_ANSWERS],
        others=max(0, len(answers) - MOST_ANSWERS),
        items={item.key: seen for item, seen in zip(datapoint.items, question.items, strict=True)}
        if len(datapoint.items) > 1
        else {},
        remark=_remark(outcome) if revision.task.results_unit == "pair" else outcome.note,
    )


def _remark(pair: Outcome) -> str:
    if pair.flipped:
        return "flipped by scores"
    return "undecided" if pair.counts.shares[0] is not None and not pair.certain else ""


async def unit_count(connection: AsyncConnection, job: RowMapping, revision: Revision) -> int:
    """Return how many results a job has: one for each datapoint, or for each list of a ranking."""
    return len(await lists_of(connection, revision.dataset_id)) if is_ranking(revision) else job["datapoint_count"]
