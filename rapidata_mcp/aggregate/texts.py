"""Counts of equivalent texts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of control, format (zero-width, bidirectional), surrogate, private and unassigned characters."""
_ENDS = " .,;:!?…\"'`´“”„‚‘’«»()[]{}-–—"


class TextCount(NamedTuple):
    """A text in its most frequent form, and the number of equivalent texts."""

    text: str
    times: int


def normalize(text: str) -> str:
    """Normalize case, width and spaces, and remove invisible characters, and punctuation at both ends.

    Source: Unicode Standard Annex 15, NFKC, and the default case folding of Unicode.
    """
    visible = "".join(
        char
        for char in _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
        if unicodedata.category(char) not in _INVISIBLE
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", visible.casefold())).strip(_ENDS)


def distinct_texts(texts: Iterable[str]) -> list[TextCount]:
    """Count the texts whose normalized forms differ, the most frequent first, then in the order of arrival.

    A text of punctuation and spaces alone is not normalized.
    """
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        forms.setdefault(normalize(text) or text.strip(), Counter())[text] += 1
    counts = [TextCount(variants.most_common(1)[0][0], variants.total()) for variants in forms.values()]
    return sorted(counts, key=lambda count: -count.times)
