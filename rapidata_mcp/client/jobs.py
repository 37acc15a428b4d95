"""Jobs (contract G)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http, newest, segment
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.jobs import Job, JobCreated, JobListItem, JobProgress, NewJob
from rapidata_mcp.models.paging import Page


class Jobs:
    """Definitions at work on an audience."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def start(self, definition_id: str, revision: int, audience_id: str) -> JobCreated:
        """Start a job. This is the request that spends money."""
        body = NewJob(
            job_definition_id=definition_id,
            audience_id=audience_id,
            revision_number=revision,
            preceding_job_id=None,
            check_for_explicit_content=None,
            experiment_id=None,
        )
        return await self._http.send("POST", "/job", JobCreated, body=body)

    async def get(self, job_id: str) -> Job:
        """One job."""
        return await self._http.send("GET", f"/job/{segment(job_id)}", Job)

    async def exists(self, job_id: str) -> bool:
        """Whether there is such a job."""
        try:
            await self.get(job_id)
        except NotFound:
            return False
        return True

    async def progress(self, job_id: str) -> JobProgress:
        """How far it is; nothing yet where labeling has not begun (contract G.4: 404)."""
        try:
            return await self._http.send("GET", f"/job/{segment(job_id)}/progress", JobProgress)
        except NotFound:
            return JobProgress(completion_percentage=0, state="Created", response_count=0)

    async def find(self, name: str, page: int, page_size: int) -> Page[JobListItem]:
        """Jobs whose name contains `name`, newest first."""
        return await self._http.send("GET", "/jobs", Page[JobListItem], query=newest(name, page, page_size))

    async def pause(self, job_id: str) -> None:
        """Stop collecting."""
        await self._http.send("POST", f"/job/{segment(job_id)}/pause")

    async def resume(self, job_id: str) -> None:
        """Go on collecting."""
        await self._http.send("POST", f"/job/{segment(job_id)}/resume")
