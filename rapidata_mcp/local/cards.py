"""The pairs of a compare job as cards: what is asked, and its responses, counted by the database (contract G.9)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.local.media import Media, context_names, stored_media
from rapidata_mcp.local.tables import datapoints, job_datapoints, labelers, responses
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.compare_cards import aggregation, payload, raw_result, tally
from rapidata_mcp.tasks.compare_results import NOT_ITEMS

MOST_RESPONSES = 5_000
"""Single responses in one answer: the cards of a page show the latest few of each."""
MOST_CARDS_WITH_RESPONSES = 50
"""The cards of a larger page only count their responses."""
STATES = {"Running": "Labeling", "Paused": "Paused", "SpendLimited": "Paused"}
"""What an open card is while its job is in a state; `Incomplete` in any other."""
Counted = Sequence[tuple[int, int, float, int, float]]
"""By option: how many chose it and the sum of their user scores; how many of these are people, and theirs."""


def rapid_id(job_id: str, position: int) -> str:
    """The id of a datapoint's card."""
    return f"rpd_{job_id.removeprefix('job_')}_{position}"


def state_of(job: RowMapping, *, settled: bool) -> str:
    """The state of a card of a job."""
    return "Done" if settled else STATES.get(job["state"], "Incomplete")


async def read_cards(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    which: ColumnElement[bool],
    limit: int,
    offset: int,
) -> list[dict[str, Any]]:
    """The cards of those datapoints of a job, in its order."""
    content = datapoints.c
    # Segments are read only where they hold what the row itself does not: media shown as context.
    beside = case((cast(content.segments, Text).contains("context_asset"), content.segments))
    rows = (
        await connection.execute(
            select(job_datapoints.c.position, job_datapoints.c.settled, content.item_names, content.context, beside)
            .join(datapoints, content.id == job_datapoints.c.datapoint_id)
            .where(job_datapoints.c.job_id == job["id"], which)
            .order_by(job_datapoints.c.position)
            .limit(limit)
            .offset(offset)
        )
    ).all()
    contexts = {row[0]: context_names(row[4]) for row in rows if row[4]}
    media = await stored_media(connection, [name for row in rows for name in (*row[2], *contexts.get(row[0], ()))])
    shown = {row[0]: row[2] for row in rows}
    counted = await _counted(connection, job["id"], shown)
    single = await _latest(connection, job["id"], shown) if len(rows) <= MOST_CARDS_WITH_RESPONSES else {}
    sure = await _confidences(connection, job["id"], shown) if _stops_early(revision) else {}
    question = payload(revision.task.instruction(revision.asked))
    return [
        {
            "rapidId": rapid_id(job["id"], position),
            "asset": asset_of(items, media),
            "responses": single.get(position, []),
            **_totals(items, counted.get(position, ())),
            "state": state_of(job, settled=settled),
            "payload": question,
            "context": context,
            "contextAsset": asset_of(contexts[position], media) if position in contexts else None,
            **({"confidencePerCategory": sure[position]} if position in sure else {}),
        }
        for position, settled, items, context, _ in rows
    ]


def asset_of(items: Sequence[str], media: Mapping[str, Media]) -> dict[str, Any]:
    """What is shown, in the form of answers (contract C.5), with an identifier to which responses refer."""
    parts = [item_asset(name, media) for name in items]
    return {"_t": "MultiAsset", "assets": parts, "metadata": {}, "identifier": ""}


def item_asset(name: str, stored: Mapping[str, Media]) -> dict[str, Any]:
    """One item, in the form of answers."""
    media = stored.get(name)
    if media is None:
        return {"_t": "TextAsset", "text": name, "metadata": {}, "identifier": name}
    metadata = {"originalFilename": {"_t": "OriginalFilenameMetadata", "originalFilename": media.original_name}}
    if media.source_url:
        metadata["sourceUrl"] = {"_t": "SourceUrlMetadataModel", "url": media.source_url}
    return {"_t": "FileAsset", "fileName": name, "metadata": metadata, "identifier": name}


def _totals(items: Sequence[str], counted: Counted) -> dict[str, Any]:
    names, total, simulated = (*items, *NOT_ITEMS), 0, 0
    everyone, people = {}, {}
    for choice, count, score, human, their_score in counted:
        total, simulated = total + count, simulated + count - human
        everyone[names[choice]] = tally(count, score)
        if human:
            people[names[choice]] = tally(human, their_score)
    return {"totalResponseCount": total, "aggregation": aggregation(everyone, people if simulated else None)}


async def _counted(connection: AsyncConnection, job_id: str, shown: Mapping[int, Sequence[str]]) -> dict[int, Counted]:
    given = responses.c
    human = given.simulated.is_(False)
    rows = await connection.execute(
        select(
            given.position,
            given.choice,
            func.count(),
            func.sum(given.user_score),
            func.sum(case((human, 1), else_=0)),
            func.sum(case((human, given.user_score), else_=0.0)),
        )
        .where(_responses_to(job_id, shown))
        .group_by(given.position, given.choice)
    )
    counted: dict[int, list[tuple[int, int, float, int, float]]] = defaultdict(list)
    for position, choice, count, score, of_people, their_score in rows:
        counted[position].append((choice, count, score, of_people, their_score))
    return dict(counted)


def _responses_to(job_id: str, shown: Mapping[int, Sequence[str]]) -> ColumnElement[bool]:
    given = responses.c
    return (given.job_id == job_id) & given.position.between(min(shown, default=0), max(shown, default=-1))


def _stops_early(revision: Revision) -> bool:
    return isinstance(revision.referee, EarlyStoppingReferee)


async def _confidences(
    connection: AsyncConnection, job_id: str, shown: Mapping[int, Sequence[str]]
) -> dict[int, dict[str, float]]:
    """How sure the votes make of each item (contract H.8)."""
    given = responses.c
    rows = await connection.execute(
        select(given.position, given.choice, given.user_score).where(_responses_to(job_id, shown))
    )
    votes: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for position, choice, score in rows:
        votes[position].append((choice, score))
    return {
        position: dict(zip(items, confidence(votes.get(position, ()), len(items)), strict=True))
        for position, items in shown.items()
    }


async def _latest(
    connection: AsyncConnection, job_id: str, shown: Mapping[int, Sequence[str]]
) -> dict[int, list[dict[str, Any]]]:
    """As many of the latest responses to each datapoint as an answer holds."""
    given, latest = responses.c, MOST_RESPONSES // max(1, len(shown))
    age = func.row_number().over(partition_by=given.position, order_by=given.id.desc()).label("age")
    numbered = select(given.id, age).where(_responses_to(job_id, shown)).subquery()
    rows = await connection.execute(
        single_responses().where(given.id.in_(select(numbered.c.id).where(numbered.c.age <= latest))).order_by(given.id)
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.mappings():
        if row["position"] in shown:
            chosen = (*shown[row["position"]], *NOT_ITEMS)[row["choice"]]
            found[row["position"]].append(response_of(row, raw_result(chosen)))
    return dict(found)


def single_responses() -> Select[Any]:
    """Responses with who gave them."""
    people = labelers.c
    who = (people.country, people.language, people.age, people.gender, people.occupation)
    return select(responses, *who).join(labelers, people.id == responses.c.labeler_id)


def response_of(row: RowMapping, result: Mapping[str, Any]) -> dict[str, Any]:
    """One response with its result. Who gave it stays the same person in every answer, but not by the id kept here."""
    score = round(row["user_score"], 4)
    return {
        "id": str(row["id"]),
        "userId": f"usr_{hashlib.blake2b(row['labeler_id'].encode(), digest_size=8).hexdigest()}",
        **{name: row[name] or None for name in ("country", "language", "age", "gender", "occupation")},
        "result": {**result, "rapidId": rapid_id(row["job_id"], row["position"])},
        "userScore": score,
        "userScores": {"global": score},
        "demographicInformation": {name: row[name] for name in ("age", "gender", "occupation") if row[name]},
        "simulated": row["simulated"],
    }
