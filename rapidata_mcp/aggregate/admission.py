"""Who qualifies for an audience, and how likely that is for someone who clicks at random."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

Verdict = Literal["graduated", "dropped", "undecided"]
FEWEST_EXAMPLES = 3
"""The platform's floor for recruiting (contract C.6)."""


@dataclass(frozen=True)
class AdmissionRule:
    """The TaskAccuracy rule of the platform (contract B.2).

    A candidate graduates as soon as at least `min_tasks` examples are answered with an accuracy of `target_accuracy`
    (0 to 1), and leaves after `max_tasks` answers, below `drop_score` after `drop_min_responses` answers, or when no
    example is left after `min_tasks` answers: who had fewer, because examples were removed, could still graduate.
    """

    target_accuracy: float = 0.75
    min_tasks: int = 10
    max_tasks: int | None = None
    drop_score: float = 0.2
    drop_min_responses: int = 3

    def verdict(self, answered: int, correct: int, left: int) -> Verdict:
        """What the rule says after an answer: `answered` were given, `correct` of them right, `left` could follow."""
        accuracy = correct / answered if answered else 0.0
        if answered >= self.min_tasks and accuracy >= self.target_accuracy - 1e-9:
            return "graduated"
        exhausted = left == 0 and answered >= self.min_tasks
        enough = self.max_tasks is not None and answered >= self.max_tasks
        hopeless = answered >= self.drop_min_responses and accuracy < self.drop_score
        return "dropped" if exhausted or enough or hopeless else "undecided"

    @property
    def fewest_right(self) -> int:
        """Right answers among the first `min_tasks` with which a candidate graduates at once."""
        return ceil(self.target_accuracy * self.min_tasks - 1e-9)

    def pass_probability(self, guess: float, examples: int) -> float:
        """The exact probability that someone who is right with probability `guess` on each example graduates.

        Counted over all ways through the rule, answer by answer, because a rule without a cap may be passed late.
        """
        passed, reached = 0.0, {0: 1.0}  # number of right answers -> probability of still being undecided there
        for answered in range(1, examples + 1):
            following: dict[int, float] = {}
            for correct, probability in reached.items():
                for right, share in ((1, guess), (0, 1 - guess)):
                    following[correct + right] = following.get(correct + right, 0.0) + probability * share
            reached = {}
            for correct, probability in following.items():
                verdict = self.verdict(answered, correct, examples - answered)
                if verdict == "graduated":
                    passed += probability
                elif verdict == "undecided":
                    reached[correct] = probability
        return passed
