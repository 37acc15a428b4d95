"""The tools for comparison: draft a job, and add qualification examples for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, draft, read_datapoints
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import flatten_arguments
from rapidata_mcp.tasks.compare import CompareExample, CompareTask


@flatten_arguments
async def create_compare_job(
    ctx: Context,
    *,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: Annotated[
        list[list[str]] | None,
        Field(max_length=10_000, description="Pairs of items: [[a1, b1], [a2, b2]]; or give datapoints_file"),
    ] = None,
    datapoints_file: Annotated[
        str,
        Field(
            description="Instead of datapoints: a CSV, JSONL or JSON file in an allowed directory with columns a, b, "
            "context, media_context; other columns become private_metadata"
        ),
    ] = "",
    content: arguments.DatapointArguments,
    stopping: arguments.StoppingArguments,
    a_b_names: Annotated[
        list[str] | None, Field(description="Names of the sources of first and second items, such as two models")
    ] = None,
    options: arguments.DraftArguments,
) -> Draft:
    """Drafts a job in which labelers choose the better of two items, in random order. Nothing is started or spent.

    Returns the price and a preview link for the user.
    """
    rule, job_options = stopping.rule(), options.job_options(content, files_of(ctx))
    pairs = await read_datapoints(("a", "b"), datapoints, datapoints_file, job_options)
    build = partial(CompareTask.from_arguments, instruction, pairs.rows, pairs.options, a_b_names=a_b_names)
    return await draft(ctx, name, rule, options, build)


@flatten_arguments
async def add_compare_example(
    ctx: Context,
    *,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    datapoint: Annotated[list[str], Field(description="The two items to compare")],
    truth: Annotated[str, Field(description="The better item, copied exactly from datapoint")],
    content: arguments.ExampleArguments,
    data_type: arguments.ItemKind = "media",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds a pair whose better item is known. Labelers qualify for the audience by answering such examples correctly.

    Use the job's instruction, or one that tests the same skill. Use different pairs with a clear answer: a repeat is
    added but improves nothing, and one wrong truth keeps good labelers out.
    """
    options = content.options(settings, files_of(ctx), data_type)
    example = CompareExample.from_arguments(instruction, datapoint, truth, options)
    return await add_example(ctx, audience_id, example)
