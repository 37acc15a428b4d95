"""Results as tables for other programs: one row per pair or per response, as CSV or as JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rapidata_mcp.aggregate.share import of_pair
from rapidata_mcp.tasks.compare_results import CompareResults, Pair

PAIR_COLUMNS = [
    "pair",
    "a",
    "b",
    "context",
    "a_votes",
    "b_votes",
    "both_votes",
    "neither_votes",
    "a_share",
    "a_share_low",
    "a_share_high",
    "a_score",
    "b_score",
    "a_confidence",
    "winner",
    "weighted_winner",
    "private_metadata",
]
RESPONSE_COLUMNS = [
    "pair",
    "a",
    "b",
    "context",
    "voted_for",
    "side",
    "country",
    "language",
    "age",
    "gender",
    "occupation",
    "user_score",
    "simulated",
]
SINGLE = ("detailedResults", "responses")
"""Where the platform keeps single responses: in the results file, and on cards."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection)."""


def pair_table(results: CompareResults) -> Iterator[dict[str, Any]]:
    """A row per pair; `raw` is what the platform says of it, without the single responses."""
    for pair in results.pairs:
        share = of_pair(*pair.votes)
        yield {
            **_which(pair),
            "a_votes": pair.a_votes,
            "b_votes": pair.b_votes,
            "both_votes": pair.both_votes,
            "neither_votes": pair.neither_votes,
            "a_share": share and share.value,
            "a_share_low": share and share.low,
            "a_share_high": share and share.high,
            "a_score": pair.a_score,
            "b_score": pair.b_score,
            "a_confidence": pair.a_confidence,
            "winner": pair.winner,
            "weighted_winner": pair.weighted_winner,
            "private_metadata": pair.entry.get("privateMetadata"),
            "raw": {name: value for name, value in pair.entry.items() if name not in SINGLE},
        }


def response_table(results: CompareResults) -> Iterator[dict[str, Any]]:
    """A row per response; `raw` is what the platform says of it."""
    for pair in results.pairs:
        details = pair.entry.get("detailedResults") or ()
        for answer, raw in zip(pair.answers(), details, strict=True):
            yield {
                **_which(pair),
                "voted_for": answer.voted_for,
                "side": answer.side,
                "country": answer.country,
                "language": answer.language,
                "age": answer.age,
                "gender": answer.gender,
                "occupation": answer.occupation,
                "user_score": answer.user_score,
                "simulated": answer.simulated,
                "raw": raw,
            }


def _which(pair: Pair) -> dict[str, Any]:
    return {"pair": pair.position, "a": pair.a, "b": pair.b, "context": pair.context}


def as_csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], *, header: bool = True) -> str:
    """A table, with a header unless it goes on. What a spreadsheet would take for a formula gets an apostrophe."""
    text, names = io.StringIO(), list(columns)
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    if header:
        writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """A JSON object a line, with everything that the platform says."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
