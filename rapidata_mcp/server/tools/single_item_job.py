"""The create tool of task types whose datapoints are one item each, with nothing else of their own."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from mcp.server.mcpserver import Context

from rapidata_mcp.server import arguments
from rapidata_mcp.server.drafts.definitions import Draft, DraftRequest, draft, read_datapoints, rows_of
from rapidata_mcp.tasks import with_examples
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import JobOptions, TaskDraft

NO_EXAMPLES = """

No answer is the right one, so it has no examples: use `global`, or an audience that qualified with another task."""


def job_of_items(page: str, build: Callable[..., TaskDraft], what: str) -> Callable[..., Coroutine[Any, Any, Draft]]:
    """The tool `create_<page>_job`, whose task `build` builds from instruction, items and what is beside them.

    `what` is what labelers do in such a job.
    """

    async def create(
        ctx: Context,
        name: arguments.JobName,
        instruction: arguments.Instruction,
        datapoints: arguments.Items | None = None,
        datapoints_file: arguments.ItemsFile = "",
        contexts: arguments.Contexts | None = None,
        media_contexts: arguments.MediaContexts | None = None,
        private_metadata: arguments.PrivateMetadata | None = None,
        data_type: arguments.ItemKind = "media",
        responses_per_datapoint: arguments.Responses = 10,
        settings: arguments.TaskSettings | None = None,
        failure_tolerance: arguments.FailureTolerance = 0,
        repeat: arguments.Repeat = False,
    ) -> Draft:
        rows = await read_datapoints(
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
        stopping = Stopping(responses_per_datapoint)
        request = DraftRequest(name=name, stopping=stopping, failure_tolerance=failure_tolerance, repeat=repeat)
        return await draft(ctx, request, partial(build, instruction, rows.items, rows.options))

    create.__name__ = create.__qualname__ = f"create_{page}_job"
    examined = any(kind.slug == page for kind in with_examples())
    create.__doc__ = f"Drafts a job in which {what}. Nothing is started or spent.{'' if examined else NO_EXAMPLES}"
    return create
