"""The tools for selecting words: draft a job, and add qualification examples for it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.drafts.definitions import Draft, draft, read_datapoints
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import flatten_arguments
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import ExampleOptions
from rapidata_mcp.tasks.select_words import SelectWordsExample, SelectWordsTask


@flatten_arguments
async def create_select_words_job(
    ctx: Context,
    *,
    name: arguments.JobName,
    instruction: arguments.Instruction,
    datapoints: arguments.Items | None = None,
    sentences: Annotated[
        list[str] | None,
        Field(description="One sentence per datapoint; a last word [No_mistakes] stands for no word at all"),
    ] = None,
    datapoints_file: Annotated[
        str,
        Field(
            description="Instead of datapoints and sentences: a CSV, JSONL or JSON file in an allowed directory with "
            "columns item, sentence; other columns become private_metadata"
        ),
    ] = "",
    private_metadata: arguments.PrivateMetadata | None = None,
    responses_per_datapoint: arguments.Responses = 10,
    options: arguments.DraftArguments,
) -> Draft:
    """Drafts a job in which labelers select words in a sentence about each item. Nothing is started or spent."""
    job_options = options.job_options(arguments.DatapointArguments(private_metadata=private_metadata), files_of(ctx))
    rows = _sentence_rows(datapoints, sentences)
    pairs = await read_datapoints(("item", "sentence"), rows, datapoints_file, job_options)
    build = partial(SelectWordsTask.from_arguments, instruction, pairs.column(0), pairs.column(1), pairs.options)
    return await draft(ctx, name, Stopping(responses_per_datapoint), options, build)


def _sentence_rows(datapoints: list[str] | None, sentences: list[str] | None) -> list[list[str]] | None:
    """Each item with its sentence, or None if there are neither."""
    if datapoints is None and sentences is None:
        return None
    if len(datapoints or ()) != len(sentences or ()):
        raise InvalidArgument(
            "sentences",
            f"has {len(sentences or ())} entries for {len(datapoints or ())} datapoints.",
            "Give one sentence per datapoint, in the same order.",
        )
    return [list(row) for row in zip(datapoints or (), sentences or (), strict=True)]


async def add_select_words_example(
    ctx: Context,
    audience_id: arguments.OwnAudienceId,
    instruction: arguments.ExampleInstruction,
    datapoint: Annotated[str, Field(description="The item that the sentence is about")],
    sentence: Annotated[str, Field(description="Words with single spaces between them")],
    truth: Annotated[list[int], Field(description="Positions of the correct words in the sentence, from 0")],
    required_precision: arguments.RequiredPrecision = 1,
    required_completeness: arguments.RequiredCompleteness = 1,
    explanation: arguments.Explanation = "",
    settings: arguments.TaskSettings | None = None,
) -> AddedExample:
    """Adds an item and a sentence whose correct words are known. Labelers qualify by answering examples."""
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
