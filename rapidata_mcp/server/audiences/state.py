"""The state of an audience, which advice, problems and replies are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.server.replies import clean
from rapidata_mcp.tasks import TASK_TYPES, task_type_of_example

if TYPE_CHECKING:
    from rapidata_mcp.models.audiences import Audience, RecruitingMetrics
    from rapidata_mcp.models.examples import Example
    from rapidata_mcp.tasks.task import TaskType

GUESS = 0.5
"""The chance of guessing an example right if the platform does not report one: that of two options."""


@dataclass(frozen=True)
class AudienceState:
    """An audience with its recruiting funnel and its examples, as the platform returned them.

    `base` is the audience that a filtered audience is a part of; None if it was deleted.
    """

    audience: Audience
    metrics: RecruitingMetrics
    examples: list[Example]
    base: Audience | None = None

    @property
    def audience_id(self) -> str:
        """The id of the audience."""
        return self.audience.id

    @property
    def name(self) -> str:
        """The name for people. A filtered audience has the name of its base, so "filtered" is appended."""
        name = clean(self.audience.name)
        return f"{name}, filtered" if self.audience.kind == "filtered" else name

    @property
    def task_type(self) -> TaskType:
        """The task type of the newest example; without examples, the first task type."""
        return task_type_of_example(self.examples[-1].payload) if self.examples else TASK_TYPES[0]

    @property
    def graduated(self) -> int:
        """Labelers who qualified."""
        return self.metrics.count("Graduated")

    @property
    def qualifying(self) -> int:
        """Labelers who are answering examples."""
        return self.metrics.count("Distilling")

    @property
    def dropped(self) -> int:
        """Labelers who failed to qualify."""
        return self.metrics.count("Dropped")

    @property
    def guess_chance(self) -> float | None:
        """The chance that a labeler who clicks at random qualifies, by the mean chance of the examples."""
        rule = self.audience.admission
        known = [example.random_correct_probability for example in self.examples]
        guesses = [GUESS if guess is None else guess for guess in known] or [GUESS]
        examples = max(len(self.examples), rule.min_tasks) if rule else 0
        return None if rule is None else rule.pass_probability(sum(guesses) / len(guesses), examples)

    @property
    def distinct_examples(self) -> int:
        """The number of different examples. Examples that contradict each other count as one."""
        contents = [example.content for example in self.examples]
        return len({(question, items, context) for question, items, _, context in contents})

    @property
    def missing_examples(self) -> int:
        """The number of examples to add before recruiting can start."""
        return max(0, self.audience.examples_needed - len(self.examples)) if self.audience.kind == "custom" else 0


def odds(chance: float) -> str:
    """A probability for people, such as "1 in 8"."""
    return f"1 in {1 / chance:,.0f}" if chance > 0 else "none"
