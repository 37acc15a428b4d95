"""The create tool of task types that show one item per datapoint and have no arguments of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mcp.server.mcpserver import Context

from rapidata_mcp.server import arguments
from rapidata_mcp.server.drafts.definitions import Draft, draft, read_datapoints, rows_of
from rapidata_mcp.server.services import files_of
from rapidata_mcp.server.signatures import Tool, flatten_arguments
from rapidata_mcp.tasks import with_examples
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import TaskDraft

NO_EXAMPLES = """

No answer is correct or wrong, so it has no examples: use `global`, or an audience that qualified with another task."""


def single_item_job(slug: str, from_arguments: Callable[..., TaskDraft], work: str) -> Tool[Draft]:
    """Return the tool `create_<slug>_job`. `work` says what labelers do in the job."""

    async def create(
        ctx: Context,
        *,
        name: arguments.JobName,
        instruction: arguments.Instruction,
        datapoints: arguments.Items | None = None,
        datapoints_file: arguments.ItemsFile = "",
        content: arguments.DatapointArguments,
        responses_per_datapoint: arguments.Responses = 10,
        options: arguments.DraftArguments,
    ) -> Draft:
        job_options = options.job_options(content, files_of(ctx))
        items = await read_datapoints(("item",), rows_of(datapoints), datapoints_file, job_options)
        build = partial(from_arguments, instruction, items.column(0), items.options)
        return await draft(ctx, name, Stopping(responses_per_datapoint), options, build)

    create.__name__ = create.__qualname__ = f"create_{slug}_job"
    has_examples = any(kind.slug == slug for kind in with_examples())
    create.__doc__ = f"Drafts a job in which {work}. Nothing is started or spent.{'' if has_examples else NO_EXAMPLES}"
    return flatten_arguments(create)
