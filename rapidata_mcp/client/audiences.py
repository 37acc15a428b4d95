"""Audiences (contract B)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http, newest, segment
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.audiences import Audience, AudienceCreated, NewAudience, RecruitingMetrics, TaskAccuracy
from rapidata_mcp.models.paging import Page


class Audiences:
    """Who answers."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def create(self, name: str, target_accuracy: float, min_tasks: int, max_tasks: int) -> str:
        """Create a custom audience that admits by the share of right answers (0 to 1); its id is returned."""
        rule = TaskAccuracy(target_accuracy=target_accuracy, min_tasks=min_tasks, max_tasks=max_tasks)
        body = NewAudience(name=name, filters=[], graduation_rule=rule)
        return (await self._http.send("POST", "/audience", AudienceCreated, body=body)).audience_id

    async def find(self, name: str, page: int, page_size: int) -> Page[Audience]:
        """Audiences whose name contains `name`, newest first."""
        return await self._http.send("GET", "/audiences", Page[Audience], query=newest(name, page, page_size))

    async def get(self, audience_id: str) -> Audience:
        """One audience."""
        audience = await self._http.send("GET", f"/audience/{segment(audience_id)}", Audience)
        return audience.model_copy(update={"id": audience.id or audience_id})

    async def exists(self, audience_id: str) -> bool:
        """Whether there is such an audience."""
        try:
            await self.get(audience_id)
        except NotFound:
            return False
        return True

    async def metrics(self, audience_id: str) -> RecruitingMetrics:
        """How many labelers are in each state of the recruiting funnel; empty for ready-made audiences."""
        return await self._http.send("GET", f"/audience/{segment(audience_id)}/user-metrics", RecruitingMetrics)

    async def start_recruiting(self, audience_id: str) -> None:
        """Let labelers qualify. Repeating it is harmless."""
        await self._http.send("POST", f"/audience/{segment(audience_id)}/recruit")
