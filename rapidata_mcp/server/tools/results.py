"""The tool that reads results."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.jobs.stalls import of_itself
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
        Field(description="`verdict` with who answered; or with it a page of `pairs` (or datapoints), `responses`"),
    ] = "pairs",
    only: Annotated[
        Selection, Field(description="Pairs whose own interval includes 50 %, that weighing turns round, or that b won")
    ] = "all",
    text: Annotated[str, Field(max_length=100, description="Pairs with this in the context")] = "",
    order: Annotated[
        OutcomeOrder,
        Field(description="First the pairs that weighing turns round, then the most one-sided; or as `given`"),
    ] = "informative",
    slice_by: Annotated[
        Literal["none", Dimension], Field(description="The verdict of each group of labelers, instead of pairs")
    ] = "none",
    people_only: Annotated[bool, Field(description="Leaves simulated responses out")] = False,
    cursor: Annotated[str, Field(pattern=CURSOR, description="From the answer before: the next page")] = "",
) -> ResultsReply:
    """Shows what labelers answered, also while the job runs: which item or model is preferred and how sure that is."""
    source = await ResultsSource.open((await services_of(ctx)).platform, job_id)
    job, progress = source.job, source.progress
    stall = await of_itself(source.platform, job, progress.response_count or 0)
    fix = stall.fix if stall is not None else ""
    shown = "verdict" if slice_by != "none" else detail
    query = ResultsQuery(shown, only, text, order, slice_by, people_only, cursor, fix)
    results = await source.read(kept_of(ctx, FinishedResults), people_only=people_only)
    page = ResultsPage(kept_of(ctx, PinnedOrders), job_id, results, query)
    if shown == "responses" and not results.complete:
        page.outcomes = await source.with_responses(results, page.outcomes[:MOST_OUTCOMES])
    sample = await source.sample(results) if shown == "verdict" and not results.complete else ()
    return compose(job, progress.completion_percentage, results, query, page, sample)
