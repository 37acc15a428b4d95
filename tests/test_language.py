"""The project uses the field's words: the words of its former private dialect do not come back."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
BANNED = (
    *(
        "told",
        "tell",
        "tells",
        "mend",
        "mends",
        "mended",
        "anew",
        "beside",
        "so many",
        "till",
        "desk",
        "slip",
        "sitting",
    ),
    *("standstill", "noted", "handed", "handout", "handouts", "patience", "whoever"),
)
"""Words of the field say the same: show, return, fix, again, spending gate, stall, checkpoint (see `GLOSSARY.md`)."""
SQL = re.compile(r"\bhandouts\b(?=\.c\b|,|\)| \(|$)|\"handouts\"|INTO handouts|handouts = |import .*\bhandouts\b")
"""A table that databases have under this name."""
FILES = [
    *(path for room in ("rapidata_mcp", "prompts", "benchmarks", "tests") for path in sorted((ROOT / room).rglob("*"))),
    *(
        ROOT / name
        for name in ("README.md", "CHANGELOG.md", "GLOSSARY.md", "ARCHITECTURE.md", "Makefile", "pyproject.toml")
    ),
    *sorted((ROOT / "docs").rglob("*.md")),
]
READ = [path for path in FILES if path.suffix in (".py", ".md", ".html", ".js", ".css", ".toml", "") and path.is_file()]


def test_no_word_of_the_private_dialect() -> None:
    """In code, comments, texts for assistants and people, and documents."""
    words = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {word[0]}"
        for path in READ
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for word in words.finditer(SQL.sub("", line))
    ]
    assert found == []
