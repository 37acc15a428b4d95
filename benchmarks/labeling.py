"""How many people can label at once: fifty at one job, each thinking for 0.3 s, until 20,000 answers are in.

The platform runs in a process of its own. Each request gives an answer and brings the next task, as the page does it.
Then everything is counted in the database: no answer may be lost, none taken twice, nothing asked beyond the need and
what returned. At the end the same people answer a second job without thinking, as fast as the platform takes it.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import anyio
import httpx2 as httpx
from job_latency import wait_for

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
UNPAUSED = 5_000
MOST_MS = 60.0
MOST_GROWTH = 1.1
"""Of the server's memory, from a quarter of the way to its end."""
CHOICE = re.compile(r'name="choice" value="(\d)"')


@dataclass
class Day:
    """What fifty people did: what each answer was, and how long each took in seconds, the next task included."""

    given: dict[tuple[str, int], Counter[int]] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0
    memory: list[int] = field(default_factory=list)


def main() -> int:
    """Measure, print, judge; the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tasks", type=int, default=TASKS)
    options.add_argument("--unpaused", type=int, default=UNPAUSED)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory:
        settings = Settings(data_dir=Path(directory), platform="local", crowd=0)
        jobs = anyio.run(prepare, settings, [wanted.tasks, wanted.unpaused])
        with served(directory) as (url, process_id):
            paced = anyio.run(label, url, jobs[0], PAUSE_S, process_id)
            hurried = anyio.run(label, url, jobs[1], 0.0, process_id)
        faults = [*judge(settings, jobs[0], paced, wanted.tasks), *judge(settings, jobs[1], hurried, wanted.unpaused)]
    slowest = quantiles(paced.seconds, n=100)[98] * 1000
    growth = paced.memory[-1] / paced.memory[len(paced.memory) // 4]
    print(f"{LABELERS} people at one job, {PAUSE_S:g} s between answers, {wanted.tasks:,} tasks:")
    print(f"  next task, 99 %     {slowest:8.1f} ms   (at most {MOST_MS:g})")
    print(f"  next task, median   {quantiles(paced.seconds, n=2)[0] * 1000:8.1f} ms")
    print(f"  answers a second    {wanted.tasks / paced.took:8.0f}")
    print(
        f"  server's memory     {paced.memory[-1] / 1024:8.0f} MB   x {growth:.2f} since a quarter of the way "
        f"(at most {MOST_GROWTH:g})"
    )
    print(f"  without pauses      {wanted.unpaused / hurried.took:8.0f} answers a second")
    for fault in faults or ["no answer lost, none taken twice, nothing asked beyond the need"]:
        print(f"  {fault}")
    return 0 if not faults and slowest <= MOST_MS and growth <= MOST_GROWTH else 1


async def prepare(settings: Settings, tasks: list[int]) -> list[str]:
    """Jobs that need this number of answers, on everybody."""
    started = []
    async with connect(settings, SystemClock(), pages=False) as connection:
        platform = connection.platform
        for number in tasks:
            pairs = [[f"first text {number} {at}", f"second text {number} {at}"] for at in range(number // RESPONSES)]
            task = CompareTask.from_arguments("Which reads better?", pairs, JobOptions(data_type="text"))
            definition = await platform.definitions.create(f"{number} tasks", task, Stopping(RESPONSES))
            revision = await platform.definitions.revision(definition)
            started.append(await platform.jobs.start(definition, revision.revision_number, "global"))
    return started


@contextmanager
def served(directory: str) -> Iterator[tuple[str, int]]:
    """The platform in a process of its own, on a free port; its URL and its process."""
    import socket
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rapidata_mcp", "platform", "--port", str(port), "--data-dir", directory]
    process = subprocess.Popen(command, env=os.environ | {"RAPIDATA_MCP_CROWD": "0"})
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


async def label(url: str, job_id: str, pause: float, process_id: int) -> Day:
    """Let everybody answer until nothing is left."""
    day, began = Day(), time.perf_counter()
    async with anyio.create_task_group() as people:
        for number in range(LABELERS):
            people.start_soon(person, url, job_id, pause, Random(f"{job_id} {number}"), day, process_id)
    day.took = time.perf_counter() - began
    return day


async def person(url: str, job_id: str, pause: float, random: Random, day: Day, process_id: int) -> None:
    """One labeler: an answer, the next task, a pause."""
    async with httpx.AsyncClient(base_url=f"{url}/label/{job_id}", timeout=30, trust_env=False) as browser:
        await browser.post("/start")
        who = browser.cookies["labeler"]
        await anyio.sleep(random.uniform(0, pause))
        turn = await ask(browser, "/next", {}, day)
        while turn["state"] != "finished":
            day.asked |= {(who, task["id"]) for task in turn["tasks"]}
            if not turn["tasks"]:
                await anyio.sleep(0.2)
                turn = await ask(browser, "/next", {}, day)
                continue
            task = turn["tasks"][0]
            choice = int(random.choice(CHOICE.findall(task["html"])))
            turn = await ask(browser, "/answer", {"task": task["id"], "answer": {"choice": choice}}, day)
            place = (job_id, int(task["id"].partition(".")[2]))
            day.given.setdefault(place, Counter())[choice] += 1
            if len(day.seconds) % 500 == 0:
                day.memory.append(resident_kilobytes(process_id))
            await anyio.sleep(pause)


async def ask(browser: httpx.AsyncClient, path: str, body: dict[str, Any], day: Day) -> dict[str, Any]:
    began = time.perf_counter()
    answer = await browser.post(path, json=body)
    day.seconds.append(time.perf_counter() - began)
    answer.raise_for_status()
    turn: dict[str, Any] = answer.json()
    return turn


def resident_kilobytes(process_id: int) -> int:
    """A process's memory, as Linux reports it."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def judge(settings: Settings, job_id: str, day: Day, tasks: int) -> list[str]:
    """What the database holds against what people did."""
    with closing(sqlite3.connect(settings.data_dir / "rapidata.db")) as database:
        rows = database.execute(
            "SELECT position, choice, labeler_id FROM responses WHERE job_id = ?", [job_id]
        ).fetchall()
    stored: dict[tuple[str, int], Counter[int]] = {}
    for position, choice, _ in rows:
        stored.setdefault((job_id, position), Counter())[choice] += 1
    faults = []
    if stored != day.given:
        faults.append(
            f"the database holds {len(rows)} answers, people gave {sum(map(Counter.total, day.given.values()))}"
        )
    if len({(position, labeler) for position, _, labeler in rows}) != len(rows):
        faults.append("somebody answered a pair twice")
    if len(day.asked) > tasks:
        faults.append(f"{len(day.asked)} tasks were given for {tasks} answers")
    return faults


if __name__ == "__main__":
    sys.exit(main())
