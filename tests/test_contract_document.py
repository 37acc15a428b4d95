"""References to the contract lead somewhere: `docs/contract.md` has every section that code and tests name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECTION = r"[A-M]\.[0-9]{1,2}"
REFERENCE = re.compile(
    rf"\bcontract ((?:{SECTION}|[A-M]\b)(?:(?:, | and |,)(?:{SECTION}))*)|\(({SECTION}(?:, {SECTION})*)\)"
)


def sections() -> dict[str, str]:
    """The text under each heading, by the heading's letter or number."""
    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    parts = re.split(rf"^##+ ({SECTION}|[A-M])\.? ", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_referenced_section_exists() -> None:
    """In the package, the tests, and the benchmarks."""
    known = sections()
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in ("rapidata_mcp", "tests", "benchmarks")
        for path in (ROOT / room).rglob("*.py")
        for found in REFERENCE.finditer(path.read_text(encoding="utf-8"))
        for name in re.findall(rf"{SECTION}|\b[A-M]\b", found[1] or found[2])
        if name not in known
    }
    assert missing == set()


def test_no_section_is_empty() -> None:
    """A heading is followed by text, or by the sections in it."""
    known = sections()
    parents = {name.split(".")[0] for name in known if "." in name}
    assert [
        name for name, text in known.items() if name not in parents and len(text.split("\n", 1)[-1].strip()) < 40
    ] == []
