"""What a rehearsal may script on purpose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    """Deviations from an ordinary crowd.

    `wrong_truths` are truths (URL or text) that careful labelers disagree with: as if the example had been marked the
    wrong way round.
    """

    wrong_truths: frozenset[str] = frozenset()
