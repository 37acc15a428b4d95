"""Jobs (contract G)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rapidata_mcp.client.cost_estimates import read_cost_estimate
from rapidata_mcp.client.http import Http, Query, newest, segment
from rapidata_mcp.client.idempotency import Attempt, FirstAttempt, create_distinct, delete_once, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.definitions import CostEstimate
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import Job, JobCreated, JobListItem, JobProgress, NewJob
from rapidata_mcp.models.paging import Page

PAGE_SIZE = 100
MAX_PAGES = 50
LATE_S = 60.0
"""Seconds after which a start can still take effect, behind a gateway that gave up first. A second one costs money."""


class Jobs:
    """The jobs of a platform."""

    def __init__(self, http: Http, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def start(
        self,
        definition_id: str,
        revision: int,
        audience_id: str,
        *,
        run_after: str | None = None,
        allow: Callable[[], Awaitable[None]] | None = None,
        attempt: Attempt | None = None,
    ) -> str:
        """Start a job, and return its id. This request costs money.

        The job waits for the job `run_after` to end. `allow` is called right before the request is sent, and can raise
        to prevent it. It is not called if an earlier try started the job.
        """
        body = NewJob(
            job_definition_id=definition_id,
            audience_id=audience_id,
            revision_number=revision,
            preceding_job_id=run_after,
            check_for_explicit_content=None,
            experiment_id=None,
        )

        async def send() -> str:
            if allow is not None:
                await allow()
            return (await self._http.send("POST", "/job", JobCreated, body=body)).job_id

        async def similar() -> list[str]:
            content = (definition_id, revision, audience_id)
            jobs = await self._all({"job_definition_id[eq]": definition_id})
            return [
                job.job_id for job in jobs if (job.job_definition_id, job.revision_number, job.audience_id) == content
            ]

        return await create_distinct(send, similar, attempt or FirstAttempt(), self._clock, late_s=LATE_S)

    async def get(self, job_id: str) -> Job:
        """Return a job."""
        return await self._http.send("GET", f"/job/{segment(job_id)}", Job)

    async def exists(self, job_id: str) -> bool:
        """Whether a job exists."""
        try:
            await self.get(job_id)
        except NotFound:
            return False
        return True

    async def delete(self, job_id: str) -> None:
        """Delete a job with all its responses."""
        path = f"/job/{segment(job_id)}"
        await delete_once(lambda: self._http.send("DELETE", path), lambda: self.exists(job_id), self._clock)

    async def progress(self, job_id: str) -> JobProgress:
        """Return the progress of a job; 0 % before labeling begins, when the platform returns 404 (contract G.4)."""
        try:
            return await self._http.send("GET", f"/job/{segment(job_id)}/progress", JobProgress)
        except NotFound:
            return JobProgress(completion_percentage=0, state="Created", response_count=0)

    async def find(self, name: str, page: int, page_size: int, audience_id: str = "") -> Page[JobListItem]:
        """Return a page of the jobs whose name contains `name`, newest first; of an audience, if it is given."""
        query = {**newest(name, page, page_size)} | ({"audience_id[eq]": audience_id} if audience_id else {})
        return await self._http.send("GET", "/jobs", Page[JobListItem], query=query)

    async def unfinished(self) -> list[JobListItem]:
        """Return the jobs that have not ended, paused ones included, newest first."""
        return [job for job in await self._all({}) if job.state is None or not job.state.has_ended]

    async def _all(self, filters: Query) -> list[JobListItem]:
        """Return the jobs to which the filters apply, newest first, at most 5,000."""
        jobs: list[JobListItem] = []
        for number in range(1, MAX_PAGES + 1):
            query = {**newest("", number, PAGE_SIZE), **filters}
            page = await self._http.send("GET", "/jobs", Page[JobListItem], query=query)
            jobs += page.items
            if number * PAGE_SIZE >= page.total:
                break
        return jobs

    async def of_definition(self, definition_id: str) -> list[JobListItem]:
        """Return the ten newest jobs of a definition."""
        query = {**newest("", 1, 10), "job_definition_id[eq]": definition_id}
        page = await self._http.send("GET", "/jobs", Page[JobListItem], query=query)
        return [job for job in page.items if job.job_definition_id == definition_id]

    async def cost_estimate(self, job_id: str) -> CostEstimate | None:
        """Return the highest possible cost of a job; None if it is not known yet."""
        return await read_cost_estimate(self._http, f"/job/{segment(job_id)}/cost-estimate")

    async def pause(self, job_id: str) -> None:
        """Stop collecting responses."""
        await self._change_state(job_id, "pause", done=lambda state: state == JobState.PAUSED)

    async def resume(self, job_id: str) -> None:
        """Continue collecting responses."""
        await self._change_state(
            job_id, "resume", done=lambda state: state not in (JobState.PAUSED, JobState.SPEND_LIMITED)
        )

    async def retry(self, job_id: str) -> None:
        """Retry a failed job, or make stale results again."""
        await self._http.send("POST", f"/job/{segment(job_id)}/retry")

    async def _change_state(self, job_id: str, verb: str, done: Callable[[JobState], bool]) -> None:
        """Change the state of a job. After a lost response, the state is read before a retry."""

        async def send() -> str:
            await self._http.send("POST", f"/job/{segment(job_id)}/{verb}")
            return job_id

        async def find() -> str | None:
            return job_id if done((await self.get(job_id)).state) else None

        await send_once(send, find, FirstAttempt(), self._clock)
