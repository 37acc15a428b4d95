"""The tool that writes results into a file."""

from __future__ import annotations

from typing import Annotated, Literal

import anyio.to_thread
from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.arguments import JobId, unknown
from rapidata_mcp.server.desk import desk_of, files_of
from rapidata_mcp.server.replies import Reply, counted
from rapidata_mcp.server.tools.results import caveats
from rapidata_mcp.server.tools.task_reading import read_other
from rapidata_mcp.tasks.compare_results import CompareResults, read
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
    platform = (await desk_of(ctx)).platform
    try:
        job = await platform.jobs.get(job_id)
    except NotFound:
        raise unknown("job_id", "job", job_id, "find_jobs()") from None
    other = await read_other(platform, job)
    results: CompareResults | TaskResults
    if other is not None:
        results, columns = other, ANSWER_COLUMNS if row_per == "pair" else GIVEN_COLUMNS
        rows = list(answer_table(other) if row_per == "pair" else given_table(other))
    else:
        pairs = read(await platform.results.document(job))
        results, columns = pairs, PAIR_COLUMNS if row_per == "pair" else RESPONSE_COLUMNS
        rows = list(pair_table(pairs) if row_per == "pair" else response_table(pairs))
    text = as_csv(columns, rows) if file.lower().endswith(".csv") else as_lines(rows)
    path = await anyio.to_thread.run_sync(_write, files, file, text)
    final = job.state == "Completed"
    kind = "final" if final else "partial" if results.human + results.simulated else "none"
    return Exported(
        summary=" ".join([f"Wrote {counted(len(rows), row_per)}, {kind} results.", *caveats(results)]),
        job_id=job_id,
        file=path,
        rows=len(rows),
        completeness=kind,
        human_responses=results.human,
        simulated_responses=results.simulated,
        next_step=f"get_results(job_id='{job_id}', detail='verdict') says what they mean."
        if final
        else f"get_job(job_id='{job_id}', wait_seconds=30), then export_results into another file.",
    )


def _write(files: LocalFiles, file: str, text: str) -> str:
    """Write a new file, whole or not at all; never over another one, nor through a link."""
    path = files.new_table("file", file)
    began = False
    try:
        with path.open("x", encoding="utf-8", errors="backslashreplace", newline="") as target:
            began = True
            target.write(text)
    except OSError as failure:
        if began:
            path.unlink(missing_ok=True)
        raise InvalidArgument("file", f"cannot be written ({failure.strerror}).", "Give another one.") from None
    return str(path)
