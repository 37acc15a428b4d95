"""The example tool of task types that are answered in a picture. Their truth is a list of boxes."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import Tool, flatten_arguments
from rapidata_mcp.tasks.pictures import PictureExample


def picture_example(slug: str, kind: type[PictureExample]) -> Tool[AddedExample]:
    """Return the tool `add_<slug>_example` for examples of this kind."""

    async def add(
        ctx: Context,
        *,
        audience_id: arguments.OwnAudienceId,
        instruction: arguments.ExampleInstruction,
        datapoint: Annotated[str, Field(description="The picture")],
        truth: Annotated[
            list[list[float]],
            Field(description="Correct areas: [left, top, right, bottom] as shares of the picture, 0 to 1"),
        ],
        required_precision: arguments.RequiredPrecision | None = None,
        required_completeness: arguments.RequiredCompleteness | None = None,
        content: arguments.ExampleArguments,
        settings: arguments.TaskSettings | None = None,
    ) -> AddedExample:
        example = kind.from_arguments(
            instruction,
            datapoint,
            truth,
            content.options(settings, files_of(ctx)),
            required_precision=required_precision,
            required_completeness=required_completeness,
        )
        return await add_example(ctx, audience_id, example)

    add.__name__ = add.__qualname__ = f"add_{slug}_example"
    add.__doc__ = "Adds a picture whose correct areas are known. Labelers qualify by answering examples."
    return flatten_arguments(add)
