"""The audit log keeps its lines whatever they hold, and whatever became of an earlier one."""

from __future__ import annotations

from pathlib import Path

from rapidata_mcp.spending.audit import Audit, Entry, read
from tests.assistant import MovingClock


def entry(what: str) -> Entry:
    return Entry(at="2027-01-15", tool="create_audience", client="test", outcome="done", what=what)


async def test_ends_of_lines_in_texts_end_no_line(tmp_path: Path, clock: MovingClock) -> None:
    """Also those that only some programs take for one."""
    path = tmp_path / "audit.jsonl"
    entries = [entry(f"one{end}two") for end in ("\n", "\u2028", "\u2029", "\x85", "\x0c")]
    for one in entries:
        await Audit(path, clock).record(one)
    assert read(path, 50) == entries
    assert read(path, 2) == entries[-2:]


async def test_a_line_that_was_cut_off_costs_no_other(tmp_path: Path, clock: MovingClock) -> None:
    """In the middle of a character, as a full disk does it; the log can be read, and written further."""
    path = tmp_path / "audit.jsonl"
    log = Audit(path, clock)
    await log.record(entry("before"))
    await log.record(entry("cut off: ü"))
    path.write_bytes(path.read_bytes().partition("ü".encode())[0] + "ü".encode()[:1])
    assert read(path, 50) == [entry("before")]
    await log.record(entry("after"))
    assert read(path, 50) == [entry("before"), entry("after")]
