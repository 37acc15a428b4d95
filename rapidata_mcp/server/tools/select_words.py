"""The tools for selecting words: draft a job, and examine labelers for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, DraftRequest, draft, read_datapoints
from rapidata_mcp.server.services import files_of
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions
from rapidata_mcp.tasks.select_words import SelectWordsExample, SelectWordsTask


async def create_select_words_job(
    ctx: Context,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: arguments.Items | None = None,
    sentences: Annotated[
        list[str] | None,
        Field(description="One per datapoint; a last word [No_mistakes] says that none fits"),
    ] = None,
    datapoints_file: Annotated[
        str, Field(description="As for create_compare_job; columns item, sentence, others")
    ] = "",
    private_metadata: arguments.PrivateMetadata | None = None,
    responses_per_datapoint: arguments.Responses = 10,
    settings: arguments.TaskSettings | None = None,
    failure_tolerance: arguments.FailureTolerance = 0,
    repeat: arguments.Repeat = False,
) -> Draft:
    """Drafts a job in which labelers select words of the sentence of each item. Nothing is started or spent."""
    pairs = await read_datapoints(
        ctx,
        ("item", "sentence"),
        pair_rows(datapoints, sentences),
        datapoints_file,
        JobOptions(private_metadata=private_metadata, settings=settings),
    )
    items, texts = [item for item, _ in pairs.rows], [sentence for _, sentence in pairs.rows]
    build = partial(SelectWordsTask.from_arguments, instruction, items, texts, pairs.options)
    stopping = Stopping(responses_per_datapoint)
    request = DraftRequest(name=name, stopping=stopping, failure_tolerance=failure_tolerance, repeat=repeat)
    return await draft(ctx, request, build)


def pair_rows(datapoints: list[str] | None, sentences: list[str] | None) -> list[list[str]] | None:
    """Each item with its sentence; None without both.

    Raises:
        InvalidArgument: where there are not as many of the one as of the other.
    """
    if datapoints is None and sentences is None:
        return None
    if len(datapoints or ()) != len(sentences or ()):
        raise InvalidArgument(
            "sentences",
            f"has {len(sentences or ())} entries for {len(datapoints or ())} datapoints.",
            "Give one sentence per datapoint in the same order.",
        )
    return [list(row) for row in zip(datapoints or (), sentences or (), strict=True)]


async def add_select_words_example(
    ctx: Context,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    datapoint: Annotated[str, Field(description="The item that the sentence is about")],
    sentence: Annotated[str, Field(description="Words with single spaces")],
    truth: Annotated[list[int], Field(description="Places of the right words, from 0")],
    required_precision: arguments.RequiredPrecision = 1,
    required_completeness: arguments.RequiredCompleteness = 1,
    explanation: arguments.Explanation = "",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds an item and a sentence whose right words are known, which qualifies as add_compare_example does."""
    example = SelectWordsExample.from_arguments(
        instruction,
        datapoint,
        sentence,
        truth,
        ExampleOptions(explanation=explanation, settings=settings, allowed=files_of(ctx)),
        required_precision=required_precision,
        required_completeness=required_completeness,
    )
    return await add_example(ctx, audience_id, example)
