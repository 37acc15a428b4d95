"""What get_results takes once the platform's file is there: against reading that file as JSON and nothing else.

1,000 pairs with 10 responses each, in the platform's format; reading, the verdict, a page, its text and its structure.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from statistics import median
from typing import Any

from rapidata_mcp.models.jobs import Job
from rapidata_mcp.server.orders import Orders
from rapidata_mcp.server.replies import as_text
from rapidata_mcp.server.tools.results import Request, compose
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.compare_results import read
from rapidata_mcp.tasks.task import DatapointVotes, Item, Question, Vote

PAIRS = 1_000
RESPONSES = 10
ROUNDS = 15
MOST_FACTOR = 1.5
MOST_MORE_MS = 50.0
REQUESTS = {
    "pairs (default)": Request(),
    "verdict": Request(detail="verdict"),
    "responses": Request(detail="responses"),
    "slices": Request(slice_by="country"),
}


def main() -> int:
    """Measure, print the medians; the exit status."""
    job = Job(
        job_id="job_1",
        name="Benchmark",
        definition_id="jdf_1",
        audience_id="global",
        revision_number=1,
        pipeline_id="pip_1",
        state="Completed",
        created_at=datetime.now(UTC),
    )
    data = json.dumps(document(PAIRS)).encode()
    parse = milliseconds(lambda: json.loads(data))
    most = MOST_FACTOR * parse + MOST_MORE_MS
    print(f"Results of {PAIRS:,} pairs x {RESPONSES} responses ({len(data) / 1e6:.1f} MB), median of {ROUNDS}:")
    print(f"  {'json.loads':18}{parse:8.1f} ms")
    default = 0.0
    for name, request in REQUESTS.items():
        taken = milliseconds(lambda request=request: answer(job, data, request))
        default = default or taken
        print(f"  {name:18}{taken:8.1f} ms")
    print(f"  the default at most {most:.1f} ms: {MOST_FACTOR:g} x json.loads + {MOST_MORE_MS:g} ms")
    return 0 if default <= most else 1


def answer(job: Job, data: bytes, request: Request) -> tuple[str, dict[str, Any]]:
    """All that is done with a file, from its bytes to the two forms of the answer."""
    reply = compose(Orders(), job, 100, read(json.loads(data)), request)
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
    items = [Item(url.rpartition("/")[2], url, url) for url in urls]
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
    """The median time that a piece of work takes."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


if __name__ == "__main__":
    sys.exit(main())
