"""Measures get_results against its bounds: tokens, time and memory.

The file of 1,000 pairs with 10 responses each is measured against only parsing its JSON. The job of 100,000 pairs is
read in pages of the local platform.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import large_job
from mcp import Client, StdioServerParameters

from rapidata_mcp.models.jobs import Job
from rapidata_mcp.server.replies import as_text
from rapidata_mcp.server.results.composing import compose
from rapidata_mcp.server.results.pages import PinnedOrders, ResultsPage
from rapidata_mcp.server.results.query import ResultsQuery
from rapidata_mcp.start import collect_rarely
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.results import read_document
from rapidata_mcp.tasks.task import DatapointVotes, Question, ResultItem, Vote

PAIRS = 1_000
RESPONSES = 10
ROUNDS = 15
MOST_FACTOR = 1.5
MOST_MORE_MS = 50.0
MOST_TOKENS = 2_500
MOST_SECONDS = 3.0
MOST_MEGABYTES = 300.0
DEFAULT = "default"
REQUESTS = {
    DEFAULT: ResultsQuery(),
    "verdict": ResultsQuery(detail="verdict"),
    "responses": ResultsQuery(detail="responses"),
    "slices": ResultsQuery(slice_by="country"),
}
JOB = Job(
    job_id="job_1",
    name="Benchmark",
    definition_id="jdf_1",
    audience_id="global",
    revision_number=1,
    pipeline_id="pip_1",
    state="Completed",
    created_at=datetime.now(UTC),
)
Measured = tuple[str, float, float | None, str]
"""The name of a measurement, its value, its bound, and the unit."""


def main() -> int:
    """Measure, print every value with its bound, and return the exit status."""
    collect_rarely()  # as the server's process does
    measured = [*small_answers(), *time_of_a_file(), *asyncio.run(time_of_a_large_job())]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    measured.append(("memory of the server at its peak", peak, MOST_MEGABYTES, "MB"))
    for name, value, most, unit in measured:
        bound = "" if most is None else f"at most {most:,.1f}"
        print(f"  {name:52}{value:10,.2f} {unit:7}{bound:18}{'TOO MUCH' if most is not None and value > most else ''}")
    return int(any(most is not None and value > most for _, value, most, _ in measured))


def small_answers() -> Iterator[Measured]:
    """The size of the default answer in tokens, for jobs of several sizes."""
    for pairs in (1, 100, PAIRS):
        yield from tokens(pairs, *answer_to(json.dumps(document(pairs)).encode(), ResultsQuery()))


def tokens(pairs: int, text: str, structure: Any) -> Iterator[Measured]:
    """The size of an answer, a token being four bytes."""
    dumped = json.dumps(structure, ensure_ascii=False, separators=(",", ":"))
    for form, written in (("text", text), ("structure", dumped)):
        yield f"{form} of the answer for {pairs:,} pairs", len(written.encode()) / 4, MOST_TOKENS, "tokens"


def time_of_a_file() -> Iterator[Measured]:
    """The time of an answer after the platform's file was read, against only parsing the JSON of that file."""
    data = json.dumps(document(PAIRS)).encode()
    parse = milliseconds(lambda: json.loads(data))
    most = MOST_FACTOR * parse + MOST_MORE_MS
    yield f"json.loads of the file of {PAIRS:,} pairs x {RESPONSES}", parse, None, "ms"
    for name, request in REQUESTS.items():
        taken = milliseconds(lambda request=request: answer_to(data, request))
        yield f"that file, {name}", taken, most if name == DEFAULT else None, "ms"


async def time_of_a_large_job() -> list[Measured]:
    """The time of answers of `rapidata-mcp` over stdio for a job that is read in pages.

    A process reads a finished job once, so each first answer is measured in a new process.
    """
    of_it, first, later = f"{large_job.PAIRS:,} pairs x {large_job.RESPONSES} over stdio", [], defaultdict(list)
    with tempfile.TemporaryDirectory() as directory:
        await large_job.build(Path(directory))
        variables = {"RAPIDATA_MCP_DATA_DIR": directory, "RAPIDATA_MCP_PLATFORM": "local"}
        server = StdioServerParameters(command=sys.executable, args=["-m", "rapidata_mcp"], env=variables)
        for _ in range(3):
            async with Client(server) as client:
                await client.call_tool("find_jobs", {})
                first.append(await _seconds(client, ResultsQuery()))
                for name, request in REQUESTS.items():
                    later[name].append(await _seconds(client, request))
                answer = await client.call_tool("get_results", {"job_id": large_job.JOB})
    return [
        (f"{of_it}, first answer", median(first), MOST_SECONDS, "s"),
        *((f"{of_it}, again, {name}", median(taken), None, "s") for name, taken in later.items()),
        *tokens(large_job.PAIRS, getattr(answer.content[0], "text", ""), answer.structured_content),
    ]


async def _seconds(client: Client, request: ResultsQuery) -> float:
    begin = time.perf_counter()
    answer = await client.call_tool("get_results", {"job_id": large_job.JOB, **_differing(request)})
    if (answer.structured_content or {}).get("total_pairs") != large_job.PAIRS:
        raise SystemExit(f"That was no answer: {answer.content}")
    return time.perf_counter() - begin


def _differing(request: ResultsQuery) -> dict[str, Any]:
    return {name: value for name, value in vars(request).items() if value != getattr(ResultsQuery(), name)}


def answer_to(data: bytes, request: ResultsQuery) -> tuple[str, dict[str, Any]]:
    """Make both forms of the answer from the bytes of a file."""
    results = read_document(Compare(), json.loads(data), {})
    reply = compose(JOB, 100, results, request, ResultsPage(PinnedOrders(), JOB.job_id, results, request))
    return as_text(reply), reply.model_dump(mode="json")


def document(pairs: int) -> dict[str, Any]:
    """A results document in the platform's format."""
    random = Random(1)
    entries = [entry(random, number) for number in range(pairs)]
    info = {"version": "4.1.0", "type": "Compare", "instruction": "Which?", "simulatedResponses": pairs * RESPONSES}
    return {"info": info, "results": entries, "summary": {"A_wins_total": 0, "B_wins_total": 0}}


def entry(random: Random, number: int) -> dict[str, Any]:
    """One pair with its responses."""
    urls = [f"https://assets.example/{side}{number}.jpg" for side in "ab"]
    items = [ResultItem(url.rpartition("/")[2], url, url) for url in urls]
    question = Question("Which?", tuple(urls), tuple(urls), tuple(urls), context=f"A picture of number {number}")
    share = random.random()
    votes = [_vote(random, share) for _ in range(RESPONSES)]
    return Compare().result(DatapointVotes(question, items, votes), with_confidence=False)


def _vote(random: Random, share: float) -> Vote:
    country = random.choice(["DE", "US", "IN"])
    return Vote(
        int(random.random() > share), random.random(), country, "en", "18-29", "Male", "Student", simulated=True
    )


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of a piece of work."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


if __name__ == "__main__":
    sys.exit(main())
