"""Where results come from: the platform's document, or its pages of cards if a job is large and counts suffice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from rapidata_mcp.concurrency import gather, task_group
from rapidata_mcp.errors import BadAnswer, NotFound, PairsChanged
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.server.identifiers import JOB
from rapidata_mcp.tasks import TASK_TYPES
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.pairs import PairTaskType
from rapidata_mcp.tasks.results import JobResults, read_document
from rapidata_mcp.tasks.task import TaskType

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.definitions import Revision
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.results.cache import FinishedResults

DOCUMENT_RESPONSES = 20_000
"""Responses up to which the document is read: some ten megabytes."""
CARDS_A_PAGE = 1_000
SINGLE_RESPONSES = 5_000
"""About as many single responses as one page of cards has."""
SAMPLE_PAGES, SAMPLE_CARDS = 10, 50
"""The sample of a large job in which its labelers are counted: pages of cards, and cards of each page."""


@dataclass(frozen=True)
class ResultsSource:
    """A job whose results can be read. `revision` is None if the definition was deleted; a job outlives it."""

    platform: Platform
    job: Job
    progress: JobProgress
    revision: Revision | None

    @classmethod
    async def open(cls, platform: Platform, job_id: str) -> ResultsSource:
        """Look up a job and its definition.

        Raises:
            NotFound: when there is no such job.
        """
        with JOB.must_exist(job_id):
            job, progress = await gather(platform.jobs.get(job_id), platform.jobs.progress(job_id))
        try:
            return cls(platform, job, progress, await platform.revision_of(job))
        except NotFound:
            return cls(platform, job, progress, None)

    @property
    def final(self) -> bool:
        """Whether the job has all of its responses."""
        return self.job.state == JobState.COMPLETED

    @property
    def in_pages(self) -> PairTaskType | None:
        """The task type, if results are read in pages; None if they are read from the document."""
        if not is_large(self.progress):
            return None
        kinds = TASK_TYPES if self.revision is None else (self.revision.task,)
        return next((kind for kind in kinds if isinstance(kind, PairTaskType)), None)

    async def read(self, finished: FinishedResults, *, people_only: bool = False) -> JobResults:
        """Read the results, final or so far. Those of a large job stay in `finished` once they are final.

        Raises:
            BadAnswer: if they are in no known format, or too large and the platform has no pages of them.
        """
        kind = self.in_pages
        if kind is None:
            return await self._from_document(people_only=people_only)
        kept = finished.find(self.job, self.progress, people_only=people_only)
        if kept is not None:
            return kept
        finished.forget()
        try:
            results = await self._from_pages(kind, people_only=people_only)
        except (NotFound, BadAnswer):  # the contract promises the document, and the pages only by its schema (G.7, G.9)
            return await self._from_document(people_only=people_only)
        finished.keep(self.job, self.progress, results)
        return results

    async def in_parts(self, *, single: bool) -> AsyncIterator[JobResults]:
        """Read all results with all of their texts, part by part; with single responses if `single`.

        Raises:
            BadAnswer: if they are in no known format, or the platform has only some of the single responses.
            PairsChanged: if the list of pairs changes while it is read.
        """
        kind = self.in_pages
        if kind is None:
            yield await self._from_document()
            return
        size, page, total = self._cards_a_page(single=single), 1, 1
        seen: set[str] = set()
        while (page - 1) * size < total:
            try:
                total, size, cards = await self.platform.results.page_of_cards(self.job.job_id, page, size)
                begin = (page - 1) * size + 1
                seen.update(card["rapidId"] for card in cards)
                outcomes = [kind.read_card(place, card, whole=True) for place, card in enumerate(cards, begin)]
            except (NotFound, BadAnswer):
                if page > 1:
                    raise
                yield await self._from_document()
                return
            if single and any(len(outcome.details) < outcome.total for outcome in outcomes):
                raise BadAnswer("The platform has only some of the single responses.", "Export with row_per='pair'.")
            yield self._counted(kind, outcomes)
            page += 1
        if len(seen) != total:
            raise PairsChanged()

    def _cards_a_page(self, *, single: bool) -> int:
        if not single or self.revision is None:
            return CARDS_A_PAGE
        most: int = self.revision.referee.max_responses
        return max(1, min(SAMPLE_CARDS, SINGLE_RESPONSES // (most + most // 4 + 5)))

    async def with_responses(self, results: JobResults, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Return the same pairs with their single responses."""
        kind, complete = self.in_pages, dict[int, Outcome]()
        if results.complete or kind is None:
            return list(outcomes)

        async def read(position: int) -> None:
            _, _, cards = await self.platform.results.page_of_cards(self.job.job_id, position, 1)
            if cards:
                complete[position] = kind.read_card(position, cards[0], people_only=results.people_only)

        async with task_group() as group:
            for outcome in outcomes:
                group.start_soon(read, outcome.position)
        return [complete.get(outcome.position, outcome) for outcome in outcomes]

    async def sample(self, results: JobResults) -> list[Outcome]:
        """Return a systematic sample of the pairs with their single responses: evenly spaced pages of cards."""
        kind, sample = self.in_pages, list[Outcome]()
        if results.complete or kind is None:
            return sample
        pages = max(1, -(-len(results.outcomes) // SAMPLE_CARDS))
        for page in range(1, pages + 1, max(1, pages // SAMPLE_PAGES))[:SAMPLE_PAGES]:
            _, size, cards = await self.platform.results.page_of_cards(self.job.job_id, page, SAMPLE_CARDS)
            read = partial(kind.read_card, people_only=results.people_only)
            sample += [read(place, card) for place, card in enumerate(cards, (page - 1) * size + 1)]
        return sample

    async def _from_document(self, *, people_only: bool = False) -> JobResults:
        document = await self.platform.results.document(self.job)
        kind, settings = _type_in(document), dict[str, str]()
        if self.revision is not None:
            kind, settings = self.revision.task, self.revision.settings
        return await to_thread.run_sync(
            lambda: read_document(kind, document, settings, people_only=people_only, final=self.final)
        )

    async def _from_pages(self, kind: PairTaskType, *, people_only: bool) -> JobResults:
        read = partial(kind.read_card, people_only=people_only)
        outcomes = await self.platform.results.cards(self.job.job_id, read)
        return replace(self._counted(kind, outcomes), people_only=people_only)

    def _counted(self, kind: PairTaskType, outcomes: Sequence[Outcome]) -> JobResults:
        """Results of which only counts were read."""
        revision, simulated = self.revision, self.progress.simulated_response_count
        return JobResults(
            kind=kind,
            instruction=kind.instruction(revision.spec) if revision else "",
            settings=revision.settings if revision else {},
            outcomes=outcomes,
            human=max(0, (self.progress.response_count or 0) - simulated),
            simulated=simulated,
            final=self.final,
            sides=kind.side_names(revision.spec) if revision else None,
            stops_early=revision is not None and isinstance(revision.referee, EarlyStoppingReferee),
            complete=False,
        )


def is_large(progress: JobProgress) -> bool:
    """Whether a job has too many responses for one document."""
    return (progress.response_count or 0) > DOCUMENT_RESPONSES


def _type_in(document: Mapping[str, Any]) -> TaskType:
    """The task type that a results document names."""
    named = (document.get("info") or {}).get("type")
    return next((kind for kind in TASK_TYPES if named in (kind.results_name, kind.name)), TASK_TYPES[0])
