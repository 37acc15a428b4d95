"""The tool that reads results."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.calls import NextStep
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.jobs.stalls import platform_stall
from rapidata_mcp.server.results.cache import FinishedResults
from rapidata_mcp.server.results.composing import compose
from rapidata_mcp.server.results.labeler_groups import Dimension
from rapidata_mcp.server.results.pages import PinnedOrders, ResultsPage
from rapidata_mcp.server.results.query import Detail, ResultsQuery
from rapidata_mcp.server.results.reply import ResultsReply
from rapidata_mcp.server.results.rows import MOST_OUTCOMES
from rapidata_mcp.server.results.sources import ResultsSource
from rapidata_mcp.server.services import kept_of, services_of
from rapidata_mcp.tasks.results import OutcomeOrder, Selection

CURSOR = r"^([0-9]{1,7}\.[0-9]{1,7}\.[0-9a-f]{12})?$"


async def get_results(
    ctx: Context,
    job_id: JobId,
    detail: Annotated[
        Detail,
        Field(
            description="`verdict`: the whole job and its labelers. `pairs`, `responses`: the whole job and a page of "
            "pairs (or datapoints), or of single responses"
        ),
    ] = "pairs",
    only: Annotated[
        Selection,
        Field(
            description="`undecided`: the pair's own interval includes 50 %. `flipped`: weighting labelers by user "
            "score changes its winner. `lost_by_a`: b won it"
        ),
    ] = "all",
    text: Annotated[str, Field(max_length=100, description="Only pairs with this text in the context")] = "",
    order: Annotated[
        OutcomeOrder,
        Field(description="`informative`: flipped pairs first, then the most one-sided. `given`: the job's order"),
    ] = "informative",
    slice_by: Annotated[
        Literal["none", Dimension], Field(description="Shows the verdict of each group of labelers instead of pairs")
    ] = "none",
    people_only: Annotated[bool, Field(description="Leaves out simulated responses")] = False,
    cursor: Annotated[str, Field(pattern=CURSOR, description="From the previous answer: shows the next page")] = "",
) -> ResultsReply:
    """Shows the results of a job, also while it runs: the preferred item or model, and how certain that is."""
    source = await ResultsSource.open((await services_of(ctx)).platform, job_id)
    job, progress = source.job, source.progress
    stall = await platform_stall(source.platform, job, progress.response_count or 0)
    fix = stall.fix if stall is not None else NextStep()
    shown = "verdict" if slice_by != "none" else detail
    query = ResultsQuery(shown, only, text, order, slice_by, people_only, cursor, fix)
    results = await source.read(kept_of(ctx, FinishedResults), people_only=people_only)
    page = ResultsPage(kept_of(ctx, PinnedOrders), job_id, results, query)
    if shown == "responses" and not results.complete:
        page.outcomes = await source.with_responses(results, page.outcomes[:MOST_OUTCOMES])
    sample = await source.sample(results) if shown == "verdict" and not results.complete else ()
    return compose(job, progress.completion_percentage, results, query, page, sample)
