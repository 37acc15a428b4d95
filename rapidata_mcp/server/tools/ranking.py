"""The tool for ranking: draft a job. Nobody can be examined for it by an example of its own; comparisons do."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server import arguments
from rapidata_mcp.server.drafts.definitions import Draft, DraftRequest, draft
from rapidata_mcp.server.services import files_of
from rapidata_mcp.tasks.arguments import MAX_RESPONSES, Stopping
from rapidata_mcp.tasks.drafts import JobOptions
from rapidata_mcp.tasks.ranking import EVERY_PAIR_UP_TO, RankingTask, pairs_of, votes_per_pair


async def create_ranking_job(
    ctx: Context,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: Annotated[
        list[list[str]], Field(description="Lists of 2 to 200 different items, each ranked by itself")
    ],
    comparison_budget_per_ranking: Annotated[
        int,
        Field(ge=1, le=10_000, description="Comparisons for each list; up to 10 items at least its number of pairs"),
    ],
    responses_per_comparison: Annotated[int, Field(ge=1, le=1000, description="Labelers for each")] = 1,
    random_comparisons_ratio: Annotated[
        float, Field(ge=0, le=1, description="Of lists over 10 items; the others compare near equals")
    ] = 0.5,
    contexts: Annotated[list[str] | None, Field(description="Text shown with each list")] = None,
    media_contexts: Annotated[list[list[str]] | None, Field(description="Up to 10 media shown with each list")] = None,
    data_type: arguments.ItemKind = "media",
    settings: arguments.TaskSettings | None = None,
    failure_tolerance: arguments.FailureTolerance = 0,
    repeat: arguments.Repeat = False,
) -> Draft:
    """Drafts a job that puts lists of items in order by comparing two at a time. Nothing is started or spent.

    Its audience qualifies with add_compare_example, since labelers see pairs; or use `global`.
    """
    longest = max((len(items) for items in datapoints), default=0)
    if longest < 2:
        raise InvalidArgument("datapoints", "has no list of two items.", "Give lists: [[a, b, c], [d, e]].")
    if longest <= EVERY_PAIR_UP_TO and comparison_budget_per_ranking < pairs_of(longest):
        raise InvalidArgument(
            "comparison_budget_per_ranking",
            f"is too low: every pair of a list of up to {EVERY_PAIR_UP_TO} items is compared, and {longest} items make "
            f"{pairs_of(longest)} pairs.",
            f"Give at least {pairs_of(longest)}.",
        )
    votes = votes_per_pair(comparison_budget_per_ranking, responses_per_comparison, longest)
    if votes > MAX_RESPONSES:
        raise InvalidArgument(
            "comparison_budget_per_ranking",
            f"comes to {votes:,} responses to each pair; at most {MAX_RESPONSES:,} are allowed.",
            "Lower it, or responses_per_comparison.",
        )
    options = JobOptions(
        contexts=contexts,
        media_contexts=media_contexts,
        data_type=data_type,
        settings=settings,
        allowed=files_of(ctx),
    )
    build = partial(
        RankingTask.from_arguments,
        instruction,
        datapoints,
        comparison_budget_per_ranking,
        options,
        responses=responses_per_comparison,
        random_share=random_comparisons_ratio,
    )
    stopping = Stopping(votes)
    request = DraftRequest(name=name, stopping=stopping, failure_tolerance=failure_tolerance, repeat=repeat)
    return await draft(ctx, request, build)
