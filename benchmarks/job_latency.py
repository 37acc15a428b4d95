"""The time of `get_job` over Streamable HTTP, with a platform that answers after 20 ms.

The baseline is a server of the bare MCP SDK whose tool sends one request to the same platform. `get_job` sends two
concurrent requests, for the job and for its progress.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import anyio
from fake_platform import fake_platform
from mcp import Client

WARM_UP = 10
ROUNDS = 100
MAX_RATIO = 1.4
BARE_SERVER = (str(Path(__file__).with_name("bare_http_server.py")),)
OUR_SERVER = ("-m", "rapidata_mcp", "http", "--port")


def main() -> int:
    """Measure, print the medians and their ratio, and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="rapidata-benchmark-") as directory, fake_platform() as (platform, _):
        token = Path(directory) / "token.json"
        token.write_text('{"access_token": "x", "token_type": "Bearer", "expires_at": 9999999999}')
        settings = {
            "RAPIDATA_MCP_DATA_DIR": directory,
            "RAPIDATA_MCP_PLATFORM": "cloud",
            "RAPIDATA_MCP_API_URL": platform,
            "RAPIDATA_TOKEN_FILE": str(token),
        }
        with serve(BARE_SERVER, settings) as (bare, _), serve(OUR_SERVER, settings) as (ours, _):
            bare_ms, our_ms = anyio.run(measure, f"{bare}/mcp", f"{ours}/mcp")
    ratio = our_ms / bare_ms
    print(f"A call over Streamable HTTP, with a platform that answers after 20 ms, median of {ROUNDS}:")
    print(f"  one request, bare SDK {bare_ms:8.1f} ms")
    print(f"  get_job               {our_ms:8.1f} ms")
    print(f"  ratio                 {ratio:8.2f}     (at most {MAX_RATIO:g})")
    return 0 if ratio <= MAX_RATIO else 1


@contextmanager
def serve(command: tuple[str, ...], settings: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Run a server in its own process, on a free port, which is added to the command. Yield its URL and process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)], env=os.environ | settings)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until a server listens on the port.

    Raises:
        TimeoutError: after 30 seconds.
    """
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")


async def measure(bare: str, ours: str) -> tuple[float, float]:
    """Return the median milliseconds of a call to each. The calls alternate, so that a busy moment affects both."""
    durations: tuple[list[float], list[float]] = ([], [])
    async with Client(bare) as bare_client, Client(ours) as our_client:
        calls: tuple[tuple[Client, str, dict[str, Any]], ...] = (
            (bare_client, "one_request", {}),
            (our_client, "get_job", {"job_id": "job_1"}),
        )
        for _ in range(WARM_UP + ROUNDS):
            for (client, tool, arguments), times in zip(calls, durations, strict=True):
                began = time.perf_counter()
                result = await client.call_tool(tool, arguments)
                times.append((time.perf_counter() - began) * 1000)
                if result.is_error:
                    raise RuntimeError(f"{tool} failed: {result.content}")
    return median(durations[0][WARM_UP:]), median(durations[1][WARM_UP:])


if __name__ == "__main__":
    sys.exit(main())
