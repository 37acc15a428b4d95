"""The tool that writes results into a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Literal

import anyio
from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.replies import Reply, count_of
from rapidata_mcp.server.results.composing import caveats
from rapidata_mcp.server.results.reply import Completeness
from rapidata_mcp.server.results.sources import ResultsSource
from rapidata_mcp.server.services import files_of, services_of
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.tables import as_csv, as_lines, outcome_table, response_table


class ExportReply(Reply):
    """A file that was written."""

    job_id: str
    file: str
    rows: int
    completeness: Completeness
    human_responses: int
    simulated_responses: int


async def export_results(
    ctx: Context,
    job_id: JobId,
    file: Annotated[
        str, Field(max_length=500, description="A new .csv or .jsonl file in a directory that the user allowed")
    ],
    row_per: Annotated[
        Literal["pair", "response"],
        Field(description="`pair`: a row per pair, or per answer to a datapoint. `response`: a row per response"),
    ] = "pair",
) -> ExportReply:
    """Writes all results, final or so far, to a new file: CSV, or JSON lines with all fields of the platform."""
    files = files_of(ctx)
    files.new_table("file", file)  # fails before any request
    source = await ResultsSource.open((await services_of(ctx)).platform, job_id)
    export = _Export(source, csv=file.lower().endswith(".csv"), single=row_per == "response")
    path = await _write(files, file, export.parts())
    results = export.last
    kind: Completeness = "final" if results.final else "partial" if results.human + results.simulated else "none"
    job = {"job_id": job_id}
    return ExportReply(
        summary=" ".join([f"Wrote {count_of(export.rows, row_per)}, {kind} results.", *caveats(results)]),
        job_id=job_id,
        file=path,
        rows=export.rows,
        completeness=kind,
        human_responses=results.human,
        simulated_responses=results.simulated,
        next_step=NextStep(Call("get_results", job | {"detail": "verdict"}, "explains them"))
        if results.final
        else NextStep(
            Call("get_job", job | {"wait_seconds": 30}), Call("export_results", job, "into another file", "then")
        ),
    )


class _Export:
    """A table that is written part by part, so that a large job is never in memory as a whole."""

    last: JobResults
    """The part that was written last."""

    def __init__(self, source: ResultsSource, *, csv: bool, single: bool) -> None:
        self._source, self._csv, self._single = source, csv, single
        self.rows = 0

    async def parts(self) -> AsyncIterator[str]:
        """The text of the table."""
        header = True
        async for part in self._source.in_parts(single=self._single):
            self.last, table = part, response_table(part) if self._single else outcome_table(part)
            rows = list(table.rows)
            self.rows += len(rows)
            yield as_csv(table.columns, rows, header=header) if self._csv else as_lines(rows)
            header = False


async def _write(files: LocalFiles, file: str, parts: AsyncIterator[str]) -> str:
    """Write a new file, whole or not at all. It never overwrites a file or follows a link."""
    path = files.new_table("file", file)
    began = False
    try:
        async with await anyio.open_file(path, "x", encoding="utf-8", errors="backslashreplace", newline="") as target:
            began = True
            async for part in parts:
                await target.write(part)
    except BaseException as failure:
        if began:
            path.unlink(missing_ok=True)
        if isinstance(failure, OSError):
            raise InvalidArgument("file", f"cannot be written ({failure.strerror}).", "Give another file.") from None
        raise
    return str(path)
