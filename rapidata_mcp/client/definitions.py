"""Job definitions: drafts that cost nothing (contract F)."""

from __future__ import annotations

from rapidata_mcp.client.datasets import Datasets
from rapidata_mcp.client.http import Http, newest, segment
from rapidata_mcp.errors import NotFound, NotYet
from rapidata_mcp.models.definitions import (
    CostEstimate,
    Definition,
    DefinitionCreated,
    NewDefinition,
    Revision,
    SimpleWorkflow,
)
from rapidata_mcp.models.paging import Page
from rapidata_mcp.models.referees import referee_for
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareTask


class Definitions:
    """What is asked, of which data set, how often."""

    def __init__(self, http: Http, datasets: Datasets) -> None:
        self._http = http
        self._datasets = datasets

    async def create(self, name: str, task: CompareTask, stopping: Stopping) -> str:
        """Create a definition with its data set; its id is returned."""
        dataset_id = await self._datasets.create(f"{name}_dataset", task.datapoints, task.data_type)
        body = NewDefinition(
            definition_name=name,
            workflow=SimpleWorkflow(t="SimpleWorkflow", rapid=task.rapid()),
            referee=referee_for(stopping),
            dataset_id=dataset_id,
        )
        return (await self._http.send("POST", "/job/definition", DefinitionCreated, body=body)).definition_id

    async def find(self, name: str, page: int, page_size: int) -> Page[Definition]:
        """Definitions whose name contains `name`, newest first."""
        return await self._http.send("GET", "/job/definitions", Page[Definition], query=newest(name, page, page_size))

    async def get(self, definition_id: str) -> Definition:
        """One definition."""
        return await self._http.send("GET", f"/job/definition/{segment(definition_id)}", Definition)

    async def exists(self, definition_id: str) -> bool:
        """Whether there is such a definition."""
        try:
            await self.get(definition_id)
        except NotFound:
            return False
        return True

    async def revision(self, definition_id: str) -> Revision:
        """Its latest revision."""
        return await self._http.send("GET", f"/job/definition/{segment(definition_id)}/revision", Revision)

    async def cost_estimate(self, definition_id: str) -> CostEstimate | None:
        """What it costs at most, in US dollars; None while the platform has not priced it yet."""
        try:
            return await self._http.send("GET", f"/job/definition/{segment(definition_id)}/cost-estimate", CostEstimate)
        except NotYet:
            return None
