"""Results as tables for other programs, as CSV or as JSON lines: a row per pair, per answer, or per response."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidata_mcp.aggregate.share import Share
from rapidata_mcp.tasks.outcomes import Outcome, Response
from rapidata_mcp.tasks.pairs import votes_of, winner_of
from rapidata_mcp.tasks.results import JobResults, ReadableTask, Unit

Row = Mapping[str, Any]
SINGLE = ("detailedResults", "responses")
"""Members of the platform's results that hold single responses: in the document, and on cards."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Characters at the beginning of a cell that a spreadsheet would run (OWASP, CSV injection)."""
WHICH: Mapping[Unit, Sequence[str]] = {
    "pair": ("pair", "a", "b", "context"),
    "datapoint": ("datapoint", "item", "context"),
}
WHO = ("country", "language", "age", "gender", "occupation", "user_score", "simulated")
OUTCOME_COLUMNS: Mapping[Unit, Sequence[str]] = {
    "pair": (
        *WHICH["pair"],
        *("a_votes", "b_votes", "both_votes", "neither_votes", "a_share", "a_share_low", "a_share_high"),
        *("a_score", "b_score", "a_confidence", "winner", "weighted_winner", "private_metadata"),
    ),
    "datapoint": (
        *WHICH["datapoint"],
        *("answer", "votes", "share", "share_low", "share_high", "note"),
        *("leads", "certain", "datapoint_note", "private_metadata"),
    ),
}
RESPONSE_COLUMNS: Mapping[Unit, Sequence[str]] = {
    "pair": (*WHICH["pair"], "voted_for", "side", *WHO),
    "datapoint": (*WHICH["datapoint"], "answer", *WHO),
}


@dataclass(frozen=True)
class Table:
    """Columns, and rows with at least these. In `raw` a row has everything that the platform says of it."""

    columns: Sequence[str]
    rows: Iterator[Row]


def outcome_table(results: JobResults) -> Table:
    """A row per pair, or per answer to a datapoint, also of options that nobody chose."""
    unit, rows = results.kind.results_unit, _pair_rows if results.kind.results_unit == "pair" else _answer_rows
    return Table(OUTCOME_COLUMNS[unit], (row for outcome in results.outcomes for row in rows(outcome)))


def response_table(results: JobResults) -> Table:
    """A row per response."""
    unit = results.kind.results_unit
    rows = (
        {**_which(unit, outcome), **_answer(results.kind, outcome, response.answer), **_who(response), "raw": raw}
        for outcome in results.outcomes
        for response, raw in zip(outcome.responses(), outcome.details, strict=True)
    )
    return Table(RESPONSE_COLUMNS[unit], rows)


def _pair_rows(outcome: Outcome) -> Iterator[Row]:
    a_votes, b_votes, both_votes, neither_votes = votes_of(outcome)
    yield {
        **_which("pair", outcome),
        "a_votes": a_votes,
        "b_votes": b_votes,
        "both_votes": both_votes,
        "neither_votes": neither_votes,
        **_share("a_share", outcome.counts.shares[0]),
        "a_score": outcome.scores[0],
        "b_score": outcome.scores[1],
        "a_confidence": outcome.confidence,
        "winner": winner_of(outcome, outcome.counts.leading),
        "weighted_winner": winner_of(outcome, outcome.weighted),
        **_kept(outcome),
    }


def _answer_rows(outcome: Outcome) -> Iterator[Row]:
    kept = _kept(outcome)
    for answer in outcome.answers:
        yield {
            **_which("datapoint", outcome),
            "answer": answer.answer,
            "votes": answer.votes,
            **_share("share", answer.share),
            "note": answer.note,
            "leads": answer.answer == outcome.leading,
            "certain": outcome.certain,
            "datapoint_note": outcome.note,
            **kept,
        }


def _which(unit: Unit, outcome: Outcome) -> Row:
    items = outcome.names[:2] if unit == "pair" else (outcome.item,)
    return dict(zip(WHICH[unit], (outcome.position, *items, outcome.context), strict=True))


def _share(name: str, share: Share | None) -> Row:
    if share is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}


def _kept(outcome: Outcome) -> Row:
    raw = {name: value for name, value in outcome.entry.items() if name not in SINGLE}
    return {"private_metadata": outcome.entry.get("privateMetadata"), "raw": raw}


def _answer(kind: ReadableTask, outcome: Outcome, answer: str) -> Row:
    if kind.results_unit == "datapoint":
        return {"answer": answer}
    return {"voted_for": answer, "side": kind.side(outcome, answer, None)}


def _who(response: Response) -> Row:
    return {name: getattr(response, name) for name in WHO}


def as_csv(columns: Iterable[str], rows: Iterable[Row], *, header: bool = True) -> str:
    """Write CSV, with a header unless it continues a table. A cell that looks like a formula gets an apostrophe."""
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


def as_lines(rows: Iterable[Row]) -> str:
    """Write a JSON object a line, with everything that the platform says."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
