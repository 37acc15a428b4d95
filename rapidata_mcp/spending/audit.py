"""The audit log: one JSON line per write, without secrets."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread

from rapidata_mcp.clock import Clock


@dataclass(frozen=True)
class Entry:
    """A line of the log. `what` is a sentence on the outcome. The estimate is in US dollars."""

    at: str
    tool: str
    client: str
    outcome: str
    what: str
    ids: dict[str, str] = field(default_factory=dict)
    estimate_usd: float | None = None
    approved_by: str | None = None


class Audit:
    """The log of a server."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def now(self) -> str:
        """Return the time for an entry, in UTC."""
        return datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")

    async def record(self, entry: Entry) -> None:
        """Append a line. Lines of several processes do not mix.

        Raises:
            OSError: the log cannot be written.
        """
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        await anyio.to_thread.run_sync(self._append, line.encode())

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        log = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.lseek(log, 0, os.SEEK_END):
                os.lseek(log, -1, os.SEEK_END)
                if os.read(log, 1) != b"\n":  # the last line was cut off, perhaps by a full disk
                    line = b"\n" + line
            while line:
                line = line[os.write(log, line) :]
        finally:
            os.close(log)


def read(path: Path, last: int) -> list[Entry]:
    """Return the newest entries of a log, oldest first. Broken lines are skipped."""
    if not path.exists():
        return []
    entries = []
    lines = [line for line in path.read_bytes().split(b"\n") if line]  # splitlines would also split at U+2028 in a text
    for line in lines[-last:]:
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return entries
