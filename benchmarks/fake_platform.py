"""A cheap platform that implements only the requests of the benchmarks.

Every answer takes 20 ms. It runs in its own process. `GET /requests` returns the number of requests since the last such
request.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

LATENCY_S = 0.02
JOB = {
    "jobId": "job_1",
    "name": "job",
    "definitionId": "jdf_1",
    "audienceId": "aud_1",
    "revisionNumber": 1,
    "pipelineId": "ppl_1",
    "state": "Running",
    "isPublic": False,
    "audienceDeleted": False,
    "createdAt": "2026-09-01T12:00:00.0000000+00:00",
    "ownerId": "11111111-1111-4111-8111-111111111111",
    "ownerMail": "me@example.com",
    "organizationId": "org_1",
}


class FakeApi:
    """The answers to requests, and the batches of URLs that were uploaded."""

    def __init__(self) -> None:
        self.requests = 0
        self._batches: dict[str, list[str]] = {}
        self._runs: dict[str, list[str]] = {}

    def answer(self, method: str, target: str, body: bytes) -> bytes:
        """Return the JSON that answers a request.

        Raises:
            LookupError: if the request is not implemented.
        """
        path, _, query = target.partition("?")
        if path == "/requests":
            count, self.requests = self.requests, 0
            return json.dumps(count).encode()
        self.requests += 1
        for fixed_method, pattern, answer in FIXED:
            if fixed_method == method and pattern.fullmatch(path):
                return answer
        if (method, path) == ("POST", "/asset/batch-upload"):
            return self._take_batch(json.loads(body))
        if path == "/asset/batch-upload/status":
            run = self._runs[query.partition("=")[2]]
            count = sum(len(self._batches[batch_id]) for batch_id in run)
            status = {"status": "Completed", "totalCount": count, "completedCount": count, "failedCount": 0}
            return json.dumps(status | {"completedBatches": run}).encode()
        if path.startswith("/asset/batch-upload/"):
            batch_id = path.rpartition("/")[2]
            items = [{"url": url, "fileName": stored(url), "status": "Completed"} for url in self._batches[batch_id]]
            result = {"batchUploadId": batch_id, "status": "Completed", "totalCount": len(items)}
            return json.dumps(result | {"completedCount": len(items), "failedCount": 0, "items": items}).encode()
        if path == "/asset/url":
            name = stored(unquote(query.partition("=")[2]))
            return json.dumps({"fileName": name, "warnings": [], "wasCompressed": False}).encode()
        raise LookupError(f"{method} {target}")

    def _take_batch(self, body: dict[str, Any]) -> bytes:
        batch_id = f"bup_{len(self._batches)}"
        self._batches[batch_id] = body["urls"]
        self._runs.setdefault(body["correlationId"], []).append(batch_id)
        return json.dumps({"batchUploadId": batch_id}).encode()


def stored(url: str) -> str:
    """Return the file name of a URL."""
    return f"00000000-0000-4000-8000-{url.rpartition('/')[2]}"


def fixed(method: str, pattern: str, answer: Any) -> tuple[str, re.Pattern[str], bytes]:
    """Return a request with a fixed answer."""
    return method, re.compile(pattern), json.dumps(answer).encode()


FIXED = (
    fixed("POST", r"/dataset/\w+/datapoint", {"datapointId": "dpt_1"}),
    fixed("POST", r"/audience/\w+/example", {"recalculationId": None}),
    fixed("POST", r"/dataset", {"datasetId": "dst_1"}),
    fixed("POST", r"/job/definition", {"definitionId": "jdf_1", "pipelineId": "ppl_1"}),
    fixed("POST", r"/audience", {"audienceId": "aud_1"}),
    fixed("GET", r"/job/\w+", JOB),
    fixed(
        "GET",
        r"/job/\w+/cost-estimate",
        {"estimatedCost": 1.0, "costPerResponse": 0.01, "datapointCount": 10, "requiredResponses": 100},
    ),
    fixed(
        "GET",
        r"/job/\w+/progress",
        {"completionPercentage": 40, "total": 10, "completed": 4, "state": "Labeling", "responseCount": 40},
    ),
)


class KeepAliveConnection(asyncio.Protocol):
    """A keep-alive connection that understands as much of HTTP/1.1 as our clients send."""

    def __init__(self, api: FakeApi) -> None:
        self._api = api
        self._received = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each complete request after the latency."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end].decode("latin-1")
            length = re.search(r"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
            complete = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < complete:
                return
            body, self._received = self._received[end + 4 : complete], self._received[complete:]
            method, target, _ = head.partition("\r\n")[0].split(" ")
            asyncio.get_running_loop().call_later(LATENCY_S, self._answer, method, target, body)

    def _answer(self, method: str, target: str, body: bytes) -> None:
        try:
            status, content = b"200 OK", self._api.answer(method, target, body)
        except LookupError as error:
            status, content = (
                b"404 Not Found",
                json.dumps({"title": f"not implemented: {error}", "status": 404}).encode(),
            )
        if not self._transport.is_closing():
            head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            self._transport.write(head % (status, len(content)) + content)


@contextmanager
def fake_platform() -> Iterator[tuple[str, Callable[[], int]]]:
    """Run the platform in its own process. Yield its URL, and a function that counts the latest requests."""
    with subprocess.Popen([sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip() if process.stdout else ""

        def requests() -> int:
            with urllib.request.urlopen(f"{url}/requests") as answer:  # noqa: S310 - our own process
                return int(answer.read())

        try:
            yield url, requests
        finally:
            process.terminate()


async def main() -> None:
    """Print the URL, and serve until killed."""
    api = FakeApi()
    server = await asyncio.get_running_loop().create_server(lambda: KeepAliveConnection(api), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
