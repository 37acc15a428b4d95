"""Audiences (contract B)."""

from __future__ import annotations

from collections.abc import Sequence

from rapidata_mcp.client.http import Http, newest, segment
from rapidata_mcp.client.idempotency import Attempt, FirstAttempt, create_distinct, delete_once, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.audiences import (
    Audience,
    AudienceChange,
    AudienceCreated,
    NewAudience,
    NewFilteredAudience,
    RecruitingMetrics,
    TaskAccuracy,
)
from rapidata_mcp.models.filters import AndFilter, AudienceFilter
from rapidata_mcp.models.paging import Page

MAX_CANDIDATES = 100
"""Newest audiences of the same name that are searched for one whose create got no response."""


class Audiences:
    """The audiences of a platform."""

    def __init__(self, http: Http, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def create(
        self,
        name: str,
        target_accuracy: float,
        min_tasks: int,
        max_tasks: int,
        attempt: Attempt | None = None,
        filters: Sequence[AudienceFilter] = (),
    ) -> str:
        """Create a custom audience, and return its id.

        Labelers qualify by their share of right answers (0 to 1). Only labelers to whom all filters apply are invited.
        """
        rule = TaskAccuracy(target_accuracy=target_accuracy, min_tasks=min_tasks, max_tasks=max_tasks)
        body = NewAudience(name=name, filters=list(filters), graduation_rule=rule)
        filters_json = [condition.to_json() for condition in filters]

        async def send() -> str:
            return (await self._http.send("POST", "/audience", AudienceCreated, body=body)).audience_id

        async def similar() -> list[str]:
            candidates = (await self.find(name, 1, MAX_CANDIDATES)).items
            content = (name, rule, filters_json)
            return [known.id for known in candidates if (known.name, known.graduation_rule, known.filters) == content]

        return await create_distinct(send, similar, attempt or FirstAttempt(), self._clock)

    async def derive(self, base_id: str, filters: Sequence[AudienceFilter], attempt: Attempt | None = None) -> str:
        """Create a filtered audience: the labelers of another audience to whom all filters apply (contract B.8)."""
        condition = filters[0] if len(filters) == 1 else AndFilter(filters=list(filters))
        body, condition_json = NewFilteredAudience(filter=condition), condition.to_json()
        path = f"/audience/{segment(base_id)}/filter"

        async def send() -> str:
            return (await self._http.send("POST", path, AudienceCreated, body=body)).audience_id

        async def similar() -> list[str]:
            candidates = (await self.find("", 1, MAX_CANDIDATES)).items
            content = (base_id, condition_json)
            return [known.id for known in candidates if (known.base_audience_id, known.filter) == content]

        return await create_distinct(send, similar, attempt or FirstAttempt(), self._clock)

    async def change(self, audience_id: str, name: str = "", filters: Sequence[AudienceFilter] | None = None) -> None:
        """Change the name, the filters, or both. An empty name and None change nothing. A repeat is harmless."""
        change = AudienceChange()
        if name:
            change.name = name
        if filters is not None:
            change.filters = list(filters)
        await self._http.send("PATCH", f"/audience/{segment(audience_id)}", body=change)

    async def delete(self, audience_id: str) -> None:
        """Delete an audience. Its jobs stay (contract B.7)."""
        path = f"/audience/{segment(audience_id)}"
        await delete_once(lambda: self._http.send("DELETE", path), lambda: self.exists(audience_id), self._clock)

    async def find(self, name: str, page: int, page_size: int) -> Page[Audience]:
        """Return a page of the audiences whose name contains `name`, newest first."""
        return await self._http.send("GET", "/audiences", Page[Audience], query=newest(name, page, page_size))

    async def get(self, audience_id: str) -> Audience:
        """Return an audience."""
        audience = await self._http.send("GET", f"/audience/{segment(audience_id)}", Audience)
        return audience.model_copy(update={"id": audience.id or audience_id})

    async def exists(self, audience_id: str) -> bool:
        """Whether an audience exists."""
        try:
            await self.get(audience_id)
        except NotFound:
            return False
        return True

    async def metrics(self, audience_id: str) -> RecruitingMetrics:
        """Return the number of labelers in each state of the recruiting funnel; empty for ready-made audiences."""
        return await self._http.send("GET", f"/audience/{segment(audience_id)}/user-metrics", RecruitingMetrics)

    async def start_recruiting(self, audience_id: str) -> None:
        """Start recruiting. A repeat is harmless."""

        async def send() -> str:
            await self._http.send("POST", f"/audience/{segment(audience_id)}/recruit")
            return audience_id

        async def find() -> str | None:
            return audience_id if (await self.get(audience_id)).status != "Created" else None

        await send_once(send, find, FirstAttempt(), self._clock)
