"""The example tool of task types that are answered in a picture, with boxes as their truth."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.server import arguments
from rapidata_mcp.server.audiences.examples import AddedExample, add_example
from rapidata_mcp.server.services import files_of
from rapidata_mcp.tasks.drafts import ExampleOptions
from rapidata_mcp.tasks.pictures import PictureExample


def example_of_boxes(page: str, kind: type[PictureExample]) -> Callable[..., Coroutine[Any, Any, AddedExample]]:
    """The tool `add_<page>_example`, for examples of this kind."""

    async def add(
        ctx: Context,
        audience_id: arguments.OwnAudienceId,
        instruction: arguments.ExampleInstruction,
        datapoint: Annotated[str, Field(description="The picture")],
        truth: Annotated[
            list[list[float]],
            Field(description="Right places: [left, top, right, bottom] in shares of the picture, 0 to 1"),
        ],
        required_precision: arguments.RequiredPrecision | None = None,
        required_completeness: arguments.RequiredCompleteness | None = None,
        context: arguments.Context = "",
        media_context: arguments.MediaContext | None = None,
        explanation: arguments.Explanation = "",
        settings: arguments.TaskSettings | None = None,
    ) -> AddedExample:
        example = kind.from_arguments(
            instruction,
            datapoint,
            truth,
            ExampleOptions(
                context=context,
                media_context=media_context or (),
                explanation=explanation,
                settings=settings,
                allowed=files_of(ctx),
            ),
            required_precision=required_precision,
            required_completeness=required_completeness,
        )
        return await add_example(ctx, audience_id, example)

    add.__name__ = add.__qualname__ = f"add_{page}_example"
    add.__doc__ = "Adds a picture whose right places are known, which qualifies labelers as add_compare_example does."
    return add
