"""What every task type offers. A task type is one file beside this one, its page fragment, and one line in `__init__`.

What labelers see, what they answer and what becomes of it is said here once, for the platform and for its clients.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.results import ReadableTask
from rapidata_mcp.wire import WireModel


@dataclass(frozen=True)
class Question:
    """What a labeler is asked: a datapoint of a job, or a qualification example.

    `items` are texts, or the URLs of media, as their author gave them; `names` are those by which truths know the same
    items. Among `options` one is chosen (none: the task has no options), of `words` some are. `settings` are feature
    flags (contract F.6).
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
        """Whether the options are shown in their order, to everyone."""
        return "no_shuffle" in (self.settings or {})

    @property
    def shuffled(self) -> int:
        """How many of the options, from the first, change places: all, or the items where these are options."""
        items = len(self.items)
        return items if self.options[:items] == self.items else len(self.options)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a labeler answered: the position of an option (0 where there are none), and what is more than a choice.

    `value` is JSON: a text, points, lines, positions of words; None where the choice says everything.
    """

    choice: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One labeler's answer to one datapoint, and who gave it."""

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
        """Who answered, in the platform's results format (contract H.2)."""
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
    """A datapoint with its votes, from which its result is made; `spec` is the rapid or workflow behind it."""

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
    """One kind of question to people, with its shapes on the wire and its meaning."""

    rapid: ClassVar[type[WireModel] | None] = None
    """What a definition asks, one datapoint at a time (contract F.3); None where the type has a workflow instead."""
    workflow: ClassVar[type[WireModel] | None] = None
    """What a definition asks that works through its datapoints in a way of its own (contract F.2)."""
    answers_datapoints: ClassVar[bool] = True
    """Whether labelers answer each datapoint, and not pairs that the platform makes of them."""
    items_per_datapoint: ClassVar[int] = 1
    stops_early: ClassVar[bool] = False
    """Whether responses can stop early by confidence or quorum (contract F.4)."""

    @abstractmethod
    def instruction(self, spec: Any) -> str:
        """The question that labelers see, of a rapid, a workflow or an example's payload."""

    @abstractmethod
    def question(
        self, spec: Any, datapoint: Datapoint, names: Sequence[str], settings: Mapping[str, str] | None = None
    ) -> Question:
        """What is asked about a datapoint by a rapid, a workflow or an example's payload.

        Raises:
            ValueError: where the datapoint does not have what the task needs.
        """

    @abstractmethod
    def read_answer(self, posted: object, question: Question) -> Answer:
        """An answer from the JSON that the labeling page posts; the only way from there into the store.

        Raises:
            ValueError: on one that the question does not allow.
        """

    def limits(self, question: Question) -> tuple[int, int] | None:
        """The fewest and the most parts of an answer that has several, such as points or characters; None for one."""
        return None

    @abstractmethod
    def simulate_answer(self, random: Random, skill: float, question: Question, truth: Any = None) -> Answer:
        """What a simulated labeler answers who looks closely with probability `skill`, and guesses otherwise.

        A close look finds the `truth` of an example; without one it finds a fixed function of the question.
        """

    @abstractmethod
    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """The entry of one datapoint in the platform's results format (contract H)."""

    @abstractmethod
    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """One response by itself, as the platform tells it, but for its `rapidId` (contract G.9)."""

    @abstractmethod
    def summary(self, results: Sequence[dict[str, Any]], spec: Any) -> dict[str, Any]:
        """The summary over all datapoints in the platform's results format (contract H)."""


class TaskTypeWithExamples(TaskType):
    """A task type for which labelers can be examined by questions with a known answer."""

    payload: ClassVar[type[WireModel]]
    """The question of a qualification example (contract C.3)."""
    truth: ClassVar[type[WireModel]]
    """Its right answer."""

    @abstractmethod
    def is_right(self, answer: Answer, truth: Any, question: Question) -> bool:
        """Whether an answer agrees with the truth."""

    @abstractmethod
    def describe_truth(self, truth: Any, question: Question) -> str:
        """The truth in words, such as the right item.

        Raises:
            ValueError: where it is not an answer to the question.
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
    """The question about a datapoint, whose items the platform knows by these names."""
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
    """A member of a posted JSON object. Raises ValueError where it is not there."""
    if not isinstance(posted, dict) or member not in posted:
        raise ValueError(f"An answer needs a member '{member}'.")
    return posted[member]


def read_choice(posted: object, question: Question) -> Answer:
    """An answer that is one of the options, by its position. Raises ValueError on any other."""
    choice = read_member(posted, "choice")
    if type(choice) is not int or not 0 <= choice < len(question.options):
        raise ValueError(f"A choice is a whole number from 0 to {len(question.options) - 1}.")
    return Answer(choice)


def by_key(keys: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """Numbers under their keys, as results round them (contract H.2)."""
    return {key: round(value, 4) for key, value in zip(keys, values, strict=True)}
