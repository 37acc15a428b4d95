"""The audit log keeps its lines apart, whatever texts they hold and however an earlier line ended."""

from __future__ import annotations

from pathlib import Path

from rapidata_mcp.spending.audit import Audit, Entry, read
from tests.assistant import MovingClock


def entry(what: str) -> Entry:
    return Entry(at="2027-01-15", tool="create_audience", client="test", outcome="done", what=what)


async def test_line_breaks_in_texts_end_no_line(tmp_path: Path, clock: MovingClock) -> None:
    """Not even characters that only some programs treat as the end of a line."""
    path = tmp_path / "audit.jsonl"
    entries = [entry(f"one{end}two") for end in ("\n", "\u2028", "\u2029", "\x85", "\x0c")]
    for line in entries:
        await Audit(path, clock).record(line)
    assert read(path, 50) == entries
    assert read(path, 2) == entries[-2:]


async def test_a_line_that_was_cut_off_breaks_no_other_line(tmp_path: Path, clock: MovingClock) -> None:
    """A full disk cuts a line off in the middle of a character. The log stays readable and writable."""
    path = tmp_path / "audit.jsonl"
    log = Audit(path, clock)
    await log.record(entry("before"))
    await log.record(entry("cut off: ü"))
    path.write_bytes(path.read_bytes().partition("ü".encode())[0] + "ü".encode()[:1])
    assert read(path, 50) == [entry("before")]
    await log.record(entry("after"))
    assert read(path, 50) == [entry("before"), entry("after")]
