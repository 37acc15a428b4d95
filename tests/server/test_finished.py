"""The pairs of a large finished job are read from the platform once, for any number of queries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import Client
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.server.app import build_server
from rapidata_mcp.server.results.sources import DOCUMENT_RESPONSES
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud
from tests.server.test_results_fallback import large_job


class CountedPages:
    """A platform that counts the requests for pages of results."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.requests = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += scope["type"] == "http" and scope["path"].endswith("/results")
        await self.app(scope, receive, send)


@asynccontextmanager
async def counted_pages(tmp_path: Path, clock: MovingClock) -> AsyncIterator[tuple[Assistant, CountedPages]]:
    async with serve_cloud(tmp_path, clock) as cloud:
        pages = cloud.answers.app = CountedPages(cloud.answers.app)
        async with Client(build_server(cloud.settings, clock, pages=False)) as client:
            yield Assistant(client, clock), pages


async def test_the_next_page_reads_nothing_again(tmp_path: Path, clock: MovingClock) -> None:
    """Other selections read nothing either. The responses of people alone are read."""
    async with counted_pages(tmp_path, clock) as (assistant, pages):
        job_id = await large_job(assistant)
        first = await assistant.call("get_results", job_id=job_id)
        read = pages.requests
        assert read > 0
        second = await assistant.call("get_results", job_id=job_id, cursor=first["cursor"])
        await assistant.call("get_results", job_id=job_id, only="undecided")
        assert not {pair["pair"] for pair in first["pairs"]} & {pair["pair"] for pair in second["pairs"]}
        assert pages.requests == read
        assert (await assistant.call("get_results", job_id=job_id, people_only=True))["human_responses"] == 0
        assert pages.requests > read


async def test_a_job_that_can_go_on_is_read_again(tmp_path: Path, clock: MovingClock) -> None:
    """Its results may change before the next call."""
    async with counted_pages(tmp_path, clock) as (assistant, pages):
        job_id = await large_job(assistant, 2 * DOCUMENT_RESPONSES, until=DOCUMENT_RESPONSES)
        await assistant.call("pause_job", job_id=job_id)
        results = await assistant.call("get_results", job_id=job_id)
        read = pages.requests
        assert results["completeness"] == "partial"
        assert read > 0
        await assistant.call("get_results", job_id=job_id, cursor=results["cursor"])
        assert pages.requests == 2 * read
