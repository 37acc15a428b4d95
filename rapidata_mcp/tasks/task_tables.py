"""Results of any task type as tables: a row per answer to a datapoint, or per response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.task_results import TaskResults

ANSWER_COLUMNS = [
    *("datapoint", "item", "context", "answer", "votes", "share", "share_low", "share_high", "note"),
    *("leads", "certain", "datapoint_note", "private_metadata"),
]
GIVEN_COLUMNS = [
    *("datapoint", "item", "context", "answer", "country", "language", "age", "gender", "occupation"),
    *("user_score", "simulated"),
]


def answer_table(results: TaskResults) -> Iterator[dict[str, Any]]:
    """A row per datapoint and answer, also of options that nobody chose; `raw` is what the platform says of both."""
    for outcome in results.outcomes:
        raw = {name: value for name, value in outcome.entry.items() if name != "detailedResults"}
        for answer in outcome.answers:
            share = answer.share
            yield {
                **_which(outcome),
                "answer": answer.answer,
                "votes": answer.votes,
                "share": share and share.value,
                "share_low": share and share.low,
                "share_high": share and share.high,
                "note": answer.note,
                "leads": answer.answer == outcome.leading,
                "certain": outcome.certain,
                "datapoint_note": outcome.note,
                "private_metadata": outcome.entry.get("privateMetadata"),
                "raw": raw,
            }


def given_table(results: TaskResults) -> Iterator[dict[str, Any]]:
    """A row per response; `raw` is what the platform says of it."""
    for outcome in results.outcomes:
        for response, raw in zip(outcome.responses, outcome.details, strict=True):
            yield {**_which(outcome), **response._asdict(), "raw": raw}


def _which(outcome: Outcome) -> dict[str, Any]:
    return {"datapoint": outcome.position, "item": outcome.item, "context": outcome.context}
