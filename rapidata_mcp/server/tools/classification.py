"""The tools for classification: draft a job, and add qualification examples for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, draft, read_datapoints, rows_of
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import flatten_arguments
from rapidata_mcp.tasks.classification import ClassificationExample, ClassificationTask

AnswerOptions = Annotated[
    list[str], Field(description="2 to 8 options; for an ordered scale also set settings {no_shuffle: true}")
]


@flatten_arguments
async def create_classification_job(
    ctx: Context,
    *,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    answer_options: AnswerOptions | None = None,
    datapoints: arguments.Items | None = None,
    datapoints_file: arguments.ItemsFile = "",
    options_per_datapoint: Annotated[
        list[list[str]] | None, Field(description="Instead of answer_options: a list of options for each datapoint")
    ] = None,
    content: arguments.DatapointArguments,
    stopping: arguments.StoppingArguments,
    options: arguments.DraftArguments,
) -> Draft:
    """Drafts a job in which labelers choose one of several options for each item. Nothing is started or spent."""
    rule, job_options = stopping.rule(), options.job_options(content, files_of(ctx))
    items = await read_datapoints(("item",), rows_of(datapoints), datapoints_file, job_options)
    build = partial(
        ClassificationTask.from_arguments,
        instruction,
        items.column(0),
        items.options,
        answer_options=answer_options or (),
        options_per_datapoint=options_per_datapoint,
    )
    return await draft(ctx, name, rule, options, build)


@flatten_arguments
async def add_classification_example(
    ctx: Context,
    *,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    answer_options: AnswerOptions,
    datapoint: Annotated[str, Field(description="The item to classify")],
    truth: Annotated[list[str], Field(description="The correct option, or all options that count as correct")],
    content: arguments.ExampleArguments,
    data_type: arguments.ItemKind = "media",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds an item whose correct options are known. Labelers qualify by answering examples."""
    options = content.options(settings, files_of(ctx), data_type)
    example = ClassificationExample.from_arguments(instruction, datapoint, answer_options, truth, options)
    return await add_example(ctx, audience_id, example)
