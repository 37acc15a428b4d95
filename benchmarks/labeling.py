"""Fifty concurrent labelers of one job, with 0.3 s between answers, for 20,000 answers.

The platform runs in its own process. As on the labeling page, each request sends an answer and returns the next task.
Then the answers in the database are compared: no answer may be lost or stored twice, and no task may be assigned beyond
the number of answers. At the end the labelers answer a second job without pauses.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import anyio
import httpx2 as httpx
from job_latency import serve

from rapidata_mcp.clock import SystemClock
from rapidata_mcp.connect import connect
from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareTask
from rapidata_mcp.tasks.drafts import JobOptions

LABELERS = 50
PAUSE_S = 0.3
RESPONSES = 10
TASKS = 20_000
TASKS_WITHOUT_PAUSES = 5_000
MAX_MS = 60.0
MAX_GROWTH = 1.1
"""The factor by which the server's memory may grow from a quarter of the answers to the end."""
PLATFORM = ("-m", "rapidata_mcp", "platform")
CHOICE = re.compile(r'name="choice" value="(\d)"')


@dataclass
class Run:
    """The answers to one job.

    `answers` counts the choices by job and position, `assigned` has the labeler and the id of each task, and `seconds`
    has the duration of each request. `memory` has samples of the server's memory in kilobytes.
    """

    answers: dict[tuple[str, int], Counter[int]] = field(default_factory=dict)
    assigned: set[tuple[str, str]] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    total_seconds: float = 0.0
    memory: list[int] = field(default_factory=list)


def main() -> int:
    """Measure, print the figures and the faults, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=TASKS)
    parser.add_argument("--unpaused", type=int, default=TASKS_WITHOUT_PAUSES)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory:
        settings = Settings(data_dir=Path(directory), platform="local", crowd=0)
        jobs = anyio.run(prepare, settings, [arguments.tasks, arguments.unpaused])
        with serve((*PLATFORM, "--data-dir", directory, "--port"), {"RAPIDATA_MCP_CROWD": "0"}) as (url, process_id):
            paced = anyio.run(label, url, jobs[0], PAUSE_S, process_id)
            unpaused = anyio.run(label, url, jobs[1], 0.0, process_id)
        faults = [
            *find_faults(settings, jobs[0], paced, arguments.tasks),
            *find_faults(settings, jobs[1], unpaused, arguments.unpaused),
        ]
    slowest = quantiles(paced.seconds, n=100)[98] * 1000
    growth = paced.memory[-1] / paced.memory[len(paced.memory) // 4]
    print(f"{LABELERS} people at one job, {PAUSE_S:g} s between answers, {arguments.tasks:,} tasks:")
    print(f"  next task, 99 %     {slowest:8.1f} ms   (at most {MAX_MS:g})")
    print(f"  next task, median   {quantiles(paced.seconds, n=2)[0] * 1000:8.1f} ms")
    print(f"  answers a second    {arguments.tasks / paced.total_seconds:8.0f}")
    print(
        f"  server's memory     {paced.memory[-1] / 1024:8.0f} MB   x {growth:.2f} since a quarter of the answers "
        f"(at most {MAX_GROWTH:g})"
    )
    print(f"  without pauses      {arguments.unpaused / unpaused.total_seconds:8.0f} answers a second")
    for fault in faults or ["no answer lost or stored twice, no task assigned beyond the number of answers"]:
        print(f"  {fault}")
    return 0 if not faults and slowest <= MAX_MS and growth <= MAX_GROWTH else 1


async def prepare(settings: Settings, tasks: list[int]) -> list[str]:
    """Start jobs with these numbers of answers, on the global audience. Return their ids."""
    job_ids = []
    async with connect(settings, SystemClock(), pages=False) as connection:
        platform = connection.platform
        for number in tasks:
            pairs = [[f"first text {number} {at}", f"second text {number} {at}"] for at in range(number // RESPONSES)]
            task = CompareTask.from_arguments("Which reads better?", pairs, JobOptions(data_type="text"))
            definition = await platform.definitions.create(f"{number} tasks", task, Stopping(RESPONSES))
            revision = await platform.definitions.revision(definition)
            job_ids.append(await platform.jobs.start(definition, revision.revision_number, "global"))
    return job_ids


async def label(url: str, job_id: str, pause: float, process_id: int) -> Run:
    """Let all labelers answer until no task is left."""
    run, began = Run(), time.perf_counter()
    async with anyio.create_task_group() as group:
        for number in range(LABELERS):
            group.start_soon(run_labeler, url, job_id, pause, Random(f"{job_id} {number}"), run, process_id)
    run.total_seconds = time.perf_counter() - began
    return run


async def run_labeler(url: str, job_id: str, pause: float, random: Random, run: Run, process_id: int) -> None:
    """Answer tasks with pauses."""
    async with httpx.AsyncClient(base_url=f"{url}/label/{job_id}", timeout=30, trust_env=False) as browser:
        await browser.post("/start")
        labeler_id = browser.cookies["labeler"]
        await anyio.sleep(random.uniform(0, pause))
        state = await send(browser, "/next", {}, run)
        while state["state"] != "finished":
            run.assigned |= {(labeler_id, task["id"]) for task in state["tasks"]}
            if not state["tasks"]:
                await anyio.sleep(0.2)
                state = await send(browser, "/next", {}, run)
                continue
            task = state["tasks"][0]
            choice = int(random.choice(CHOICE.findall(task["html"])))
            state = await send(browser, "/answer", {"task": task["id"], "answer": {"choice": choice}}, run)
            datapoint = (job_id, int(task["id"].partition(".")[2]))
            run.answers.setdefault(datapoint, Counter())[choice] += 1
            if len(run.seconds) % 500 == 0:
                run.memory.append(resident_kilobytes(process_id))
            await anyio.sleep(pause)


async def send(browser: httpx.AsyncClient, path: str, body: dict[str, Any], run: Run) -> dict[str, Any]:
    """Send a request, record its duration, and return the state of the page."""
    began = time.perf_counter()
    response = await browser.post(path, json=body)
    run.seconds.append(time.perf_counter() - began)
    response.raise_for_status()
    state: dict[str, Any] = response.json()
    return state


def resident_kilobytes(process_id: int) -> int:
    """Return the memory of a process, from Linux."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def find_faults(settings: Settings, job_id: str, run: Run, tasks: int) -> list[str]:
    """Compare the answers in the database with those that labelers gave."""
    with closing(sqlite3.connect(settings.data_dir / "rapidata.db")) as database:
        rows = database.execute(
            "SELECT position, choice, labeler_id FROM responses WHERE job_id = ?", [job_id]
        ).fetchall()
    stored: dict[tuple[str, int], Counter[int]] = {}
    for position, choice, _ in rows:
        stored.setdefault((job_id, position), Counter())[choice] += 1
    faults = []
    if stored != run.answers:
        faults.append(
            f"the database has {len(rows)} answers, labelers gave {sum(map(Counter.total, run.answers.values()))}"
        )
    if len({(position, labeler) for position, _, labeler in rows}) != len(rows):
        faults.append("a labeler answered a pair twice")
    if len(run.assigned) > tasks:
        faults.append(f"{len(run.assigned)} tasks were assigned for {tasks} answers")
    return faults


if __name__ == "__main__":
    sys.exit(main())
