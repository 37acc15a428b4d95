"""What our tools add to a call over stdio: the tools an assistant repeats most, against a tool that does nothing.

All of them read from the embedded platform: an audience with three examples and its recruited crowd, and a completed
job. The difference to the no-op of the bare SDK is the time that is ours; protocol and pipes cancel out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from stdio_peer import BARE_SERVER, OUR_SERVER, StdioPeer

WARM_UP = 20
ROUNDS = 200
MOST_MS = 15.0
"""Milliseconds that a tool may take beyond the no-op."""
SETTLED_S = 60.0
"""Seconds that recruiting and the job may take before the measurement."""

NO_OP = "no_op (bare SDK)"
INSTRUCTION = "Which text is friendlier?"
PAIRS = [["Thank you very much!", "Go away."], ["You are welcome.", "What now?"], ["Well done!", "Do it again."]]


def main() -> int:
    """Measure, print the medians and their differences to the no-op; the exit status."""
    with (
        tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory,
        StdioPeer(BARE_SERVER, Path(directory)) as bare,
        StdioPeer(OUR_SERVER, Path(directory)) as ours,
    ):
        for peer in (bare, ours):
            peer.start()
            peer.initialize()
        audience_id = build_audience(ours)
        job_id = run_job(ours, audience_id)
        wait_for(ours, "get_audience", {"audience_id": audience_id}, {"status": "Ready", "qualifying": 0})
        medians = measure(
            {
                NO_OP: (bare, "no_op", {}),
                "find_audiences": (ours, "find_audiences", {"name": ""}),
                "get_audience": (ours, "get_audience", {"audience_id": audience_id}),
                "get_job": (ours, "get_job", {"job_id": job_id}),
                "get_results": (ours, "get_results", {"job_id": job_id}),
            }
        )
    slowest = max(medians.values()) - medians[NO_OP]
    print(f"Tool calls over stdio, median of {ROUNDS}:")
    print(f"  {'':18}{'median':>10}{'beyond no_op':>16}")
    for name, taken in medians.items():
        print(f"  {name:18}{taken:7.2f} ms{taken - medians[NO_OP]:13.2f} ms")
    print(f"  slowest: {slowest:.2f} ms beyond no_op (at most {MOST_MS:g} ms)")
    return 0 if slowest <= MOST_MS else 1


def build_audience(peer: StdioPeer) -> str:
    """A custom audience with three different examples."""
    audience_id: str = peer.call("create_audience", {"name": "Friendly readers"})["audience_id"]
    for pair in PAIRS:
        example = {"instruction": INSTRUCTION, "datapoint": pair, "truth": pair[0], "data_type": "text"}
        peer.call("add_compare_example", {"audience_id": audience_id, **example})
    return audience_id


def run_job(peer: StdioPeer, audience_id: str) -> str:
    """A small job on an audience, completed."""
    draft = peer.call(
        "create_compare_job",
        {"name": "Friendly texts", "instruction": INSTRUCTION, "datapoints": PAIRS, "data_type": "text"},
    )
    job = peer.call("assign_job", {"job_definition_id": draft["job_definition_id"], "audience_id": audience_id})
    job_id: str = job["job_id"]
    wait_for(peer, "get_job", {"job_id": job_id}, {"state": "Completed"})
    return job_id


def wait_for(peer: StdioPeer, tool: str, arguments: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Call a tool until its answer contains what is wanted.

    Raises:
        TimeoutError: when that takes too long.
    """
    until = time.monotonic() + SETTLED_S
    while not wanted.items() <= peer.call(tool, arguments).items():
        if time.monotonic() > until:
            raise TimeoutError(f"{tool} did not answer {wanted} within {SETTLED_S:g} seconds")
        time.sleep(0.1)


def measure(calls: dict[str, tuple[StdioPeer, str, dict[str, Any]]]) -> dict[str, float]:
    """Median milliseconds of each call. The calls take turns, so that a busy moment meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(WARM_UP + ROUNDS):
        for name, (peer, tool, arguments) in calls.items():
            begin = time.perf_counter()
            peer.call(tool, arguments)
            taken[name].append((time.perf_counter() - begin) * 1000)
    return {name: median(times[WARM_UP:]) for name, times in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
