"""A new audience to replace an audience that hardly anyone qualifies for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.aggregate.admission import MIN_EXAMPLES, AdmissionRule
from rapidata_mcp.calls import UNKNOWN, Argument, Call, NextStep
from rapidata_mcp.server.audiences.example_checks import is_failed
from rapidata_mcp.server.audiences.state import AudienceState
from rapidata_mcp.server.replies import count_of
from rapidata_mcp.tasks import TASK_TYPES, task_type_of_example

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example

BARS = (0.75, 0.7, 0.65, 0.6)
"""The bars to choose from: from the platform's default (contract B.2) down to one that half of all guessers pass."""
PASS_SHARE = 0.3
"""The share of labelers that should pass, if they do as well as the labelers so far."""


@dataclass(frozen=True)
class Replacement:
    """The examples to use again, and a bar that labelers can pass who do as well as the labelers so far.

    `left_out` are the examples that most labelers failed.
    """

    audience_id: str
    kept: list[Example]
    left_out: list[Example]
    target_accuracy: float
    min_tasks: int

    @classmethod
    def of(cls, state: AudienceState) -> Replacement:
        """Return the replacement of an audience. Of examples that repeat each other, it takes the first."""
        distinct = list({example.content: example for example in reversed(state.examples)}.values())[::-1]
        kept = [example for example in distinct if not is_failed(example)]
        left_out = [example for example in distinct if is_failed(example)]
        tasks = max(MIN_EXAMPLES, len(kept))
        rule = state.audience.admission
        bar = _bar(rule.target_accuracy if rule else 1.0, _share_right(kept), tasks)
        return cls(state.audience_id, kept, left_out, bar, tasks)

    def next_step(self, definition_id: str = "") -> NextStep:
        """Return the calls that make the audience and run a draft on it."""
        bar: dict[str, Argument] = {"target_accuracy": self.target_accuracy, "min_tasks": self.min_tasks}
        again = ", ".join(example.id for example in self.kept)
        failed = ", ".join(example.id for example in self.left_out)
        return NextStep(
            Call("create_audience", {"name": f"In place of {self.audience_id}", **bar}, "makes a new audience"),
            Call("get_audience", {"audience_id": self.audience_id}, f"shows the examples to add to it again: {again}")
            if again
            else "",
            *self._add_calls(),
            f"Leave out {failed}, which most labelers fail, or correct a wrong truth" if failed else "",
            Call(
                "assign_job",
                {"job_definition_id": definition_id or UNKNOWN, "audience_id": UNKNOWN},
                "runs the draft on the new audience and collects all responses again",
                lead="Then",
            ),
            "The lower bar lets more guessers pass, so ask the user first",
        )

    def _add_calls(self) -> list[Call]:
        """The calls that add the examples, one for each task type among them."""
        new = self.min_tasks - len(self.kept)
        parts = ["each of them" if self.kept else "", count_of(new, "new clear-cut example") if new else ""]
        examples = " and ".join(part for part in parts if part)
        tools = {task_type_of_example(example.payload).example_tool for example in (self.kept or self.left_out)}
        arguments: dict[str, Argument] = dict.fromkeys(("audience_id", "instruction", "datapoint", "truth"), UNKNOWN)
        if self.kept and all(example.is_text for example in self.kept):
            arguments["data_type"] = "text"
        return [
            Call(tool, arguments, f"adds {examples}", lead="or" if position else "")
            for position, tool in enumerate(sorted(tools or {TASK_TYPES[0].example_tool}))
        ]


def _share_right(examples: list[Example]) -> float:
    """The share of right answers to these examples; 1 without answers."""
    right = sum(example.correct_count for example in examples)
    wrong = sum(example.incorrect_count for example in examples)
    return right / (right + wrong) if right + wrong else 1.0


def _bar(current: float, share_right: float, tasks: int) -> float:
    """The highest bar that enough labelers pass, at most the current one; the lowest bar if there is none."""
    bars = [bar for bar in (current, *BARS) if bar <= min(current, BARS[0])] or [current]
    passable = (
        bar for bar in bars if AdmissionRule(bar, tasks, tasks).pass_probability(share_right, tasks) >= PASS_SHARE
    )
    return next(passable, bars[-1])
