"""The audit log: one JSON line per write, without secrets."""

from __future__ import annotations

import json
import os
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread

from rapidata_mcp.clock import Clock


@dataclass(frozen=True)
class Entry:
    """When, which tool, by which client, what happened, to what, at which estimate (dollars), and who approved it."""

    at: str
    tool: str
    client: str
    outcome: str
    what: str
    ids: dict[str, str] = field(default_factory=dict)
    estimate_usd: float | None = None
    approved_by: str | None = None


@dataclass
class Slip:
    """What a call has sent that may spend, whatever becomes of the call.

    Who approved it, its estimate in US dollars where it has one, and whether it is known to have taken effect.
    """

    approved_by: str | None = None
    estimate_usd: float | None = None
    done: bool = False


_slip: ContextVar[Slip] = ContextVar("slip")


def open_slip() -> Slip:
    """A new slip for a call, which `sent` and `done` fill in from wherever the call leads."""
    slip = Slip()
    _slip.set(slip)
    return slip


def sent(approved_by: str, estimate_usd: float | None = None) -> None:
    """Note that a request is about to be sent that may spend."""
    slip = _slip.get(Slip())
    slip.approved_by, slip.estimate_usd = approved_by, estimate_usd


def done() -> None:
    """Note that what this call sent took effect, if it sent anything."""
    slip = _slip.get(Slip())
    slip.done = slip.approved_by is not None


class Audit:
    """Appends to the log."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def now(self) -> str:
        """The time of an entry."""
        return datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")

    async def record(self, entry: Entry) -> None:
        """Write one line; lines of several processes do not mix.

        Raises:
            OSError: when the log cannot be written.
        """
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        await anyio.to_thread.run_sync(self._append, line.encode())

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        log = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.lseek(log, 0, os.SEEK_END):
                os.lseek(log, -1, os.SEEK_END)
                if os.read(log, 1) != b"\n":  # a line was cut off, by a full disk perhaps: this one stands alone
                    line = b"\n" + line
            while line:
                line = line[os.write(log, line) :]
        finally:
            os.close(log)


def read(path: Path, last: int) -> list[Entry]:
    """The newest entries of a log, oldest first; a line that is not one is passed over."""
    if not path.exists():
        return []
    entries = []
    lines = [line for line in path.read_bytes().split(b"\n") if line]  # texts in it may hold other ends of lines
    for line in lines[-last:]:
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return entries
