"""Pairs in results: they have two sides, either can win, and counts are enough to judge them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.task import TaskType
from rapidata_mcp.tasks.verdicts import Side

Winner = Literal["a", "b", "tie", "none"]
Choice = Literal["a", "b", "both", "neither"]
CHOICES: tuple[Choice, ...] = ("a", "b", "both", "neither")


class PairTaskType(TaskType):
    """A task type whose outcomes follow from counts: the number of labelers who chose each item.

    So a large job is read as counts: from the platform's grid of cards (contract G.9), or from the local database.
    """

    results_unit = "pair"
    selections = ("all", "undecided", "flipped", "lost_by_a")
    card_payload: ClassVar[str]
    """The type of the question on a card."""
    card_aggregation: ClassVar[str]
    """The type of the counts on a card."""

    def side(self, outcome: Outcome, answer: str, leader: str | None) -> Side | None:
        """Return the item that was chosen, if it was one."""
        choice = choice_of(outcome, answer)
        return choice if choice in ("a", "b") else None

    @abstractmethod
    def extra_answers(self, settings: Mapping[str, str]) -> tuple[str, ...]:
        """Return the answers that the settings add to the two items."""

    @abstractmethod
    def side_names(self, spec: Any) -> tuple[str, str] | None:
        """Return the names that the author gave to the sides of all pairs, such as two models."""

    @abstractmethod
    def outcome_of_counts(
        self, position: int, items: tuple[str, str], context: str, votes: Sequence[int], scores: Sequence[float]
    ) -> Outcome:
        """Make the outcome of a pair from votes and user scores: for the first item, the second, both, neither."""

    @abstractmethod
    def read_card(
        self, position: int, card: Mapping[str, Any], *, people_only: bool = False, whole: bool = False
    ) -> Outcome:
        """Read the outcome of a pair from its card, with the single responses that the card has.

        Texts are shortened and the card is not kept, unless it is read as a `whole`.

        Raises:
            BadAnswer: if responses are not counted, or not by item. Then only the results document helps.
        """


def winner_of(outcome: Outcome, place: int | None) -> Winner:
    """Return the side that wins a pair, given the place of the answer that leads."""
    if place is not None:
        return "a" if place == 0 else "b"
    return "tie" if outcome.total else "none"


def choice_of(outcome: Outcome, answer: str) -> Choice:
    """Return the choice that an answer to a pair stands for."""
    return CHOICES[outcome.names.index(answer)] if answer in outcome.names else "neither"


def votes_of(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return the votes of a pair: for the first item, the second item, both, and neither."""
    a, b, both, neither = (*outcome.counts.votes, 0, 0)[:4]
    return a, b, both, neither


def short_names(outcome: Outcome) -> tuple[str, str]:
    """Return the names of both items; a URL is shortened to its last part unless that is the same for both."""
    a, b = (
        name.rstrip("/").rsplit("/", 1)[-1] if name.startswith(("http://", "https://")) else name
        for name in outcome.names[:2]
    )
    return (a, b) if a != b else (outcome.names[0], outcome.names[1])
