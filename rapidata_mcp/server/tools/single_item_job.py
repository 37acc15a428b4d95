"""The create tool of task types whose datapoints are one item each, with nothing else of their own."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from mcp.server.mcpserver import Context

from rapidata_mcp.server import arguments
from rapidata_mcp.server.drafts.definitions import Draft, datapoints_of, draft
from rapidata_mcp.tasks import with_examples
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import TaskDraft

NO_EXAMPLES = """

No answer is the right one, so it has no examples: use `global`, or an audience that qualified with another task."""


def job_of_items(page: str, checked: Callable[..., TaskDraft], what: str) -> Callable[..., Coroutine[Any, Any, Draft]]:
    """The tool `create_<page>_job`, whose task `checked` builds from instruction, items and what is beside them.

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
        items, beside = await datapoints_of(
            ctx,
            ("item",),
            None if datapoints is None else [[item] for item in datapoints],
            datapoints_file,
            {
                "contexts": contexts,
                "media_contexts": media_contexts,
                "private_metadata": private_metadata,
                "data_type": data_type,
                "settings": settings,
            },
        )
        check = partial(checked, instruction, [item for (item,) in items], **beside)
        return await draft(ctx, name, check, Stopping(responses_per_datapoint), failure_tolerance, repeat=repeat)

    create.__name__ = create.__qualname__ = f"create_{page}_job"
    examined = any(kind.slug == page for kind in with_examples())
    create.__doc__ = f"Drafts a job in which {what}. Nothing is started or spent.{'' if examined else NO_EXAMPLES}"
    return create
