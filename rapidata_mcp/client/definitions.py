"""Job definitions: drafts of jobs, which cost nothing (contract F)."""

from __future__ import annotations

from rapidata_mcp.client.cost_estimates import read_cost_estimate
from rapidata_mcp.client.datasets import Datasets
from rapidata_mcp.client.http import Http, newest, segment
from rapidata_mcp.client.idempotency import Attempt, FirstAttempt, delete_once, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.definitions import (
    CostEstimate,
    Definition,
    DefinitionCreated,
    NewDefinition,
    Revision,
    workflow_of,
)
from rapidata_mcp.models.examples import FeatureFlag
from rapidata_mcp.models.paging import Page
from rapidata_mcp.models.referees import referee_for
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import TaskDraft

MAX_CANDIDATES = 20
"""Newest definitions of the same name that are searched for one whose create got no response."""


class Definitions:
    """The job definitions of a platform."""

    def __init__(self, http: Http, clock: Clock, datasets: Datasets) -> None:
        self._http = http
        self._clock = clock
        self._datasets = datasets

    async def create(
        self,
        name: str,
        task: TaskDraft,
        stopping: Stopping,
        *,
        failure_tolerance: float = 0.0,
        attempt: Attempt | None = None,
    ) -> str:
        """Upload datapoints, create a definition with them, and return its id.

        Raises:
            Refused: if more than the share `failure_tolerance` of the datapoints failed. It names them. No definition
                is created, and the uploaded datapoints stay uploaded.
        """
        attempt = attempt or FirstAttempt()
        dataset_id = await self._datasets.create(f"{name}_dataset", task, failure_tolerance, attempt)
        body = NewDefinition(
            definition_name=name,
            workflow=workflow_of(task.spec()),
            referee=referee_for(stopping),
            dataset_id=dataset_id,
        )
        if task.content.settings:
            body.rapid_feature_flags = [FeatureFlag(key=key, value=value) for key, value in task.content.settings]

        async def send() -> str:
            return (await self._http.send("POST", "/job/definition", DefinitionCreated, body=body)).definition_id

        async def find() -> str | None:
            for known in (await self.find(name, 1, MAX_CANDIDATES)).items:
                if known.name == name and (await self.revision(known.definition_id)).dataset_id == dataset_id:
                    return known.definition_id
            return None

        return await send_once(send, find, attempt, self._clock)

    async def find(self, name: str, page: int, page_size: int) -> Page[Definition]:
        """Return a page of the definitions whose name contains `name`, newest first."""
        return await self._http.send("GET", "/job/definitions", Page[Definition], query=newest(name, page, page_size))

    async def get(self, definition_id: str) -> Definition:
        """Return a definition."""
        return await self._http.send("GET", f"/job/definition/{segment(definition_id)}", Definition)

    async def exists(self, definition_id: str) -> bool:
        """Whether a definition exists."""
        try:
            await self.get(definition_id)
        except NotFound:
            return False
        return True

    async def delete(self, definition_id: str) -> None:
        """Delete a definition with all revisions. Its jobs continue."""
        path = f"/job/definition/{segment(definition_id)}"
        await delete_once(lambda: self._http.send("DELETE", path), lambda: self.exists(definition_id), self._clock)

    async def revision(self, definition_id: str, number: int | None = None) -> Revision:
        """Return a revision of a definition, by default the latest."""
        suffix = "" if number is None else f"/{number}"
        return await self._http.send("GET", f"/job/definition/{segment(definition_id)}/revision{suffix}", Revision)

    async def datapoint_count(self, dataset_id: str) -> int:
        """Return the number of datapoints of a dataset."""
        return await self._datasets.count(dataset_id)

    async def cost_estimate(self, definition_id: str) -> CostEstimate | None:
        """Return the highest possible cost of a job of this definition; None if it is not known yet."""
        return await read_cost_estimate(self._http, f"/job/definition/{segment(definition_id)}/cost-estimate")
