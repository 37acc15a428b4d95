"""Admission to an audience, and the probability of passing by random clicks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

Decision = Literal["graduated", "dropped", "undecided"]
MIN_EXAMPLES = 3
"""Examples that the platform requires for recruiting (contract C.6)."""


@dataclass(frozen=True)
class AdmissionRule:
    """The TaskAccuracy rule of the platform (contract B.2).

    A candidate graduates with an accuracy of `target_accuracy` (0 to 1) in at least `min_tasks` answers. A candidate is
    dropped after `max_tasks` answers, or with an accuracy below `drop_score` after `drop_min_responses` answers, or if
    no example is left after `min_tasks` answers. With fewer answers, because examples were removed, the candidate could
    still graduate.
    """

    target_accuracy: float = 0.75
    min_tasks: int = 10
    max_tasks: int | None = None
    drop_score: float = 0.2
    drop_min_responses: int = 3

    def decide(self, answered: int, correct: int, left: int) -> Decision:
        """Decide about a candidate with `answered` answers, `correct` of them right, and `left` unanswered examples."""
        accuracy = correct / answered if answered else 0.0
        if answered >= self.min_tasks and accuracy >= self.target_accuracy - 1e-9:
            return "graduated"
        exhausted = left == 0 and answered >= self.min_tasks
        enough = self.max_tasks is not None and answered >= self.max_tasks
        hopeless = answered >= self.drop_min_responses and accuracy < self.drop_score
        return "dropped" if exhausted or enough or hopeless else "undecided"

    @property
    def min_correct(self) -> int:
        """The number of right answers among the first `min_tasks` with which a candidate graduates at once."""
        return ceil(self.target_accuracy * self.min_tasks - 1e-9)

    def pass_probability(self, guess: float, examples: int) -> float:
        """Return the exact probability to graduate, with probability `guess` of a right answer to each example.

        It sums over all sequences of answers, because a rule without `max_tasks` can be passed late.
        """
        passed, reached = 0.0, {0: 1.0}  # right answers -> probability of being undecided with them
        for answered in range(1, examples + 1):
            following: dict[int, float] = {}
            for correct, probability in reached.items():
                for right, share in ((1, guess), (0, 1 - guess)):
                    following[correct + right] = following.get(correct + right, 0.0) + probability * share
            reached = {}
            for correct, probability in following.items():
                decision = self.decide(answered, correct, examples - answered)
                if decision == "graduated":
                    passed += probability
                elif decision == "undecided":
                    reached[correct] = probability
        return passed
