"""The time of our most frequent tool calls over stdio, beyond that of a tool that does nothing.

The tools read from the local platform: an audience with three examples and a recruited crowd, and a completed job. The
difference from the no-op of the bare SDK excludes the protocol and the pipes.
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
MAX_MS = 15.0
"""Milliseconds beyond the no-op."""
SETUP_TIMEOUT_S = 60.0
"""Seconds for recruiting and for the job, before the measurement."""

NO_OP = "no_op (bare SDK)"
INSTRUCTION = "Which text is friendlier?"
PAIRS = [["Thank you very much!", "Go away."], ["You are welcome.", "What now?"], ["Well done!", "Do it again."]]


def main() -> int:
    """Measure, print the medians and their differences from the no-op, and return the exit status."""
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
    for name, milliseconds in medians.items():
        print(f"  {name:18}{milliseconds:7.2f} ms{milliseconds - medians[NO_OP]:13.2f} ms")
    print(f"  slowest: {slowest:.2f} ms beyond no_op (at most {MAX_MS:g} ms)")
    return 0 if slowest <= MAX_MS else 1


def build_audience(peer: StdioPeer) -> str:
    """Create a custom audience with three different examples."""
    audience_id: str = peer.call("create_audience", {"name": "Friendly readers"})["audience_id"]
    for pair in PAIRS:
        example = {"instruction": INSTRUCTION, "datapoint": pair, "truth": pair[0], "data_type": "text"}
        peer.call("add_compare_example", {"audience_id": audience_id, **example})
    return audience_id


def run_job(peer: StdioPeer, audience_id: str) -> str:
    """Run a small job on an audience until it is completed."""
    draft = peer.call(
        "create_compare_job",
        {"name": "Friendly texts", "instruction": INSTRUCTION, "datapoints": PAIRS, "data_type": "text"},
    )
    job = peer.call("assign_job", {"job_definition_id": draft["job_definition_id"], "audience_id": audience_id})
    job_id: str = job["job_id"]
    wait_for(peer, "get_job", {"job_id": job_id}, {"state": "Completed"})
    return job_id


def wait_for(peer: StdioPeer, tool: str, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    """Call a tool until its result contains the expected fields.

    Raises:
        TimeoutError: if it takes too long.
    """
    until = time.monotonic() + SETUP_TIMEOUT_S
    while not expected.items() <= peer.call(tool, arguments).items():
        if time.monotonic() > until:
            raise TimeoutError(f"{tool} did not return {expected} within {SETUP_TIMEOUT_S:g} seconds")
        time.sleep(0.1)


def measure(calls: dict[str, tuple[StdioPeer, str, dict[str, Any]]]) -> dict[str, float]:
    """Return the median milliseconds of each call. The calls alternate, so that a busy moment affects all of them."""
    durations: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(WARM_UP + ROUNDS):
        for name, (peer, tool, arguments) in calls.items():
            begin = time.perf_counter()
            peer.call(tool, arguments)
            durations[name].append((time.perf_counter() - begin) * 1000)
    return {name: median(times[WARM_UP:]) for name, times in durations.items()}


if __name__ == "__main__":
    sys.exit(main())
