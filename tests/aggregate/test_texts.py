"""Texts that differ only in their form are one."""

from __future__ import annotations

import pytest

from rapidata_mcp.aggregate.texts import distinct_texts, normalize


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A cat", "  a   CAT. "),
        ("Straße", "STRASSE!"),
        ("ﬁne", "fine"),
        ("café", "cafe\u0301"),
        ("zero\u200bwidth", "zerowidth"),
        ("“quoted”", "quoted"),
        ("full width", "ｆｕｌｌ　ｗｉｄｔｈ"),
    ],
)
def test_forms_of_one_text(first: str, second: str) -> None:
    """Case, width, separate accents, spaces, marks at the ends and invisible characters make no difference."""
    assert normalize(first) == normalize(second)


def test_what_differs_stays_apart() -> None:
    """Another word, a number's sign within, and texts of nothing but marks."""
    assert normalize("1-2") != normalize("12")
    assert [entry.text for entry in distinct_texts(["?", "!", "?"])] == ["?", "!"]


def test_texts_are_counted_under_their_most_frequent_form() -> None:
    """The most frequent first, then as they came; empty ones stay, as one."""
    texts = distinct_texts(["dog", "Cat", "cat.", "Cat", "bird", "dog!", "", "  "])
    assert [(entry.text, entry.times) for entry in texts] == [("Cat", 3), ("dog", 2), ("", 2), ("bird", 1)]
