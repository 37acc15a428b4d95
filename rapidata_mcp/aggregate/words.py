"""Which words of a sentence labelers selected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from rapidata_mcp.aggregate.share import Share, wilson


def of_words(selections: Sequence[Collection[int]], words: int) -> list[Share]:
    """For each of `words` words the share of labelers who selected it, with its own 95 % interval (Wilson 1927).

    `selections` are the positions that each labeler selected; empty without labelers.
    """
    if not selections:
        return []
    counts = Counter(word for selected in selections for word in set(selected))
    return [wilson(counts[word] / len(selections), len(selections)) for word in range(words)]
