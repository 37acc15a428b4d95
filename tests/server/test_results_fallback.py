"""The results file is read if the platform has no pages of results, or pages that its schema does not describe."""

from __future__ import annotations

from pathlib import Path

from mcp import Client
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rapidata_mcp.server.app import build_server
from rapidata_mcp.server.results.sources import DOCUMENT_RESPONSES
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud

ANSWERS = {
    "no such pages": JSONResponse({"title": "Nothing here."}, 404),
    "uncounted responses": JSONResponse(
        {"_t": "RapidResults", "total": 1, "page": 1, "pageSize": 1, "items": [{"rapidId": "r", "asset": {}}]}
    ),
    "another kind": JSONResponse({"_t": "RankingResults", "total": 0, "page": 1, "pageSize": 1, "items": []}),
}


class OtherPages:
    """A platform that answers the requests for pages in another way."""

    def __init__(self, app: ASGIApp, answer: JSONResponse) -> None:
        self.app, self.answer, self.requests = app, answer, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pages = scope["type"] == "http" and scope["path"].endswith("/results")
        self.requests += pages
        await (self.answer if pages else self.app)(scope, receive, send)


async def large_job(assistant: Assistant, responses: int = DOCUMENT_RESPONSES, until: int | None = None) -> str:
    """Start a job with a few more responses than are read from a file, with a quote, and return its id.

    It is finished, or has more than `until` responses.
    """
    draft = await assistant.draft(pairs=205, responses_per_datapoint=responses // 200)
    assistant.clock.time += 5
    start = {"job_definition_id": draft, "audience_id": "global"}
    quote = (await assistant.call("assign_job", **start))["quote"]
    job_id = str((await assistant.call("assign_job", **start, quote=quote))["job_id"])
    if until is None:
        await assistant.finished(job_id)
        return job_id
    while (await assistant.call("get_job", job_id=job_id))["simulated_responses"] <= until:
        assistant.clock.time += 0.5
    return job_id


async def test_the_file_is_read_instead(tmp_path: Path, clock: MovingClock) -> None:
    """With the same answer as always, and as a table, whichever way the pages differ."""
    async with serve_cloud(tmp_path, clock) as cloud:
        platform = cloud.answers.app
        async with Client(build_server(cloud.settings, clock, pages=False)) as client:
            job_id = await large_job(Assistant(client, clock))
        for answer in ANSWERS.values():
            other = cloud.answers.app = OtherPages(platform, answer)
            async with Client(build_server(cloud.settings, clock, pages=False)) as client:
                results = await Assistant(client, clock).call("get_results", job_id=job_id)
                table = (await client.read_resource(f"rapidata://jobs/{job_id}/results.csv")).contents[0]
            assert other.requests > 0
            assert results["total_pairs"] == 205
            assert results["simulated_responses"] > DOCUMENT_RESPONSES
            assert len(table.text.splitlines()) == 206
