"""Read datapoints from a file, so that thousands of them need not pass through a conversation."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import Any

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import LocalFile
from rapidata_mcp.tasks.arguments import MAX_CONTEXT, DataType, MediaItems

ARGUMENT = "datapoints_file"
CONTEXT_COLUMNS = ("context", "media_context")
MAX_ROWS = 100_000
PROBLEMS_SHOWN = 5
"""Wrong lines of a file that an error names."""


@dataclass
class DatapointTable:
    """The datapoints of a file in its order: one entry per datapoint in each list. `rows` are their items."""

    rows: list[list[str]] = field(default_factory=list)
    contexts: list[str | None] = field(default_factory=list)
    media_contexts: list[list[str]] = field(default_factory=list)
    private_metadata: list[dict[str, str]] = field(default_factory=list)


def read_datapoints_file(
    file: LocalFile, items: Sequence[str], media: MediaItems, data_type: DataType
) -> DatapointTable:
    """Read a CSV file with a header, a JSONL file with an object per line, or a JSON file with a list of objects.

    `items` are the columns of the items of a datapoint, which must differ from each other. `media` validates the media
    of each line.

    Raises:
        InvalidArgument: names up to five wrong lines with their problems, or the problem of the whole file.
    """
    columns = f"Columns: {', '.join(items)}; optional: context, media_context. Others become private metadata."
    table = DatapointTable()
    problems: list[str] = []
    try:
        with file.open() as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            for line, row in _rows(text, file.path.suffix.lower(), items, columns):
                if len(table.rows) >= MAX_ROWS:
                    raise InvalidArgument(ARGUMENT, f"has more than {MAX_ROWS} rows.", "Split the file.")
                problem = _problem(row, items) or _media_problem(row, items if data_type == "media" else (), media)
                if problem is None:
                    _append(row, table, items)
                elif len(problems) < PROBLEMS_SHOWN:
                    problems.append(f"line {line}: {problem}")
    except UnicodeDecodeError:
        raise InvalidArgument(ARGUMENT, "is not UTF-8 text.", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise InvalidArgument(ARGUMENT, f"is not CSV ({error}).", columns) from None
    if problems:
        raise InvalidArgument(ARGUMENT, "; ".join(problems), columns)
    if not table.rows:
        raise InvalidArgument(ARGUMENT, "has no rows.", columns)
    return table


def _rows(text: TextIOWrapper, suffix: str, items: Sequence[str], columns: str) -> Iterator[tuple[int, Any]]:
    if suffix == ".csv":
        reader = csv.DictReader(text, strict=True)
        if not set(items) <= set(reader.fieldnames or ()):
            names = " and ".join(items)
            noun = "column" if len(items) == 1 else "columns"
            raise InvalidArgument(ARGUMENT, f"line 1: the header lacks the {noun} {names}.", columns)
        for row in reader:
            yield reader.line_num, row
    elif suffix == ".jsonl":
        for line, content in enumerate(text, start=1):
            if content.strip():
                yield line, _json(content)
    else:
        rows = _json(text.read())
        if not isinstance(rows, list):
            raise InvalidArgument(ARGUMENT, "is not a JSON list of objects.", columns)
        yield from enumerate(rows, start=1)


def _json(content: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _problem(row: Any, items: Sequence[str]) -> str | None:
    if not isinstance(row, dict):
        return "is not a JSON object."
    if None in row:
        return "has more fields than the header."
    for column in items:
        if not isinstance(row.get(column), str) or not row[column].strip():
            return f"column {column} must be text or a URL."
    if len({row[column] for column in items}) < len(items):
        return f"{' and '.join(items)} are equal."
    context = row.get("context") or ""
    if not isinstance(context, str) or len(context) > MAX_CONTEXT:
        return f"column context must be text of at most {MAX_CONTEXT} characters."
    media = row.get("media_context") or ""
    if not isinstance(media, str) and not (isinstance(media, list) and all(isinstance(item, str) for item in media)):
        return "column media_context must be a URL or a list of URLs."
    return None


def _media_problem(row: dict[str, Any], items: Sequence[str], media: MediaItems) -> str | None:
    """The first problem with media in these columns or in the media context."""
    try:
        for column in items:
            media.require(f"column {column}", row[column])
        for item in _media_context(row):
            media.require("column media_context", item)
    except InvalidArgument as problem:
        return problem.message
    return None


def _media_context(row: dict[str, Any]) -> list[str]:
    media = row.get("media_context") or []
    return [media] if isinstance(media, str) else media


def _append(row: dict[str, Any], table: DatapointTable, items: Sequence[str]) -> None:
    table.rows.append([row[column] for column in items])
    table.contexts.append(row.get("context") or None)
    table.media_contexts.append(_media_context(row))
    table.private_metadata.append(
        {
            str(name): value if isinstance(value, str) else json.dumps(value)
            for name, value in row.items()
            if name not in (*items, *CONTEXT_COLUMNS) and value not in (None, "")
        }
    )
