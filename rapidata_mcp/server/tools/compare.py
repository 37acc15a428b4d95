"""The tools for comparison: draft a job, and examine labelers for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, DraftRequest, draft, read_datapoints
from rapidata_mcp.server.services import files_of
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareExample, CompareTask
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions


async def create_compare_job(
    ctx: Context,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: Annotated[
        list[list[str]] | None,
        Field(max_length=10_000, description="Pairs of items: [[a1, b1], [a2, b2]]; or give datapoints_file"),
    ] = None,
    datapoints_file: Annotated[
        str,
        Field(
            description="CSV, JSONL or JSON file in an allowed directory; columns a, b, context, media_context, others"
        ),
    ] = "",
    contexts: arguments.Contexts | None = None,
    media_contexts: arguments.MediaContexts | None = None,
    private_metadata: arguments.PrivateMetadata | None = None,
    data_type: arguments.ItemKind = "media",
    responses_per_datapoint: arguments.MostResponses = 10,
    confidence_threshold: arguments.Confidence | None = None,
    quorum_threshold: arguments.Quorum | None = None,
    a_b_names: Annotated[
        list[str] | None, Field(description="What first and second items stand for, such as two models")
    ] = None,
    settings: arguments.TaskSettings | None = None,
    failure_tolerance: arguments.FailureTolerance = 0,
    repeat: arguments.Repeat = False,
) -> Draft:
    """Drafts a job in which labelers pick the better of two items, shown in random order. Nothing is started or spent.

    Returns its price and a preview link for the user.
    """
    stopping = Stopping(responses_per_datapoint, confidence_threshold, quorum_threshold)
    pairs = await read_datapoints(
        ctx,
        ("a", "b"),
        datapoints,
        datapoints_file,
        JobOptions(
            contexts=contexts,
            media_contexts=media_contexts,
            private_metadata=private_metadata,
            data_type=data_type,
            settings=settings,
        ),
    )
    build = partial(CompareTask.from_arguments, instruction, pairs.rows, pairs.options, a_b_names=a_b_names)
    request = DraftRequest(name=name, stopping=stopping, failure_tolerance=failure_tolerance, repeat=repeat)
    return await draft(ctx, request, build)


async def add_compare_example(
    ctx: Context,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    datapoint: Annotated[list[str], Field(description="The two items to compare")],
    truth: Annotated[str, Field(description="The better item, copied exactly from datapoint")],
    context: arguments.Context = "",
    media_context: arguments.MediaContext | None = None,
    explanation: arguments.Explanation = "",
    data_type: arguments.ItemKind = "media",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds a pair whose better item is known. Labelers who answer such examples rightly are let in.

    Use the job's instruction, or one that tests the skill it needs, and different clear-cut pairs: a repeat is added
    too but improves nothing, and one wrong truth keeps good labelers out.
    """
    example = CompareExample.from_arguments(
        instruction,
        datapoint,
        truth,
        ExampleOptions(
            context=context,
            media_context=media_context or (),
            explanation=explanation,
            data_type=data_type,
            settings=settings,
            allowed=files_of(ctx),
        ),
    )
    return await add_example(ctx, audience_id, example)
