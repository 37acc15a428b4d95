"""A labeling platform. The code above this module does not know whether it is the cloud or the local platform."""

from __future__ import annotations

from typing import Any

from rapidata_mcp.client.assets import Assets
from rapidata_mcp.client.audiences import Audiences
from rapidata_mcp.client.billing import Billing
from rapidata_mcp.client.datasets import Datasets
from rapidata_mcp.client.definitions import Definitions
from rapidata_mcp.client.examples import Examples
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.jobs import Jobs
from rapidata_mcp.client.page_links import PageLinks
from rapidata_mcp.client.response_rate import ResponseCounts, ResponseRate
from rapidata_mcp.client.results import Results
from rapidata_mcp.client.upload_cache import UploadCache
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.audience_kinds import FILTERED
from rapidata_mcp.models.audiences import Audience, RecruitingMetrics
from rapidata_mcp.models.definitions import CostEstimate, Definition, Revision
from rapidata_mcp.models.examples import Example
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import Job, JobListItem, JobProgress

MAX_CACHED_JOBS = 1_000


class Platform:
    """A labeling platform: requests by noun, and facts that take several requests.

    `costs` is true if jobs cost money, `simulated` if the labelers are simulated.
    """

    def __init__(
        self,
        http: Http,
        clock: Clock,
        uploads: UploadCache,
        links: PageLinks | None = None,
        *,
        costs: bool = False,
        simulated: bool = False,
    ) -> None:
        self.clock = clock
        self.links = links or PageLinks()
        self.costs = costs
        self.simulated = simulated
        assets = Assets(http, clock, uploads)
        self.audiences = Audiences(http, clock)
        self.examples = Examples(http, clock, assets)
        self.definitions = Definitions(http, clock, Datasets(http, clock, assets))
        self.jobs = Jobs(http, clock)
        self.results = Results(http, clock)
        self.billing = Billing(http)
        # By job id. The audience, the estimate and the revision of a job never change.
        self._audience_ids: dict[str, str] = {}
        self._estimates: dict[str, CostEstimate] = {}
        self._revisions: dict[str, Revision] = {}
        self._response_counts: dict[str, ResponseCounts] = {}

    async def read_audience(self, audience_id: str) -> tuple[Audience, RecruitingMetrics, list[Example]]:
        """Return an audience, its funnel and its examples, with concurrent requests.

        Raises:
            RapidataError: the first error of the requests.
        """
        return await gather(
            self.audiences.get(audience_id), self.audiences.metrics(audience_id), self.examples.all(audience_id)
        )

    async def read_definition(
        self, definition_id: str
    ) -> tuple[Definition, Revision, CostEstimate | None, list[JobListItem]]:
        """Return a definition, its latest revision, its cost estimate and its jobs, with concurrent requests.

        Raises:
            RapidataError: the first error of the requests.
        """
        return await gather(
            self.definitions.get(definition_id),
            self.definitions.revision(definition_id),
            self.definitions.cost_estimate(definition_id),
            self.jobs.of_definition(definition_id),
        )

    async def read_job(self, job_id: str) -> tuple[Job, JobProgress, RecruitingMetrics]:
        """Return a job, its progress and the funnel of its audience, with concurrent requests if the audience is known.

        Raises:
            RapidataError: the first error of the requests.
        """
        audience_id = self._audience_ids.get(job_id)
        if audience_id is not None:
            job, progress, funnel = await gather(
                self.jobs.get(job_id), self.jobs.progress(job_id), self._funnel(audience_id)
            )
        else:
            job, progress = await gather(self.jobs.get(job_id), self.jobs.progress(job_id))
            _limit(self._audience_ids)
            self._audience_ids[job_id] = job.audience_id
            funnel = await self._funnel(job.audience_id)
        if job.state == JobState.RUNNING and progress.completion_percentage >= 100:  # it ended between the two requests
            job = await self.jobs.get(job_id)
        elif job.state == JobState.COMPLETED and progress.completion_percentage < 100:
            progress = await self.jobs.progress(job_id)
        self._count_responses(job, progress)
        return job, progress, funnel

    async def newest_job_on(self, audience_id: str) -> JobListItem | None:
        """Return the newest job on an audience; None if there is none."""
        newest = (await self.jobs.find("", 1, 1, audience_id)).items
        return newest[0] if newest else None

    async def instruction_of(self, job: JobListItem) -> str | None:
        """Return the instruction of a job; None if its definition was deleted."""
        try:
            revision = await self.definitions.revision(job.job_definition_id, job.revision_number)
        except NotFound:
            return None
        return revision.task.instruction(revision.spec)

    async def unfinished_jobs_on(self, audience_id: str) -> list[JobListItem]:
        """Return the unfinished jobs on an audience, and on filtered audiences that are derived from it."""
        unfinished = await self.jobs.unfinished()
        bases: dict[str, str | None] = {}
        for filtered_id in {job.audience_id for job in unfinished if job.audience_id.startswith(FILTERED)}:
            try:
                bases[filtered_id] = (await self.audiences.get(filtered_id)).base_audience_id
            except NotFound:
                continue
        return [job for job in unfinished if audience_id in (job.audience_id, bases.get(job.audience_id))]

    def response_rate_of(self, job: Job) -> ResponseRate:
        """Return the response rate of a job, from the times at which `read_job` read it."""
        counts = self._response_counts.get(job.job_id)
        return ResponseRate() if counts is None else counts.rate(self.clock.now())

    def _count_responses(self, job: Job, progress: JobProgress) -> None:
        """Record the response count of a running job. A pause discards the earlier counts."""
        if job.state != JobState.RUNNING:
            self._response_counts.pop(job.job_id, None)
            return
        now = self.clock.now()
        if job.job_id not in self._response_counts:
            _limit(self._response_counts)
            self._response_counts[job.job_id] = ResponseCounts(job.created_at.timestamp(), now)
        self._response_counts[job.job_id].add(progress.response_count or 0, now)

    async def has_lost_audience(self, job: Job) -> bool:
        """Whether the audience of a job was deleted, or the base of its filtered audience."""
        if job.audience_deleted or not job.audience_id.startswith(FILTERED):
            return job.audience_deleted
        try:
            return await self.base_of(await self.audiences.get(job.audience_id)) is None
        except NotFound:
            return True

    async def base_of(self, filtered: Audience) -> Audience | None:
        """Return the base of a filtered audience; None if it was deleted."""
        try:
            return await self.audiences.get(filtered.base_audience_id or "global")
        except NotFound:
            return None

    async def estimate_of(self, job_id: str) -> CostEstimate | None:
        """Return the cost estimate of a job; None if the platform has none, or none yet."""
        if job_id not in self._estimates:
            try:
                estimate = await self.jobs.cost_estimate(job_id)
            except NotFound:
                estimate = None
            if estimate is None:
                return None
            _limit(self._estimates)
            self._estimates[job_id] = estimate
        return self._estimates[job_id]

    async def revision_of(self, job: Job) -> Revision:
        """Return the revision of the definition that a job runs.

        Raises:
            NotFound: if the definition was deleted.
        """
        if job.job_id not in self._revisions:
            revision = await self.definitions.revision(job.definition_id, job.revision_number)
            _limit(self._revisions)
            self._revisions[job.job_id] = revision
        return self._revisions[job.job_id]

    async def _funnel(self, audience_id: str) -> RecruitingMetrics:
        """Return the recruiting funnel of an audience; empty for the global one, and for one that was deleted."""
        if audience_id == "global":
            return RecruitingMetrics(users_per_state={})
        try:
            return await self.audiences.metrics(audience_id)
        except NotFound:
            return RecruitingMetrics(users_per_state={})

    async def balance(self) -> float | None:
        """Return the balance in US dollars; None if jobs cost nothing, or the platform returns no limit."""
        return await self.billing.balance() if self.costs else None


def _limit(cache: dict[str, Any]) -> None:
    """Empty a full cache."""
    if len(cache) >= MAX_CACHED_JOBS:
        cache.clear()
