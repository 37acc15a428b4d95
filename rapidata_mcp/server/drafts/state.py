"""The state of a draft: a job definition with its price and the jobs that it was used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.calls import UNKNOWN, Argument, Call, NextStep
from rapidata_mcp.concurrency import gather
from rapidata_mcp.models.referees import NaiveReferee
from rapidata_mcp.server.identifiers import JOB_DEFINITION
from rapidata_mcp.server.replies import clean, count_of, quoted
from rapidata_mcp.usd import Usd, dollars

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform

FIRST_REVISION = 1
INSTRUCTION_SHOWN = 250
"""Characters of an instruction that replies show."""


@dataclass(frozen=True)
class DraftState:
    """A draft as the platform has it now.

    `datapoints` is the number of datapoints, or of pairs, that labelers answer; `unit` names one of them. Until the
    platform has priced the draft, `estimated_cost` is None; for a ranking `most_responses` may be None too, and
    `datapoints` is then the number of items. `balance_usd` is None if nothing costs money or no limit is known.
    """

    job_definition_id: str
    task: str
    unit: str
    name: str
    revision: int
    instruction: str
    datapoints: int
    most_responses: int | None
    stops_early: bool
    estimated_cost: Usd | None
    balance_usd: float | None
    preview_url: str | None
    preview_lifetime: str
    started_jobs: tuple[str, ...]

    @property
    def quoted_instruction(self) -> str:
        """The instruction as untrusted text."""
        return quoted(clean(self.instruction, INSTRUCTION_SHOWN))

    @property
    def size_and_price(self) -> str:
        """The size and the price of the draft, as a phrase."""
        price = dollars(self.estimated_cost)
        price = f"estimated at {price}" if self.estimated_cost else price
        if self.most_responses is None:
            items = count_of(self.datapoints, "item")
            return f"{items} to rank ({price}; the number of comparisons comes with the price)"
        responses = f"{'up to ' if self.stops_early else ''}about {count_of(self.most_responses, 'response')}"
        balance = "" if self.balance_usd is None else f" of a balance of {dollars(self.balance_usd)}"
        late = "(a few late ones can come on top)"  # contract H.10
        return f"{count_of(self.datapoints, self.unit)}, {responses} {late}, {price}{balance}"

    @property
    def earlier_starts(self) -> str:
        """A sentence on the jobs that the draft was used for."""
        if not self.started_jobs:
            return "It has not been started."
        return f"It was started before, as {', '.join(self.started_jobs)}."

    @property
    def next_step(self) -> NextStep:
        """To wait for the price, to look at the started job, or to start a job."""
        if self.estimated_cost is None:
            arguments = {"job_definition_id": self.job_definition_id}
            return NextStep(Call("get_job", arguments, "in a few seconds shows the price"))
        start: dict[str, Argument] = {"job_definition_id": self.job_definition_id, "audience_id": UNKNOWN}
        if self.started_jobs:
            return NextStep(
                Call("get_job", {"job_id": self.started_jobs[0]}, "shows the progress of its job"),
                Call("assign_job", start, "with another audience, or with repeat=true, starts another job"),
            )
        return NextStep(
            f"Show the user price and preview_url ({self.preview_lifetime})",
            Call("assign_job", start, "starts it on 'global' or another audience"),
            Call("find_audiences", {}, "lists audiences"),
        )


async def read_draft(platform: Platform, definition_id: str, datapoints: int | None = None) -> DraftState:
    """Return the draft with this id. `datapoints` is the number for `DraftState`, if the caller knows it.

    Raises:
        NotFound: if there is no such draft.
    """
    with JOB_DEFINITION.must_exist(definition_id):
        (definition, revision, estimate, jobs), balance = await gather(
            platform.read_definition(definition_id), platform.balance()
        )
    most: int | None
    if estimate is not None:
        datapoints, most = estimate.datapoint_count, estimate.required_responses
    else:
        known = datapoints is not None or revision.task.answers_datapoints
        datapoints = datapoints or await platform.definitions.datapoint_count(revision.dataset_id)
        most = datapoints * revision.referee.max_responses if known else None
    return DraftState(
        job_definition_id=definition_id,
        task=revision.task.name,
        unit=revision.task.unit,
        name=clean(definition.name),
        revision=revision.revision_number,
        instruction=revision.task.instruction(revision.spec),
        datapoints=datapoints,
        most_responses=most,
        stops_early=not isinstance(revision.referee, NaiveReferee),
        estimated_cost=Usd(estimate.estimated_cost) if estimate else None,
        balance_usd=balance,
        preview_url=platform.links.preview(definition_id),
        preview_lifetime=platform.links.life,
        started_jobs=tuple(job.job_id for job in jobs),
    )
