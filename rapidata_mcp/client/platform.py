"""A platform, as everything above sees it. Nothing above knows which one it is."""

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
from rapidata_mcp.client.links import Links
from rapidata_mcp.client.pace import Counts, Pace
from rapidata_mcp.client.results import Results
from rapidata_mcp.client.uploads import Uploads
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import gather
from rapidata_mcp.errors import NotFound
from rapidata_mcp.models.audience_kinds import FILTERED
from rapidata_mcp.models.audiences import Audience, RecruitingMetrics
from rapidata_mcp.models.definitions import CostEstimate, Definition, Revision
from rapidata_mcp.models.examples import Example
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import Job, JobListItem, JobProgress

JOBS_REMEMBERED = 1_000
"""Jobs whose audience and price are remembered."""


class Platform:
    """One labeling platform: its nouns, its time, where people look at it, who answers there.

    `costs` tells that jobs cost money there, `simulated` that its labelers are not people.
    """

    def __init__(
        self,
        http: Http,
        clock: Clock,
        uploads: Uploads,
        links: Links | None = None,
        *,
        costs: bool = False,
        simulated: bool = False,
    ) -> None:
        self.clock = clock
        self.links = links or Links()
        self.costs = costs
        self.simulated = simulated
        assets = Assets(http, clock, uploads)
        self.audiences = Audiences(http, clock)
        self.examples = Examples(http, clock, assets)
        self.definitions = Definitions(http, clock, Datasets(http, clock, assets))
        self.jobs = Jobs(http, clock)
        self.results = Results(http, clock)
        self._audience_of: dict[str, str] = {}  # a job's audience never changes,
        self._estimate_of: dict[str, CostEstimate] = {}  # and neither does its size, nor the price of its responses
        self._counts_of: dict[str, Counts] = {}  # how many responses a running job had, and when
        self._revision_of: dict[str, Revision] = {}
        self.billing = Billing(http)

    async def read_audience(self, audience_id: str) -> tuple[Audience, RecruitingMetrics, list[Example]]:
        """An audience, its funnel and its examples, asked for at the same time.

        Raises:
            RapidataError: the first that any of the three requests met.
        """
        return await gather(
            self.audiences.get(audience_id), self.audiences.metrics(audience_id), self.examples.all(audience_id)
        )

    async def read_definition(
        self, definition_id: str
    ) -> tuple[Definition, Revision, CostEstimate | None, list[JobListItem]]:
        """A definition, its latest revision, its price and the jobs it was used for, asked for at the same time.

        Raises:
            RapidataError: the first that any of the requests met.
        """
        return await gather(
            self.definitions.get(definition_id),
            self.definitions.revision(definition_id),
            self.definitions.cost_estimate(definition_id),
            self.jobs.of_definition(definition_id),
        )

    async def read_job(self, job_id: str) -> tuple[Job, JobProgress, RecruitingMetrics]:
        """A job, how far it is, and the funnel of its audience; all at once where the audience is known from before.

        Raises:
            RapidataError: the first that any of the requests met.
        """
        audience_id = self._audience_of.get(job_id)
        if audience_id is not None:
            job, progress, funnel = await gather(
                self.jobs.get(job_id), self.jobs.progress(job_id), self._funnel(audience_id)
            )
        else:
            job, progress = await gather(self.jobs.get(job_id), self.jobs.progress(job_id))
            _forget(self._audience_of)
            self._audience_of[job_id] = job.audience_id
            funnel = await self._funnel(job.audience_id)
        if job.state == JobState.RUNNING and progress.completion_percentage >= 100:  # it ended between the two answers
            job = await self.jobs.get(job_id)
        elif job.state == JobState.COMPLETED and progress.completion_percentage < 100:
            progress = await self.jobs.progress(job_id)
        self._count(job, progress)
        return job, progress, funnel

    async def newest_job_on(self, audience_id: str) -> JobListItem | None:
        """The job that was started last on an audience; None where there is none."""
        newest = (await self.jobs.find("", 1, 1, audience_id)).items
        return newest[0] if newest else None

    async def asked_by(self, job: JobListItem) -> str | None:
        """The instruction of a job; None where its definition was deleted."""
        try:
            revision = await self.definitions.revision(job.job_definition_id, job.revision_number)
        except NotFound:
            return None
        return revision.task.instruction(revision.asked)

    async def unfinished_on(self, audience_id: str) -> list[JobListItem]:
        """The jobs that need this audience still, those on filtered audiences that are parts of it among them."""
        unfinished = await self.jobs.unfinished()
        bases: dict[str, str | None] = {}
        for part in {job.audience_id for job in unfinished if job.audience_id.startswith(FILTERED)}:
            try:
                bases[part] = (await self.audiences.get(part)).base_audience_id
            except NotFound:
                continue
        return [job for job in unfinished if audience_id in (job.audience_id, bases.get(job.audience_id))]

    def pace_of(self, job: Job) -> Pace:
        """How fast the responses of a job come in, as far as it was looked at while it ran."""
        counts = self._counts_of.get(job.job_id)
        return Pace() if counts is None else counts.pace(self.clock.now())

    def _count(self, job: Job, progress: JobProgress) -> None:
        """Remember how many responses a running job has; what was seen before a pause says nothing of the pace."""
        if job.state != JobState.RUNNING:
            self._counts_of.pop(job.job_id, None)
            return
        now = self.clock.now()
        if job.job_id not in self._counts_of:
            _forget(self._counts_of)
            self._counts_of[job.job_id] = Counts(job.created_at.timestamp(), now)
        self._counts_of[job.job_id].add(progress.response_count or 0, now)

    async def is_cut_off(self, job: Job) -> bool:
        """Whether the audience of a job is gone, or the one that its filtered audience is a part of."""
        if job.audience_deleted or not job.audience_id.startswith(FILTERED):
            return job.audience_deleted
        try:
            return await self.base_of(await self.audiences.get(job.audience_id)) is None
        except NotFound:
            return True

    async def base_of(self, filtered: Audience) -> Audience | None:
        """The audience that a filtered one is a part of; None where it was deleted."""
        try:
            return await self.audiences.get(filtered.base_audience_id or "global")
        except NotFound:
            return None

    async def estimate_of(self, job_id: str) -> CostEstimate | None:
        """How many responses a job takes at most, and at what price; None where that is not told (yet)."""
        if job_id not in self._estimate_of:
            try:
                estimate = await self.jobs.cost_estimate(job_id)
            except NotFound:
                estimate = None
            if estimate is None:
                return None
            _forget(self._estimate_of)
            self._estimate_of[job_id] = estimate
        return self._estimate_of[job_id]

    async def revision_of(self, job: Job) -> Revision:
        """What a job asks, which never changes.

        Raises:
            NotFound: when its definition was deleted.
        """
        found = self._revision_of.get(job.job_id)
        if found is None:
            found = await self.definitions.revision(job.definition_id, job.revision_number)
            _forget(self._revision_of)
            self._revision_of[job.job_id] = found
        return found

    async def _funnel(self, audience_id: str) -> RecruitingMetrics:
        """The funnel of an audience; empty for everyone, and for an audience that was deleted."""
        if audience_id == "global":
            return RecruitingMetrics(users_per_state={})
        try:
            return await self.audiences.metrics(audience_id)
        except NotFound:
            return RecruitingMetrics(users_per_state={})

    async def balance(self) -> float | None:
        """What can still be spent, in US dollars; None where nothing costs anything, or no limit is told."""
        return await self.billing.balance() if self.costs else None


def _forget(remembered: dict[str, Any]) -> None:
    """Make room where too much is remembered."""
    if len(remembered) >= JOBS_REMEMBERED:
        remembered.clear()
