"""The tools for classification: draft a job, and examine labelers for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, DraftRequest, draft, read_datapoints, rows_of
from rapidata_mcp.server.services import files_of
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.classification import ClassificationExample, ClassificationTask
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions

AnswerOptions = Annotated[list[str], Field(description="2 to 8; for an ordered scale set no_shuffle")]


async def create_classification_job(
    ctx: Context,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    answer_options: AnswerOptions | None = None,
    datapoints: arguments.Items | None = None,
    datapoints_file: arguments.ItemsFile = "",
    options_per_datapoint: Annotated[
        list[list[str]] | None, Field(description="Instead of answer_options: a list for each")
    ] = None,
    contexts: arguments.Contexts | None = None,
    media_contexts: arguments.MediaContexts | None = None,
    private_metadata: arguments.PrivateMetadata | None = None,
    data_type: arguments.ItemKind = "media",
    responses_per_datapoint: arguments.MostResponses = 10,
    confidence_threshold: arguments.Confidence | None = None,
    quorum_threshold: arguments.Quorum | None = None,
    settings: arguments.TaskSettings | None = None,
    failure_tolerance: arguments.FailureTolerance = 0,
    repeat: arguments.Repeat = False,
) -> Draft:
    """Drafts a job in which labelers choose one of some options for each item. Nothing is started or spent."""
    stopping = Stopping(responses_per_datapoint, confidence_threshold, quorum_threshold)
    datapoint_rows = await read_datapoints(
        ctx,
        ("item",),
        rows_of(datapoints),
        datapoints_file,
        JobOptions(
            contexts=contexts,
            media_contexts=media_contexts,
            private_metadata=private_metadata,
            data_type=data_type,
            settings=settings,
        ),
    )
    build = partial(
        ClassificationTask.from_arguments,
        instruction,
        datapoint_rows.items,
        datapoint_rows.options,
        answer_options=answer_options or (),
        options_per_datapoint=options_per_datapoint,
    )
    request = DraftRequest(name=name, stopping=stopping, failure_tolerance=failure_tolerance, repeat=repeat)
    return await draft(ctx, request, build)


async def add_classification_example(
    ctx: Context,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    answer_options: AnswerOptions,
    datapoint: Annotated[str, Field(description="The item to classify")],
    truth: Annotated[list[str], Field(description="The right option, or all that count as right")],
    context: arguments.Context = "",
    media_context: arguments.MediaContext | None = None,
    explanation: arguments.Explanation = "",
    data_type: arguments.ItemKind = "media",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds an item whose right options are known, which qualifies labelers as add_compare_example does."""
    example = ClassificationExample.from_arguments(
        instruction,
        datapoint,
        answer_options,
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
