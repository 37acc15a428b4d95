"""A minimal MCP client over stdio, with the standard library only.

The SDK's client takes longer to start than the servers that are measured, and adds noise to every call.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

PROTOCOL = "2025-11-25"
DEADLINE_S = 30.0
"""Seconds for an answer."""
EXIT_TIMEOUT_S = 5.0
"""Seconds in which a server has to exit after its input is closed."""

OUR_SERVER = ("-m", "rapidata_mcp")
BARE_SERVER = (str(Path(__file__).with_name("bare_server.py")),)


class StdioPeer:
    """A server in its own process, and the pipes to it. Use it as a context manager."""

    def __init__(self, arguments: Sequence[str], directory: Path) -> None:
        self._arguments = [sys.executable, *arguments]
        # The user's settings must not affect the measurement. Nor must missing bytecode: an installed package is
        # compiled, so the first start compiles into a cache for the later ones.
        self._environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("RAPIDATA_MCP_") and key != "PYTHONDONTWRITEBYTECODE"
        } | {
            "PYTHONPYCACHEPREFIX": str(directory / "bytecode"),
            "RAPIDATA_MCP_DATA_DIR": str(directory / "data"),
            "RAPIDATA_MCP_PLATFORM": "local",
        }
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._last_id = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> StdioPeer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process without waiting for it. It shares the standard error."""
        self._process = subprocess.Popen(
            self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment
        )
        threading.Thread(target=self._read_lines, daemon=True).start()

    def initialize(self) -> None:
        """Open a session with the handshake."""
        client = {"name": "benchmark", "version": "1"}
        self.request("initialize", {"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": client})
        self.notify("notifications/initialized")

    def request(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a request and wait for its result.

        Raises:
            TimeoutError: if no answer comes within the deadline.
            RuntimeError: if the answer is an error, or the server exited.
        """
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params or {}})
        until = time.monotonic() + DEADLINE_S
        while True:
            message = self._receive(until, method)
            if message.get("id") == self._last_id and "method" not in message:
                break
        if "result" not in message:
            raise RuntimeError(f"{method} failed: {message.get('error')}")
        result: dict[str, Any] = message["result"]
        return result

    def notify(self, method: str) -> None:
        """Send a notification, which has no answer."""
        self._send({"method": method})

    def call(self, tool: str, arguments: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call a tool and return its structured content.

        Raises:
            TimeoutError: if no answer comes within the deadline.
            RuntimeError: if the tool fails.
        """
        result = self.request("tools/call", {"name": tool, "arguments": arguments or {}})
        if result.get("isError"):
            raise RuntimeError(f"{tool} failed: {result.get('content')}")
        content: dict[str, Any] = result.get("structuredContent", {})
        return content

    def close(self) -> None:
        """Close the server's input, and kill the server if it does not exit."""
        if self._process is None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(EXIT_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        if self._process is None or self._process.stdin is None:
            raise RuntimeError("the server has not been started")
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message).encode() + b"\n")
        self._process.stdin.flush()

    def _receive(self, until: float, method: str) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise TimeoutError(f"{method} was not answered within {DEADLINE_S:g} seconds") from None
        if not line:
            raise RuntimeError(f"the server ended before it answered {method}")
        message: dict[str, Any] = json.loads(line)
        return message

    def _read_lines(self) -> None:
        # In a thread, because a read from a pipe has no timeout. An empty line marks the end.
        if self._process is not None and self._process.stdout is not None:
            with self._process.stdout as output:
                for line in output:
                    self._lines.put(line)
        self._lines.put(b"")
