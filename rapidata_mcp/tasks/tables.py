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

TableRow = Mapping[str, Any]
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
    rows: Iterator[TableRow]


def outcome_table(results: JobResults) -> Table:
    """A row per pair, or per answer to a datapoint, also of options that nobody chose."""
    unit = results.kind.results_unit
    cells = _pair_cells if unit == "pair" else _answer_cells
    rows = (_row(unit, outcome, row) for outcome in results.outcomes for row in cells(outcome))
    return Table(OUTCOME_COLUMNS[unit], rows)


def response_table(results: JobResults) -> Table:
    """A row per response."""
    columns = RESPONSE_COLUMNS[results.kind.results_unit]
    rows = (
        dict(zip(columns, _response_cells(results.kind, outcome, response), strict=True)) | {"raw": raw}
        for outcome in results.outcomes
        for response, raw in zip(outcome.responses(), outcome.details, strict=True)
    )
    return Table(columns, rows)


def _response_cells(kind: ReadableTask, outcome: Outcome, response: Response) -> Sequence[Any]:
    answer, *labeler = response
    side = (kind.side(outcome, answer, None),) if kind.results_unit == "pair" else ()
    return (*_which(kind.results_unit, outcome), answer, *side, *labeler)


def _pair_cells(outcome: Outcome) -> Iterator[Sequence[Any]]:
    winners = winner_of(outcome, outcome.counts.leading), winner_of(outcome, outcome.weighted)
    share = _share_cells(outcome.counts.shares[0])
    yield (*votes_of(outcome), *share, *outcome.scores[:2], outcome.confidence, *winners)


def _answer_cells(outcome: Outcome) -> Iterator[Sequence[Any]]:
    for answer, votes, share, note in outcome.answers:
        leads = answer == outcome.leading
        yield (answer, votes, *_share_cells(share), note, leads, outcome.certain, outcome.note)


def _row(unit: Unit, outcome: Outcome, cells: Sequence[Any]) -> TableRow:
    metadata = outcome.entry.get("privateMetadata")
    row = dict(zip(OUTCOME_COLUMNS[unit], (*_which(unit, outcome), *cells, metadata), strict=True))
    return row | {"raw": {name: value for name, value in outcome.entry.items() if name not in SINGLE}}


def _which(unit: Unit, outcome: Outcome) -> Sequence[Any]:
    return outcome.position, *(outcome.names[:2] if unit == "pair" else (outcome.item,)), outcome.context


def _share_cells(share: Share | None) -> Sequence[float | None]:
    return (None, None, None) if share is None else (share.value, share.low, share.high)


def as_csv(columns: Iterable[str], rows: Iterable[TableRow], *, header: bool = True) -> str:
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


def as_lines(rows: Iterable[TableRow]) -> str:
    """Write a JSON object a line, with everything that the platform says."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
