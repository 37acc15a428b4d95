"""Single responses with their labelers: the latest to each of some datapoints, or all of a job in their order."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import labelers, responses
from rapidata_mcp.tasks.pairs import PairTaskType
from rapidata_mcp.tasks.task import Answer, Question

MOST_RESPONSES = 5_000
"""Single responses in one reply."""


def rapid_id(job_id: str, position: int) -> str:
    """Return the id of a datapoint's card."""
    return f"rpd_{job_id.removeprefix('job_')}_{position}"


async def latest_responses(
    connection: AsyncConnection, job_id: str, kind: PairTaskType, shown: Mapping[int, Sequence[str]]
) -> dict[int, list[dict[str, Any]]]:
    """Read as many of the latest responses to each pair as an answer holds; `shown` are the items by position."""
    content, latest = responses.c, MOST_RESPONSES // max(1, len(shown))
    age = func.row_number().over(partition_by=content.position, order_by=content.id.desc()).label("age")
    numbered = select(content.id, age).where(content.job_id == job_id, content.position.in_(shown)).subquery()
    rows = await connection.execute(
        single_responses()
        .where(content.id.in_(select(numbered.c.id).where(numbered.c.age <= latest)))
        .order_by(content.id)
    )
    by_position: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.mappings():
        items = tuple(shown[row["position"]])
        result = kind.response_json(Answer(row["choice"]), Question("", items, items))
        by_position[row["position"]].append(response_of(row, result))
    return dict(by_position)


def single_responses() -> Select[Any]:
    """Select responses with their labelers."""
    people = labelers.c
    who = (people.country, people.language, people.age, people.gender, people.occupation)
    return select(responses, *who).join(labelers, people.id == responses.c.labeler_id)


def response_of(row: RowMapping, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return a response with its result. The labeler has the same id in every answer, but not the id kept here."""
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
