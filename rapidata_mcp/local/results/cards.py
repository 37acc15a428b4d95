"""The pairs of a job as cards: the question, and its responses, counted by the database (contract G.9).

A large job is read in pages of a thousand cards. They are written as JSON at once, since making objects first takes
twice as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import ColumnElement, RowMapping, Text, case, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.database.tables import datapoints, job_datapoints
from rapidata_mcp.local.jobs.tallies import Count, counts_of, scores_of
from rapidata_mcp.local.questions.media import Media, context_names, stored_media
from rapidata_mcp.local.results.single_responses import latest_responses, rapid_id
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.pairs import PairTaskType

MOST_CARDS_WITH_RESPONSES = 50
"""The cards of a larger page only count their responses."""
ONLY_COUNTS = '"responses":[]'
"""The last member of a card that only counts its responses."""
STATES = {JobState.RUNNING: "Labeling", JobState.PAUSED: "Paused", JobState.SPEND_LIMITED: "Paused"}
"""The state of an open card by the state of its job; `Incomplete` in any other."""


def state_of(job: RowMapping, *, settled: bool) -> str:
    """Return the state of a card of a job."""
    return "Done" if settled else STATES.get(job["state"], "Incomplete")


async def read_cards(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    kind: PairTaskType,
    which: ColumnElement[bool],
    limit: int,
    offset: int,
) -> list[str]:
    """Read the cards of those datapoints of a job, in its order, each as JSON."""
    content = datapoints.c
    # Segments are read only if they hold a part that the row itself does not have: media shown as context.
    segments = case((cast(content.segments, Text).contains("context_asset"), content.segments))
    items = cast(content.item_names, Text)
    rows = (
        await connection.execute(
            select(job_datapoints.c.position, job_datapoints.c.settled, content.context, items, segments)
            .join(datapoints, content.id == job_datapoints.c.datapoint_id)
            .where(job_datapoints.c.job_id == job["id"], which)
            .order_by(job_datapoints.c.position)
            .limit(limit)
            .offset(offset)
        )
    ).all()
    names = from_json(f"[{','.join([row[3] for row in rows])}]")
    shown: dict[int, list[str]] = dict(zip([row[0] for row in rows], names, strict=True))
    contexts = {row[0]: context_names(row[4]) for row in rows if row[4]}
    media = await stored_media(connection, [*chain(*names, *contexts.values())])
    counted = await counts_of(connection, job, list(shown))
    details = await _details(connection, job, revision, kind, shown)
    question = written({"_t": kind.card_payload, "criteria": kind.instruction(revision.spec)})
    extra = [written(answer) for answer in kind.extra_answers(revision.settings)]
    states = [state_of(job, settled=settled) for settled in (False, True)]
    return [
        f'{{"rapidId":"{rapid_id(job["id"], position)}","state":"{states[settled]}","payload":{question},'
        f'"context":{written(context)},{_counted(kind, shown[position], extra, media, counted.get(position, ()))},'
        f'"contextAsset":{written(asset_of(contexts[position], media)) if position in contexts else "null"},'
        f"{details.get(position, ONLY_COUNTS)}}}"
        for position, settled, context, _, _ in rows
    ]


def _counted(
    kind: PairTaskType, items: Sequence[str], extra: Sequence[str], media: Mapping[str, Media], counts: Sequence[Count]
) -> str:
    """The members of a card with its items, and the number of labelers who chose each answer."""
    names = [written(name) for name in items]
    assets = [
        written(item_asset(item, media))
        if item in media
        else f'{{"_t":"TextAsset","text":{name},"metadata":{{}},"identifier":{name}}}'
        for item, name in zip(items, names, strict=True)
    ]
    options = (*names, *extra)
    total, of_people, everyone, people = 0, 0, [], []
    for _, option, count, score, human, their_score in counts:
        total, of_people = total + count, of_people + human
        everyone.append(f'{options[option]}:{{"count":{count},"userScoreSum":{score:.4f}}}')
        if human:
            people.append(f'{options[option]}:{{"count":{human},"userScoreSum":{their_score:.4f}}}')
    # If some are simulated, those of people are counted again, in a member that the contract does not have.
    humans = f',"humanTallies":{{{",".join(people)}}}' if of_people < total else ""
    return (
        f'"asset":{{"_t":"MultiAsset","assets":[{",".join(assets)}],"metadata":{{}},"identifier":""}},'
        f'"totalResponseCount":{total},'
        f'"aggregation":{{"_t":"{kind.card_aggregation}","winnerTallies":{{{",".join(everyone)}}}{humans}}}'
    )


async def _details(
    connection: AsyncConnection,
    job: RowMapping,
    revision: Revision,
    kind: PairTaskType,
    shown: Mapping[int, Sequence[str]],
) -> dict[int, str]:
    """The members that only few cards have: single responses on a small page, confidence in a job that stops early."""
    members: dict[int, dict[str, Any]] = {}
    if len(shown) <= MOST_CARDS_WITH_RESPONSES:
        single = await latest_responses(connection, job["id"], kind, shown)
        members = {position: {"responses": single.get(position, [])} for position in shown}
    if isinstance(revision.referee, EarlyStoppingReferee):
        scores = await scores_of(connection, job["id"], list(shown))
        options = 2 + len(kind.extra_answers(revision.settings))
        for position, items in shown.items():
            sure = dict(zip(items, confidence(scores.get(position, ()), options), strict=False))
            members.setdefault(position, {"responses": []})["confidencePerCategory"] = sure
    return {position: written(member)[1:-1] for position, member in members.items()}


def written(value: Any) -> str:
    """Return a value as JSON."""
    return to_json(value).decode()


def asset_of(items: Sequence[str], media: Mapping[str, Media]) -> dict[str, Any]:
    """Return what is shown in the form of answers (contract C.5), with the identifiers that responses refer to."""
    parts = [item_asset(name, media) for name in items]
    return {"_t": "MultiAsset", "assets": parts, "metadata": {}, "identifier": ""}


def item_asset(name: str, stored: Mapping[str, Media]) -> dict[str, Any]:
    """Return one item in the form of answers."""
    media = stored.get(name)
    if media is None:
        return {"_t": "TextAsset", "text": name, "metadata": {}, "identifier": name}
    metadata = {"originalFilename": {"_t": "OriginalFilenameMetadata", "originalFilename": media.original_name}}
    if media.source_url:
        metadata["sourceUrl"] = {"_t": "SourceUrlMetadataModel", "url": media.source_url}
    return {"_t": "FileAsset", "fileName": name, "metadata": metadata, "identifier": name}
