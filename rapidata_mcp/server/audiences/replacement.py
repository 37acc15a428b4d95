"""The audience that is made in place of one whose examples hardly anyone passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.aggregate.admission import FEWEST_EXAMPLES, AdmissionRule
from rapidata_mcp.server.audiences.problems import is_failed
from rapidata_mcp.tasks import type_examining

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example
    from rapidata_mcp.server.audiences.reading import ReadAudience

BARS = (0.75, 0.7, 0.65, 0.6)
"""Bars to choose from: from that of the platform (contract B.2) down to one that a guesser passes half of the time."""
ENOUGH_PASS = 0.3
"""Share of labelers that should pass, if each is right as often as those were who came."""


@dataclass(frozen=True)
class Replacement:
    """What to make anew: the examples that hold, and a bar that labelers pass who are right on them as often as so far.

    `left_out` are the examples that most labelers failed.
    """

    audience_id: str
    kept: list[Example]
    left_out: list[Example]
    target_accuracy: float
    min_tasks: int

    @classmethod
    def of(cls, read: ReadAudience) -> Replacement:
        """The replacement of an audience, by how labelers did on its examples; repeats are made once."""
        different = list({example.content: example for example in reversed(read.examples)}.values())[::-1]
        kept = [example for example in different if not is_failed(example)]
        right, wrong = sum(one.correct_count for one in kept), sum(one.incorrect_count for one in kept)
        tasks = max(FEWEST_EXAMPLES, len(kept))
        share = right / (right + wrong) if right + wrong else 1.0
        before = read.audience.admission.target_accuracy if read.audience.admission else 1.0
        bars = [bar for bar in (before, *BARS) if bar <= min(before, BARS[0])] or [before]
        passed = (bar for bar in bars if AdmissionRule(bar, tasks, tasks).pass_probability(share, tasks) >= ENOUGH_PASS)
        left_out = [example for example in different if is_failed(example)]
        return cls(read.audience.id, kept, left_out, next(passed, bars[-1]), tasks)

    def steps(self, definition_id: str = "") -> str:
        """The calls that make it, and run a draft on it."""
        make = (
            f"create_audience(name='In place of {self.audience_id}', target_accuracy={self.target_accuracy:g}, "
            f"min_tasks={self.min_tasks})"
        )
        draft = f"job_definition_id='{definition_id}'" if definition_id else "job_definition_id"
        return (
            f"{make}; {self._examples()}; then assign_job({draft}, audience_id) with the new audience, which collects "
            "all responses anew. Its lower bar lets more guessers pass, which is the user's to decide."
        )

    def _examples(self) -> str:
        """Which examples to add to it."""
        new, kept = self.min_tasks - len(self.kept), ", ".join(one.id for one in self.kept)
        parts = [
            f"{kept} again, as get_audience(audience_id='{self.audience_id}') shows them" if kept else "",
            f"{new} new clear-cut {'one' if new == 1 else 'ones'}" if new else "",
        ]
        kinds = {type_examining(one.payload).slug for one in (self.kept or self.left_out)} or {"compare"}
        texts = all(one.is_text for one in self.kept)
        how = ", with the instruction there" + (" and data_type='text'" if texts else "") if kept else ""
        tools = " or ".join(f"add_{kind}_example" for kind in sorted(kinds))
        failed = ", ".join(one.id for one in self.left_out)
        without = f" (without {failed}, or with their truth corrected if it is wrong)" if failed else ""
        return f"{tools} for {' and '.join(part for part in parts if part)}{how}{without}"
