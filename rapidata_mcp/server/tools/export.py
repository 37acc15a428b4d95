"""The tool that writes results into a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import anyio
from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.identifiers import JOB
from rapidata_mcp.server.replies import Reply, count_of
from rapidata_mcp.server.results.sources import in_parts, is_large
from rapidata_mcp.server.results.task_reading import read_other
from rapidata_mcp.server.services import files_of, services_of
from rapidata_mcp.server.tools.results import caveats
from rapidata_mcp.tasks.compare_results import CompareResults
from rapidata_mcp.tasks.compare_tables import (
    PAIR_COLUMNS,
    RESPONSE_COLUMNS,
    as_csv,
    as_lines,
    pair_table,
    response_table,
)
from rapidata_mcp.tasks.task_results import TaskResults
from rapidata_mcp.tasks.task_tables import ANSWER_COLUMNS, GIVEN_COLUMNS, answer_table, given_table

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress


class Exported(Reply):
    """A file that was written."""

    job_id: str
    file: str
    rows: int
    completeness: Literal["none", "partial", "final"]
    human_responses: int
    simulated_responses: int


async def export_results(
    ctx: Context,
    job_id: JobId,
    file: Annotated[
        str, Field(max_length=500, description="A new .csv or .jsonl in a directory that the user allowed (FILES)")
    ],
    row_per: Annotated[
        Literal["pair", "response"], Field(description="What a row is; `pair`: a datapoint's answer")
    ] = "pair",
) -> Exported:
    """Writes all results, final or so far, into a new file: CSV, or JSON lines with every field of the platform."""
    files = files_of(ctx)
    files.new_table("file", file)  # before the results are asked for
    platform = (await services_of(ctx)).platform
    with JOB.must_exist(job_id):
        job, progress = await gather(platform.jobs.get(job_id), platform.jobs.progress(job_id))
    table = _Table(csv=file.lower().endswith(".csv"), single=row_per == "response")
    path = await _write(files, file, table.parts(platform, job, progress))
    results = table.results(progress)
    final = job.state == "Completed"
    kind = "final" if final else "partial" if results.human + results.simulated else "none"
    return Exported(
        summary=" ".join([f"Wrote {count_of(table.rows, row_per)}, {kind} results.", *caveats(results)]),
        job_id=job_id,
        file=path,
        rows=table.rows,
        completeness=kind,
        human_responses=results.human,
        simulated_responses=results.simulated,
        next_step=f"get_results(job_id='{job_id}', detail='verdict') says what they mean."
        if final
        else f"get_job(job_id='{job_id}', wait_seconds=30), then export_results into another file.",
    )


class _Table:
    """A table that is made part by part."""

    def __init__(self, *, csv: bool, single: bool) -> None:
        self._csv, self._single = csv, single
        self._last: CompareResults | TaskResults | None = None
        self.rows, self._begun = 0, False

    async def parts(self, platform: Platform, job: Job, progress: JobProgress) -> AsyncIterator[str]:
        """The table's text. A large comparison comes page by page, so that it never stands in memory as a whole."""
        other = await read_other(platform, job)
        if other is not None:
            self._last = other
            yield self._text(
                GIVEN_COLUMNS if self._single else ANSWER_COLUMNS,
                given_table(other) if self._single else answer_table(other),
            )
            return
        async for pairs in in_parts(platform, job, progress, single=self._single):
            self._last = pairs
            yield self._text(
                RESPONSE_COLUMNS if self._single else PAIR_COLUMNS,
                response_table(pairs) if self._single else pair_table(pairs),
            )

    def _text(self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
        here = list(rows)
        header, self._begun = not self._begun, True
        self.rows += len(here)
        return as_csv(columns, here, header=header) if self._csv else as_lines(here)

    def results(self, progress: JobProgress) -> CompareResults | TaskResults:
        """What was written, as far as it has to be told."""
        if self._last is not None and not is_large(progress):
            return self._last
        simulated = progress.simulated_response_count
        human = max(0, (progress.response_count or 0) - simulated)
        return CompareResults(instruction="", names=None, pairs=(), human=human, simulated=simulated)


async def _write(files: LocalFiles, file: str, parts: AsyncIterator[str]) -> str:
    """Write a new file, whole or not at all; never over another one, nor through a link."""
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
            raise InvalidArgument("file", f"cannot be written ({failure.strerror}).", "Give another one.") from None
        raise
    return str(path)
