"""What get_results says of a job of any task type but comparison, which has a verdict of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyio import to_thread

from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.server.replies import defang, quoted
from rapidata_mcp.server.results.cursors import Cursor
from rapidata_mcp.server.results.labeler_groups import DIMENSIONS, grouped
from rapidata_mcp.server.results.orders import Orders
from rapidata_mcp.server.results.task_pages import answer_rows, datapoint_rows, given_rows
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.outcomes import Sentence
from rapidata_mcp.tasks.task_results import TaskResults, chosen_outcomes, read_task

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job
    from rapidata_mcp.server.results.request import Request


async def read_other(platform: Platform, job: Job, *, people_only: bool = False) -> TaskResults | None:
    """The results of a job that is not a comparison; None of one that is.

    Raises:
        BadAnswer: when they are in no known format.
    """
    from rapidata_mcp.tasks import TASK_TYPES

    try:
        revision = await platform.revision_of(job)
    except NotFound:  # a job outlives its definition; its results tell the type as well
        document = await platform.results.document(job)
        named = (document.get("info") or {}).get("type")
        found = next((kind for kind in TASK_TYPES if named in (kind.results_name, kind.name)), TASK_TYPES[0])
        kind, settings = found, dict[str, str]()
    else:
        kind, settings = revision.task, revision.settings
        if isinstance(kind, Compare):
            return None
        document = await platform.results.document(job)
    if isinstance(kind, Compare):
        return None
    return await to_thread.run_sync(lambda: read_task(kind, document, settings, people_only=people_only))


def fields_of(orders: Orders, job_id: str, results: TaskResults, asked: Request) -> dict[str, Any]:
    """The fields of an answer that tell what labelers answered.

    Raises:
        InvalidArgument: when the cursor does not lead on from here, or a filter fits comparisons only.
    """
    fitting = results.kind.selections
    if asked.only not in fitting:
        raise InvalidArgument(
            "only", f"'{asked.only}' has no meaning for {results.kind.name}.", f"Use {' or '.join(fitting)}."
        )
    outcomes = results.outcomes
    page = Cursor(
        orders,
        job_id,
        asked.cursor,
        lambda: chosen_outcomes(outcomes, asked.only, asked.text, asked.order),
    )
    here = [outcomes[place - 1] for place in page.here if place <= len(outcomes)]
    overall = results.kind.overall(outcomes, results.settings)
    top = max(overall.answers, key=lambda answer: answer.votes, default=None)
    said = [in_words(sentence) for sentence in overall.sentences]
    fields: dict[str, Any] = {
        "answers": answer_rows(overall.answers),
        "total_datapoints": len(outcomes),
        "matching_datapoints": len(page.positions),
        "labelers": [],
    }
    if asked.slice_by != "none" or asked.detail == "verdict":
        sliced = asked.slice_by != "none" and top is not None
        units = (
            [(response, "a" if top and response.answer == top.answer else "b") for response in outcome.responses]
            for outcome in outcomes
        )
        dimensions = DIMENSIONS if asked.slice_by == "none" else (asked.slice_by,)
        who = grouped(units, dimensions, shares=sliced, most=4 if asked.slice_by == "none" else 6)  # type: ignore[arg-type]
        fields["labelers"] = who.rows
        if sliced and top is not None:
            said.append(in_words(Sentence("Shares of groups are those of {}.", (top.answer,))))
        elif asked.slice_by != "none":
            said.append("Of groups only the responses are counted here: this task has no answers to compare them by.")
        said += who.remarks
    if asked.detail == "pairs":
        fields["datapoints"] = datapoint_rows(here)
        fields["cursor"] = page.after(len(fields["datapoints"]), 0)
    elif asked.detail == "responses":
        fields["given"], passed, seen = given_rows(here, page.skipped)
        fields["cursor"] = page.after(passed, seen)
    return fields | {"summary": " ".join(said)}


def in_words(sentence: Sentence) -> str:
    """A sentence with what comes from outside between quotation marks."""
    return sentence.text.format(*(quoted(defang(part, 60)) for part in sentence.outside))
