"""The interface of a task type: its questions, answers and results, for the platform and for its clients.

A task type has one file in this room, a page fragment, and a line in `__init__`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.results import ReadableTask, Unit
from rapidata_mcp.tasks.settings import TaskSetting
from rapidata_mcp.wire import RapidModel, WireModel


@dataclass(frozen=True)
class Question:
    """A question to a labeler, about a datapoint of a job or a qualification example.

    `items` are texts, or the URLs of media, from their author. `names` are the names of the same items in truths. A
    labeler chooses one of `options`, or some of `words`; either is empty if the task type has none. `settings` are
    feature flags (contract F.6).
    """

    instruction: str
    items: tuple[str, ...]
    names: tuple[str, ...]
    options: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    context: str | None = None
    media_context: tuple[str, ...] = ()
    settings: Mapping[str, str] | None = None

    @property
    def in_order(self) -> bool:
        """Whether every labeler sees the options in their order."""
        return "no_shuffle" in (self.settings or {})

    @property
    def shuffled(self) -> int:
        """The number of options, from the first, that are shuffled: all, or only the items if items are options."""
        items = len(self.items)
        return items if self.options[:items] == self.items else len(self.options)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a labeler: the position of an option (0 without options), and a value.

    `value` is JSON: a text, points, lines, or positions of words; None if the choice is the whole answer.
    """

    choice: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Vote:
    """The answer of one labeler to one datapoint, with the details of the labeler."""

    choice: int
    user_score: float
    country: str
    language: str
    age: str
    gender: str
    occupation: str
    simulated: bool
    value: Any = None

    def details(self) -> dict[str, Any]:
        """Return the details of the labeler in the platform's results format (contract H.2)."""
        return {
            "country": self.country,
            "language": self.language,
            "userScores": {"global": round(self.user_score, 4)},
            "demographics": {"age": self.age, "gender": self.gender, "occupation": self.occupation},
            "simulated": self.simulated,
        }


@dataclass(frozen=True)
class ResultItem:
    """An item in results: its key, its URL (None for texts), and the name that its author gave it."""

    key: str
    url: str | None
    source: str


@dataclass(frozen=True)
class DatapointVotes:
    """A datapoint with its votes, from which its result is made."""

    question: Question
    items: Sequence[ResultItem]
    votes: Sequence[Vote]
    private_metadata: Mapping[str, str] | None = None
    spec: Any = None

    def entry(self, members: Mapping[str, Any], answer: Callable[[Vote], Mapping[str, Any]]) -> dict[str, Any]:
        """Assemble the entry in the results: these members, and those that every task type has (contract H.2, H.4).

        `answer` returns the members of a single response that hold its answer.
        """
        first, *others = self.items
        entry: dict[str, Any] = {} if others else {"identifier": first.source}
        if first.url is not None and not others:
            entry |= {"originalFileName": first.key, "assetUrl": first.url}
        entry |= members
        entry["detailedResults"] = [{**answer(vote), "userDetails": vote.details()} for vote in self.votes]
        if first.url is not None and others:
            entry["assetUrls"] = {item.key: item.url for item in self.items}
        if self.question.context is not None:
            entry["context"] = self.question.context
        if self.private_metadata:
            entry["privateMetadata"] = self.private_metadata
        return entry


class TaskType(ReadableTask):
    """A kind of question to labelers: its models on the wire, its answers, and its results.

    The `spec` of a question is its form on the wire: a rapid, a workflow, or the payload of a qualification example.
    """

    rapid: ClassVar[type[RapidModel] | None] = None
    """The spec of a definition that shows one datapoint at a time (contract F.3), or None."""
    workflow: ClassVar[type[WireModel] | None] = None
    """The spec of a definition with a workflow of its own (contract F.2), or None. A task type has one of the two."""
    answers_datapoints: ClassVar[bool] = True
    """Whether labelers answer each datapoint. Otherwise they answer pairs that the platform makes of datapoints."""
    items_per_datapoint: ClassVar[int] = 1
    own_settings: ClassVar[Mapping[str, TaskSetting]] = {}
    """The settings that apply to this task type but not to all, by name."""
    stops_early: ClassVar[bool] = False
    """Whether responses can stop early by confidence or quorum (contract F.4)."""

    @property
    def unit(self) -> Unit:
        """The name of one thing that a labeler answers."""
        return self.results_unit if self.answers_datapoints else "pair"

    @abstractmethod
    def instruction(self, spec: Any) -> str:
        """Return the instruction that labelers see."""

    @abstractmethod
    def question(
        self, spec: Any, datapoint: Datapoint, names: Sequence[str], settings: Mapping[str, str] | None = None
    ) -> Question:
        """Return the question about a datapoint.

        Raises:
            ValueError: if the datapoint lacks a part that the question needs.
        """

    @abstractmethod
    def read_answer(self, posted: object, question: Question) -> Answer:
        """Validate an answer from the JSON that the labeling page posts. Every stored answer of a page passes here.

        Raises:
            ValueError: if the question does not allow the answer.
        """

    def limits(self, question: Question) -> tuple[int, int] | None:
        """Return the minimum and maximum of points, lines, words or characters; None if the answer is a choice."""
        return None

    @abstractmethod
    def simulate_answer(self, random: Random, skill: float, question: Question, truth: Any = None) -> Answer:
        """Return the answer of a simulated labeler, who is careful with probability `skill` and guesses otherwise.

        A careful labeler finds the `truth` of an example. Without a truth, the answer depends only on the question,
        with some variation between labelers.
        """

    @abstractmethod
    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return the entry of one datapoint in the platform's results format (contract H)."""

    @abstractmethod
    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return a single response in the platform's format, without its `rapidId` (contract G.9)."""

    @abstractmethod
    def summary(self, results: Sequence[dict[str, Any]], spec: Any) -> dict[str, Any]:
        """Return the summary of all datapoints in the platform's results format (contract H)."""


class TaskTypeWithExamples(TaskType):
    """A task type with qualification examples: questions with a known answer."""

    payload: ClassVar[type[WireModel]]
    """The question of a qualification example (contract C.3)."""
    truth: ClassVar[type[WireModel]]
    """The truth of a qualification example (contract C.3)."""

    @abstractmethod
    def is_right(self, answer: Answer, truth: Any, question: Question) -> bool:
        """Whether an answer meets the truth."""

    @abstractmethod
    def describe_truth(self, truth: Any, question: Question) -> str:
        """Return the truth as text, such as the better item.

        Raises:
            ValueError: if it is not an answer to the question.
        """


def question_about(
    instruction: str,
    datapoint: Datapoint,
    names: Sequence[str],
    settings: Mapping[str, str] | None,
    *,
    options: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> Question:
    """Return the question about a datapoint. `names` are the platform's names of its items."""
    return Question(
        instruction=instruction,
        items=datapoint.items,
        names=tuple(names),
        options=options,
        words=words,
        context=datapoint.context,
        media_context=datapoint.media_context,
        settings=settings,
    )


def read_member(posted: object, member: str) -> Any:
    """Return a member of a posted JSON object. Raises ValueError if it is missing."""
    if not isinstance(posted, dict) or member not in posted:
        raise ValueError(f"An answer needs a member '{member}'.")
    return posted[member]


def read_choice(posted: object, question: Question) -> Answer:
    """Read an answer that is the position of an option. Raises ValueError on anything else."""
    choice = read_member(posted, "choice")
    if type(choice) is not int or not 0 <= choice < len(question.options):
        raise ValueError(f"A choice is a whole number from 0 to {len(question.options) - 1}.")
    return Answer(choice)


def by_key(keys: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """Return numbers by their keys, rounded as results round them (contract H.2)."""
    return {key: round(value, 4) for key, value in zip(keys, values, strict=True)}
