"""How the results of a compare job are read: from the platform's one file where that is small, else in pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import BadAnswer, NotFound, PairsChanged
from rapidata_mcp.models.referees import EarlyStoppingReferee
from rapidata_mcp.tasks.compare_cards import question_of, read_card
from rapidata_mcp.tasks.compare_results import CompareResults, Pair, read

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.server.results.cache import Finished

FILE_RESPONSES = 20_000
"""Responses up to which the file is read: some ten megabytes."""
CARDS_A_PAGE = 1_000
SINGLE_RESPONSES = 5_000
"""About as many responses as one page of cards tells one by one."""
SAMPLE_PAGES, SAMPLE_CARDS = 10, 50
"""Where results are read in pages, the single responses of so many pairs tell who the labelers are."""


async def read_results(
    platform: Platform, job: Job, progress: JobProgress, finished: Finished, *, people_only: bool = False
) -> CompareResults:
    """The results of a job, final or so far. Those of a large job stay in `finished` once they are final.

    Raises:
        BadAnswer: when they are not those of a compare job, or too large and the platform has no pages of them.
    """
    if is_large(progress):
        kept = finished.find(job, progress, people_only=people_only)
        if kept is not None:
            return kept
        finished.forget()
        try:
            results = await _from_pages(platform, job, progress, people_only=people_only)
        except (NotFound, BadAnswer):
            pass  # the contract promises the file, and the pages only by its schema (G.7, G.9)
        else:
            finished.keep(job, progress, results)
            return results
    return read(await platform.results.document(job), people_only=people_only)


async def in_parts(
    platform: Platform, job: Job, progress: JobProgress, *, single: bool
) -> AsyncIterator[CompareResults]:
    """All results of a job, part by part, with all of their texts; with single responses where these are asked for.

    Raises:
        BadAnswer: when they are not those of a compare job, or the platform tells only some of the single responses.
        PairsChanged: when the list of pairs changes while it is read.
    """
    if not is_large(progress):
        yield read(await platform.results.document(job))
        return
    a_page, page, total = CARDS_A_PAGE, 1, 1
    seen: set[str] = set()
    if single:
        most = (await platform.definitions.revision(job.definition_id, job.revision_number)).referee.most
        a_page = max(1, min(SAMPLE_CARDS, SINGLE_RESPONSES // (most + most // 4 + 5)))
    while (page - 1) * a_page < total:
        try:
            total, a_page, cards = await platform.results.page_of_cards(job.job_id, page, a_page)
            begin = (page - 1) * a_page + 1
            seen.update(card["rapidId"] for card in cards)
            pairs = [read_card(place, card, kept=None) for place, card in enumerate(cards, begin)]
        except (NotFound, BadAnswer):
            if page > 1:
                raise
            yield read(await platform.results.document(job))
            return
        if single and any(sum(1 for _ in pair.answers()) < pair.responses for pair in pairs):
            raise BadAnswer("The platform tells only some of the responses.", "Export with row_per='pair'.")
        yield CompareResults(instruction="", names=None, pairs=pairs, human=0, simulated=0)
        page += 1
    if len(seen) != total:
        raise PairsChanged()


def is_large(progress: JobProgress) -> bool:
    """Whether a job has too many responses for one file."""
    return (progress.response_count or 0) > FILE_RESPONSES


async def _from_pages(platform: Platform, job: Job, progress: JobProgress, *, people_only: bool) -> CompareResults:
    _, _, first = await platform.results.page_of_cards(job.job_id, 1, 1)
    pairs = await platform.results.cards(job.job_id, partial(read_card, people_only=people_only))
    simulated = progress.simulated_response_count
    return CompareResults(
        instruction=question_of(first[0]) if first else "",
        names=await platform.results.sides(job.job_id),
        pairs=pairs,
        human=max(0, (progress.response_count or 0) - simulated),
        simulated=simulated,
        people_only=people_only,
        stops_early=await _stops_early(platform, job),
        single=False,
    )


async def _stops_early(platform: Platform, job: Job) -> bool:
    try:
        revision = await platform.definitions.revision(job.definition_id, job.revision_number)
    except NotFound:  # a job outlives its definition
        return False
    return isinstance(revision.referee, EarlyStoppingReferee)


async def with_responses(
    platform: Platform, job: Job, pairs: Sequence[Pair], *, people_only: bool = False
) -> list[Pair]:
    """The same pairs with their single responses."""
    found: dict[int, Pair] = {}

    async def look(position: int) -> None:
        _, _, cards = await platform.results.page_of_cards(job.job_id, position, 1)
        if cards:
            found[position] = read_card(position, cards[0], people_only=people_only)

    async with task_group() as group:
        for pair in pairs:
            group.start_soon(look, pair.position)
    return [found.get(pair.position, pair) for pair in pairs]


async def with_sample(platform: Platform, job: Job, results: CompareResults) -> CompareResults:
    """The same results with the single responses of a systematic sample of pairs: every so many-th page of them."""
    pages = max(1, -(-len(results.pairs) // SAMPLE_CARDS))
    wanted = range(1, pages + 1, max(1, pages // SAMPLE_PAGES))[:SAMPLE_PAGES]
    sample: list[Pair] = []
    for page in wanted:
        _, size, cards = await platform.results.page_of_cards(job.job_id, page, SAMPLE_CARDS)
        begin = (page - 1) * size + 1
        sample += [read_card(place, card, people_only=results.people_only) for place, card in enumerate(cards, begin)]
    return replace(results, sample=sample)
