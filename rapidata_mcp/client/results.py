"""Results: the platform's document (contract G.7, G.8, H), and pages of cards for jobs of any size (contract G.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import anyio
from pydantic_core import from_json

from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.client.idempotency import FirstAttempt, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.errors import BadAnswer, PairsChanged, PlatformFailure
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import Job, PreliminaryDownload
from rapidata_mcp.wire import WireModel

MAX_DOCUMENT = 256 * 1024 * 1024
"""Bytes of a results document."""
SNAPSHOT_DEADLINE_S = 10
DOWNLOAD_S = 60.0
POLL_S = 0.5
CARDS_PER_PAGE = 1_000
MAX_CARDS = 64 * 1024 * 1024
"""Bytes of a page of cards."""
CONCURRENT_PAGES = 3
Card = Mapping[str, Any]
Read = TypeVar("Read")


class _SnapshotRequest(WireModel):
    send_email: bool = False


class Results:
    """The results of jobs on a platform."""

    def __init__(self, http: Http, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def document(self, job: Job) -> dict[str, Any]:
        """Return the results document of a job: final if it is completed, else a snapshot.

        Raises:
            PlatformFailure: if the platform needs more than ten seconds for the snapshot.
        """
        if job.state == JobState.COMPLETED:
            path = f"/job/{segment(job.job_id)}/download-results"
            data = await self._http.send_raw(
                "GET", path, accept="application/octet-stream", limit=MAX_DOCUMENT, deadline=DOWNLOAD_S
            )
        else:
            data = await self._snapshot(job.pipeline_id)
        return _object(data)

    async def cards(
        self, job_id: str, read: Callable[[int, Card], Read], page_size: int = CARDS_PER_PAGE
    ) -> list[Read]:
        """Read all cards of a job. `read` gets each card with its position, from 1, as soon as its page has arrived.

        Raises:
            NotFound: if the job has no cards, or none yet.
            PairsChanged: if the list of cards changes meanwhile.
        """
        total, size, first = await self.page_of_cards(job_id, 1, page_size)
        pages = {1: [read(place, card) for place, card in enumerate(first, start=1)]}
        seen = {card["rapidId"] for card in first}
        limiter = anyio.CapacityLimiter(CONCURRENT_PAGES)

        async def read_page(page: int) -> None:
            async with limiter:
                _, _, cards = await self.page_of_cards(job_id, page, size)
            seen.update(card["rapidId"] for card in cards)
            pages[page] = [read(place, card) for place, card in enumerate(cards, start=(page - 1) * size + 1)]

        async with task_group() as group:
            for page in range(2, -(-total // size) + 1):
                group.start_soon(read_page, page)
        if len(seen) != total:
            raise PairsChanged()
        return [card for page in sorted(pages) for card in pages[page]]

    async def page_of_cards(self, job_id: str, page: int, page_size: int) -> tuple[int, int, list[Card]]:
        """Return a page of cards: the number of all cards, the platform's page size, and the cards.

        Raises:
            NotFound: if the job has no cards, or none yet.
        """
        path, query = f"/job/{segment(job_id)}/results", {"page": page, "page_size": page_size}
        answer = _object(await self._http.send_raw("GET", path, query=query, limit=MAX_CARDS, deadline=DOWNLOAD_S))
        cards, total, size = answer.get("items"), answer.get("total"), answer.get("pageSize")
        if answer.get("_t") != "RapidResults" or not isinstance(cards, list) or not isinstance(total, int):
            raise BadAnswer("The platform's page of results is not what the contract says.", "Try again later.")
        return total, max(1, min(page_size, size)) if isinstance(size, int) else page_size, cards

    async def _snapshot(self, pipeline_id: str) -> bytes:
        request = f"/pipeline/{segment(pipeline_id)}/preliminary-download"
        body = _SnapshotRequest(send_email=False)

        async def send() -> str:
            return (await self._http.send("POST", request, PreliminaryDownload, body=body)).download_id

        async def find() -> str | None:
            return None  # a second snapshot is harmless

        until = self._clock.now() + SNAPSHOT_DEADLINE_S
        with anyio.move_on_after(SNAPSHOT_DEADLINE_S):
            download_id = await send_once(send, find, FirstAttempt(), self._clock)
            path = f"/pipeline/preliminary-download/{segment(download_id)}"
            while self._clock.now() < until:
                # The body is empty (status 202) until the snapshot is ready (contract G.8).
                data = await self._http.send_raw("GET", path, limit=MAX_DOCUMENT)
                if data:
                    return data
                await self._clock.sleep(POLL_S)
        raise PlatformFailure("The platform is still preparing the results so far.", "Try again in a few seconds.")


def _object(data: bytes) -> dict[str, Any]:
    try:
        document = from_json(data, cache_strings="keys")  # there are very many values, and few repeat
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise BadAnswer("The platform's results are not a JSON document.", "Try again later.")
    return document
