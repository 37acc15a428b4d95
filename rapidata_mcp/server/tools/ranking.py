"""The tool for ranking: draft a job. Ranking has no examples; its labelers qualify with comparisons."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server import arguments
from rapidata_mcp.server.drafts.definitions import Draft, draft
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import flatten_arguments
from rapidata_mcp.tasks.arguments import MAX_RESPONSES, Stopping
from rapidata_mcp.tasks.ranking import EVERY_PAIR_UP_TO, RankingTask, pairs_of, votes_per_pair


@flatten_arguments
async def create_ranking_job(
    ctx: Context,
    *,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: Annotated[
        list[list[str]], Field(description="Lists of 2 to 200 different items; each list is ranked by itself")
    ],
    comparison_budget_per_ranking: Annotated[
        int,
        Field(
            ge=1, le=10_000, description="Comparisons per list; for up to 10 items at least the number of their pairs"
        ),
    ],
    responses_per_comparison: Annotated[int, Field(ge=1, le=1000, description="Responses per comparison")] = 1,
    random_comparisons_ratio: Annotated[
        float,
        Field(
            ge=0, le=1, description="For lists over 10 items: share of random pairs; other pairs have similar scores"
        ),
    ] = 0.5,
    contexts: Annotated[list[str] | None, Field(description="A text shown with each list")] = None,
    media_contexts: Annotated[list[list[str]] | None, Field(description="Up to 10 media shown with each list")] = None,
    data_type: arguments.ItemKind = "media",
    options: arguments.DraftArguments,
) -> Draft:
    """Drafts a job that ranks lists of items by comparing two items at a time. Nothing is started or spent.

    Labelers see pairs, so they qualify with examples that are pairs; or use `global`.
    """
    content = arguments.DatapointArguments(contexts=contexts, media_contexts=media_contexts, data_type=data_type)
    longest = max((len(items) for items in datapoints), default=0)
    stopping = _stopping(longest, comparison_budget_per_ranking, responses_per_comparison)
    build = partial(
        RankingTask.from_arguments,
        instruction,
        datapoints,
        comparison_budget_per_ranking,
        options.job_options(content, files_of(ctx)),
        responses=responses_per_comparison,
        random_share=random_comparisons_ratio,
    )
    return await draft(ctx, name, stopping, options, build)


def _stopping(longest: int, budget: int, responses: int) -> Stopping:
    """The responses per pair, for lists of up to `longest` items."""
    if longest < 2:
        raise InvalidArgument("datapoints", "has no list of two items.", "Give lists: [[a, b, c], [d, e]].")
    if longest <= EVERY_PAIR_UP_TO and budget < pairs_of(longest):
        raise InvalidArgument(
            "comparison_budget_per_ranking",
            f"is too low: every pair of a list of up to {EVERY_PAIR_UP_TO} items is shown, and {longest} items make "
            f"{pairs_of(longest)} pairs.",
            f"Give at least {pairs_of(longest)}.",
        )
    votes = votes_per_pair(budget, responses, longest)
    if votes > MAX_RESPONSES:
        raise InvalidArgument(
            "comparison_budget_per_ranking",
            f"results in {votes:,} responses per pair; at most {MAX_RESPONSES:,} are allowed.",
            "Lower it, or responses_per_comparison.",
        )
    return Stopping(votes)
