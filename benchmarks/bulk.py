"""Uploads of thousands of pairs with our client, the official SDK, and a floor.

All use the same platform, which answers after 20 ms. The floor is an async httpx2 client that sends the same requests,
prepared beforehand, 50 concurrently, and parses no answer. Each measurement has its own process for its peak memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from fake_platform import fake_platform

SIZES = (100, 1_000, 5_000)
EXAMPLES = 200
ROUNDS = 3
"""Rounds at the largest size, whose medians have bounds."""
CONCURRENCY = 50
BATCH = 1_000
MAX_OVER_FLOOR = 1.3
MIN_FASTER_THAN_SDK = 2.2
MAX_BYTES_PER_PAIR = 2_048
MAX_OF_SDK_EXAMPLES = 0.1
QUESTION = "Which image follows the prompt better?"
Figures = dict[str, float]


def main() -> int:
    """Measure, print the figures and the missed bounds, and return the exit status."""
    with fake_platform() as (url, requests):

        def measure(client: str, kind: str, number: int) -> Figures:
            requests()
            done = subprocess.run(
                [sys.executable, __file__, client, kind, str(number), url],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            figures: Figures = json.loads(done.stdout.splitlines()[-1])
            return figures | {"requests": requests()}

        print(f"{'':24}{'wall':>9}{'processor':>11}{'peak':>10}{'requests':>10}")
        pairs = {size: measure_pairs(measure, size) for size in SIZES}
        examples = {
            client: print_median(client, "examples", EXAMPLES, [measure(client, "examples", EXAMPLES)])
            for client in CLIENTS
        }
    largest, middle = pairs[SIZES[-1]], pairs[SIZES[-2]]
    growth = 1024 * (largest["ours"]["peak_kb"] - middle["ours"]["peak_kb"]) / (SIZES[-1] - SIZES[-2])
    met = [
        check("ours / floor", largest["ours"]["wall"] / largest["floor"]["wall"], at_most=MAX_OVER_FLOOR),
        check("SDK / ours", largest["sdk"]["wall"] / largest["ours"]["wall"], at_least=MIN_FASTER_THAN_SDK),
        check("bytes of memory per pair", growth, at_most=MAX_BYTES_PER_PAIR),
        check("examples, ours / SDK", examples["ours"]["wall"] / examples["sdk"]["wall"], at_most=MAX_OF_SDK_EXAMPLES),
    ]
    return 0 if all(met) else 1


def measure_pairs(measure: Callable[[str, str, int], Figures], size: int) -> dict[str, Figures]:
    """Return the figures of all clients for `size` pairs. They alternate, so that a busy moment affects all of them."""
    rounds = ROUNDS if size == SIZES[-1] else 1
    figures: dict[str, list[Figures]] = {client: [] for client in CLIENTS}
    for _ in range(rounds):
        for client in CLIENTS:
            figures[client].append(measure(client, "pairs", size))
    return {client: print_median(client, "pairs", size, rows) for client, rows in figures.items()}


def print_median(client: str, kind: str, number: int, rounds: list[Figures]) -> Figures:
    """Print and return the medians of some rounds."""
    figures = {name: median(figures[name] for figures in rounds) for name in rounds[0]}
    print(
        f"{number:7,} {kind:10}{client:6}{figures['wall']:7.2f} s{figures['processor']:9.2f} s"
        f"{figures['peak_kb'] / 1024:7.1f} MB{figures['requests']:10,.0f}",
        flush=True,
    )
    return figures


def check(name: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> bool:
    """Print a value with its bound, and return whether it is met."""
    met = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    bound = f"at most {at_most:g}" if at_most is not None else f"at least {at_least:g}"
    print(f"  {name:24}{value:9.2f}  ({bound}){'' if met else '  MISSED'}")
    return met


def images(number: int) -> list[list[str]]:
    """Return pairs of distinct URLs."""
    return [
        [f"https://assets.example.com/a{at:05}.jpg", f"https://assets.example.com/b{at:05}.jpg"] for at in range(number)
    ]


@contextmanager
def measured_work() -> Iterator[None]:
    """Print the figures of the block as JSON. The client is opened before it and closed after it."""
    began, used = time.perf_counter(), time.process_time()
    yield
    figures = {"wall": time.perf_counter() - began, "processor": time.process_time() - used}
    print(json.dumps(figures | {"peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


def run_sdk(kind: str, number: int, url: str) -> None:
    """Run the official SDK, with this host, without telemetry, and without its cache of file names."""
    from rapidata import RapidataClient, rapidata_config

    rapidata_config.logging.enable_otlp = False
    rapidata_config.logging.silent_mode = True
    rapidata_config.upload.cacheToDisk = False
    token = {"access_token": "x", "token_type": "Bearer", "expires_at": 9_999_999_999}
    client = RapidataClient(token=token, environment="platform.test")
    client._openapi_service.api_client.configuration.host = url
    pairs = images(number)
    audience = client.audience.create_audience(name="Examples")

    with measured_work():
        if kind == "pairs":
            client.job.create_compare_job_definition(name="Pairs", instruction=QUESTION, datapoints=pairs)
            return
        for pair in pairs:
            audience.add_compare_example(instruction=QUESTION, datapoint=pair, truth=pair[0])


def run_ours(kind: str, number: int, url: str) -> None:
    """Run our client as the server opens it, with a database and a token file."""
    import anyio

    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.clock import SystemClock
    from rapidata_mcp.connect import connect
    from rapidata_mcp.settings import Settings
    from rapidata_mcp.tasks.arguments import Stopping
    from rapidata_mcp.tasks.compare import CompareExample, CompareTask

    pairs = images(number)

    async def add(platform: Platform, pair: list[str]) -> None:
        await platform.examples.add("aud_1", CompareExample.from_arguments(QUESTION, pair, pair[0]))

    async def work(platform: Platform) -> None:
        if kind == "pairs":
            await platform.definitions.create("Pairs", CompareTask.from_arguments(QUESTION, pairs), Stopping())
            return
        async with anyio.create_task_group() as group:
            for pair in pairs:
                group.start_soon(add, platform, pair)

    async def run(directory: Path) -> None:
        token = directory / "token.json"
        token.write_text('{"access_token": "x", "token_type": "Bearer", "expires_at": 9999999999}')
        settings = Settings(data_dir=directory, platform="cloud", api_url=url, token_file=token)
        async with connect(settings, SystemClock()) as connection:
            with measured_work():
                await work(connection.platform)

    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory:
        anyio.run(run, Path(directory))


def run_floor(kind: str, number: int, url: str) -> None:
    """Send the same requests without any other work."""
    import anyio
    import httpx2 as httpx
    from fake_platform import stored

    def post(path: str, body: Any) -> tuple[str, str, bytes]:
        return "POST", path, b"" if body is None else json.dumps(body).encode()

    def asset(pair: list[str]) -> dict[str, Any]:
        return {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": stored(url)} for url in pair]}

    def datapoint(at: int, pair: list[str]) -> dict[str, Any]:
        segments = [{"key": "asset", "kind": "Asset", "asset": asset(pair)}]
        return {"segments": segments, "sortIndex": at, "group": None, "privateMetadata": None}

    def example(pair: list[str]) -> dict[str, Any]:
        return {
            "asset": asset(pair),
            "payload": {"_t": "CompareExamplePayload", "criteria": QUESTION},
            "truth": {"_t": "CompareExampleTruth", "winnerId": stored(pair[0])},
            "randomCorrectProbability": 0.5,
            "explanation": None,
            "context": None,
            "featureFlags": None,
        }

    pairs = images(number)
    urls = [item for pair in pairs for item in pair]
    batches = [urls[at : at + BATCH] for at in range(0, len(urls), BATCH)]
    if kind == "examples":
        phases = [
            [post(f"/asset/url?url={item}", None) for item in urls],
            [post("/audience/aud_1/example", example(pair)) for pair in pairs],
        ]
    else:
        phases = [
            [post("/dataset", {"name": "Pairs_dataset", "schema": None})],
            [
                post("/asset/batch-upload", {"urls": batch, "correlationId": str(at)})
                for at, batch in enumerate(batches)
            ],
            [("GET", f"/asset/batch-upload/status?correlationId={at}", b"") for at in range(len(batches))],
            [("GET", f"/asset/batch-upload/bup_{at}", b"") for at in range(len(batches))],
            [post("/dataset/dst_1/datapoint", datapoint(at, pair)) for at, pair in enumerate(pairs)],
            [post("/job/definition", {"definitionName": "Pairs", "datasetId": "dst_1"})],
        ]

    async def work() -> None:
        limits = httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
        headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
        async with httpx.AsyncClient(base_url=url, limits=limits, headers=headers) as client:
            with measured_work():
                await send_all(client)

    async def send_all(client: httpx.AsyncClient) -> None:
        for phase in phases:
            remaining = iter(phase)

            async def send_some(remaining: Any = remaining) -> None:
                for method, path, body in remaining:
                    await client.request(method, path, content=body)

            async with anyio.create_task_group() as group:
                for _ in range(min(CONCURRENCY, len(phase))):
                    group.start_soon(send_some)

    anyio.run(work)


CLIENTS: dict[str, Callable[[str, int, str], None]] = {"floor": run_floor, "ours": run_ours, "sdk": run_sdk}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        CLIENTS[sys.argv[1]](sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        sys.exit(main())
