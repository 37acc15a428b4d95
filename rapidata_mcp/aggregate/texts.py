"""Texts that say the same, counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of control, format (zero-width, bidirectional), surrogate, private and unassigned characters."""
_ENDS = " .,;:!?…\"'`´“”„‚‘’«»()[]{}-–—"


class SaidText(NamedTuple):
    """A text in the form that most gave it, and how many gave it in any form."""

    text: str
    times: int


def cleaned(text: str) -> str:
    """What two texts have in common that say the same: letters without case and width, one space between words.

    Compatibility forms are made equal, invisible characters and marks at both ends are left out (Unicode Standard
    Annex 15, NFKC, and its default case folding).
    """
    visible = "".join(
        char
        for char in _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
        if unicodedata.category(char) not in _UNSEEN
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", visible.casefold())).strip(_ENDS)


def distinct_texts(texts: Iterable[str]) -> list[SaidText]:
    """Texts that differ in more than their form, the most frequent first, then in the order of their arrival.

    A text of nothing but marks and spaces stands for itself.
    """
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        forms.setdefault(cleaned(text) or text.strip(), Counter())[text] += 1
    counted = [SaidText(variants.most_common(1)[0][0], variants.total()) for variants in forms.values()]
    return sorted(counted, key=lambda entry: -entry.times)
