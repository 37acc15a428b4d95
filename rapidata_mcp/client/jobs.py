"""Jobs (contract G)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rapidata_mcp.client.estimates import read_estimate
from rapidata_mcp.client.http import Http, Query, newest, segment
from rapidata_mcp.client.idempotency import Attempt, FirstAttempt, create_distinct, delete_once, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.definitions import CostEstimate
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import Job, JobCreated, JobListItem, JobProgress, NewJob
from rapidata_mcp.models.paging import Page

PAGE = 100
MOST_PAGES = 50
"""Pages of so many jobs that are read where all are wanted."""
LATE_S = 60.0
"""A start whose answer was lost may take effect that late, behind a gateway that gave up first: it spends money."""


class Jobs:
    """Definitions at work on an audience."""

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
        """Start a job, after the job `run_after` where that is given; its id. This is the request that spends money.

        `allow` is called right before it is sent, and not where the job is found that an earlier try started. What it
        raises keeps the request from being sent.
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

        async def alike() -> list[str]:
            wanted = (definition_id, revision, audience_id)
            found = await self._all({"job_definition_id[eq]": definition_id})
            return [
                job.job_id for job in found if (job.job_definition_id, job.revision_number, job.audience_id) == wanted
            ]

        return await create_distinct(send, alike, attempt or FirstAttempt(), self._clock, late_s=LATE_S)

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

    async def delete(self, job_id: str) -> None:
        """Delete a job with everything that was answered."""
        path = f"/job/{segment(job_id)}"
        await delete_once(lambda: self._http.send("DELETE", path), lambda: self.exists(job_id), self._clock)

    async def progress(self, job_id: str) -> JobProgress:
        """How far it is; nothing yet where labeling has not begun (contract G.4: 404)."""
        try:
            return await self._http.send("GET", f"/job/{segment(job_id)}/progress", JobProgress)
        except NotFound:
            return JobProgress(completion_percentage=0, state="Created", response_count=0)

    async def find(self, name: str, page: int, page_size: int, audience_id: str = "") -> Page[JobListItem]:
        """Jobs whose name contains `name`, newest first; of one audience where that is given."""
        query = {**newest(name, page, page_size)} | ({"audience_id[eq]": audience_id} if audience_id else {})
        return await self._http.send("GET", "/jobs", Page[JobListItem], query=query)

    async def unfinished(self) -> list[JobListItem]:
        """The jobs that still need labelers, or will when they are resumed, newest first."""
        return [job for job in await self._all({}) if job.state is None or not job.state.has_ended]

    async def _all(self, filters: Query) -> list[JobListItem]:
        """All jobs to which filters apply, newest first."""
        found: list[JobListItem] = []
        for number in range(1, MOST_PAGES + 1):
            query = {**newest("", number, PAGE), **filters}
            page = await self._http.send("GET", "/jobs", Page[JobListItem], query=query)
            found += page.items
            if number * PAGE >= page.total:
                break
        return found

    async def of_definition(self, definition_id: str) -> list[JobListItem]:
        """The jobs that a definition was used for, newest first, at most ten."""
        query = {**newest("", 1, 10), "job_definition_id[eq]": definition_id}
        page = await self._http.send("GET", "/jobs", Page[JobListItem], query=query)
        return [job for job in page.items if job.job_definition_id == definition_id]

    async def cost_estimate(self, job_id: str) -> CostEstimate | None:
        """What it costs at most, in US dollars; None while the platform has not priced it."""
        return await read_estimate(self._http, f"/job/{segment(job_id)}/cost-estimate")

    async def pause(self, job_id: str) -> None:
        """Stop collecting."""
        await self._turn(job_id, "pause", done=lambda state: state == JobState.PAUSED)

    async def resume(self, job_id: str) -> None:
        """Go on collecting."""
        await self._turn(job_id, "resume", done=lambda state: state not in (JobState.PAUSED, JobState.SPEND_LIMITED))

    async def retry(self, job_id: str) -> None:
        """Try a failed job again, or make stale results anew."""
        await self._http.send("POST", f"/job/{segment(job_id)}/retry")

    async def _turn(self, job_id: str, verb: str, done: Callable[[JobState], bool]) -> None:
        """Change a job's state; where the answer is lost, the state is looked at before it is asked for again."""

        async def send() -> str:
            await self._http.send("POST", f"/job/{segment(job_id)}/{verb}")
            return job_id

        async def find() -> str | None:
            return job_id if done((await self.get(job_id)).state) else None

        await send_once(send, find, FirstAttempt(), self._clock)
