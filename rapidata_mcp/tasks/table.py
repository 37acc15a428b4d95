"""Datapoints from a file, so that thousands of them never pass through a conversation. Problems are told by line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import Any

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import LocalFile
from rapidata_mcp.tasks.arguments import MAX_CONTEXT, DataType, Media

ARGUMENT = "datapoints_file"
SHOWN_BESIDE = ("context", "media_context")
MAX_ROWS = 100_000
PROBLEMS_TOLD = 5


@dataclass
class Table:
    """The columns of a file, a list each, in the file's order; `rows` are the items of the datapoints."""

    rows: list[list[str]] = field(default_factory=list)
    contexts: list[str | None] = field(default_factory=list)
    media_contexts: list[list[str]] = field(default_factory=list)
    private_metadata: list[dict[str, str]] = field(default_factory=list)


def read_table(file: LocalFile, items: Sequence[str], media: Media, data_type: DataType) -> Table:
    """Read a CSV (with a header), JSONL (an object a line) or JSON (a list of objects) file.

    `items` are the columns that hold the items of a datapoint, which differ from each other. `media` checks what is
    shown.

    Raises:
        InvalidArgument: names up to five lines and what is wrong with each, or what is wrong with the file.
    """
    how = f"Columns: {', '.join(items)}, optionally context and media_context; any other is kept as private metadata."
    table = Table()
    problems: list[str] = []
    try:
        with file.open() as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            for line, row in _rows(text, file.path.suffix.lower(), items, how):
                if len(table.rows) >= MAX_ROWS:
                    raise InvalidArgument(ARGUMENT, f"has more than {MAX_ROWS} rows.", "Split it.")
                problem = _problem(row, items) or _unseen(row, items if data_type == "media" else (), media)
                if problem is None:
                    _take(row, table, items)
                elif len(problems) < PROBLEMS_TOLD:
                    problems.append(f"line {line}: {problem}")
    except UnicodeDecodeError:
        raise InvalidArgument(ARGUMENT, "is not UTF-8 text.", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise InvalidArgument(ARGUMENT, f"is not CSV ({error}).", how) from None
    if problems:
        raise InvalidArgument(ARGUMENT, "; ".join(problems), how)
    if not table.rows:
        raise InvalidArgument(ARGUMENT, "has no rows.", how)
    return table


def _rows(text: TextIOWrapper, suffix: str, items: Sequence[str], how: str) -> Iterator[tuple[int, Any]]:
    if suffix == ".csv":
        reader = csv.DictReader(text, strict=True)
        if not set(items) <= set(reader.fieldnames or ()):
            names = " and ".join(items)
            columns = "column" if len(items) == 1 else "columns"
            raise InvalidArgument(ARGUMENT, f"line 1: the header does not name the {columns} {names}.", how)
        for row in reader:
            yield reader.line_num, row
    elif suffix == ".jsonl":
        for line, content in enumerate(text, start=1):
            if content.strip():
                yield line, _json(content)
    else:
        rows = _json(text.read())
        if not isinstance(rows, list):
            raise InvalidArgument(ARGUMENT, "is not a JSON list of objects.", how)
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
            return f"column {column} must hold a text or a URL."
    if len({row[column] for column in items}) < len(items):
        return f"{' and '.join(items)} are equal."
    context = row.get("context") or ""
    if not isinstance(context, str) or len(context) > MAX_CONTEXT:
        return f"column context must hold a text of at most {MAX_CONTEXT} characters."
    media = row.get("media_context") or ""
    if not isinstance(media, str) and not (isinstance(media, list) and all(isinstance(item, str) for item in media)):
        return "column media_context must hold a URL or a list of URLs."
    return None


def _unseen(row: dict[str, Any], items: Sequence[str], media: Media) -> str | None:
    """Why something in these columns, or in the media context, cannot be shown."""
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


def _take(row: dict[str, Any], table: Table, items: Sequence[str]) -> None:
    table.rows.append([row[column] for column in items])
    table.contexts.append(row.get("context") or None)
    table.media_contexts.append(_media_context(row))
    kept = {
        name: value for name, value in row.items() if name not in (*items, *SHOWN_BESIDE) and value not in (None, "")
    }
    table.private_metadata.append(
        {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in kept.items()}
    )
