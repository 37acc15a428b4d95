"""The shares of labelers who selected each word of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from rapidata_mcp.aggregate.share import Share, wilson


def word_shares(selections: Sequence[Collection[int]], words: int) -> list[Share]:
    """Return the share of labelers who selected each of `words` words, with its 95 % interval (Wilson 1927).

    `selections` are the positions that each labeler selected. Empty without labelers.
    """
    if not selections:
        return []
    counts = Counter(word for selection in selections for word in set(selection))
    return [wilson(counts[word] / len(selections), len(selections)) for word in range(words)]
