"""Classification: labelers choose one of two to eight options for an item."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.aggregate.majority import ratios, tally
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import Datapoint, require_text
from rapidata_mcp.tasks.classification_results import outcome_of, verdict_of
from rapidata_mcp.tasks.drafts import (
    EXAMPLE_DEFAULTS,
    JOB_DEFAULTS,
    ExampleContent,
    ExampleDraft,
    ExampleOptions,
    JobOptions,
    OwnSegment,
    TaskContent,
    TaskDraft,
)
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.settings import TaskSetting
from rapidata_mcp.tasks.task import (
    Answer,
    DatapointVotes,
    Question,
    TaskTypeWithExamples,
    by_key,
    question_about,
    read_choice,
)
from rapidata_mcp.tasks.verdicts import JobVerdict
from rapidata_mcp.wire import AssetBinding, RapidModel, TextBinding, WireModel

OPTIONS = "answer_options"
"""The segment that holds the options of a datapoint (contract E.1)."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
MAX_OPTION = 100  # characters; a labeler reads up to eight options in a few seconds


class Category(WireModel):
    """An option: its text for labelers, and its name in results."""

    label: str
    value: str


class OptionsBinding(WireModel):
    """The options of a task: the same for all datapoints (`literal`), or a segment of each (contract F.3)."""

    segment: str | None = None
    literal: list[Category] | None = None


class ClassifyRapid(RapidModel):
    """The question of a classification job (contract F.3)."""

    t: Literal["Classify"] = Field("Classify", alias="_t")
    title: TextBinding
    categories: OptionsBinding


class ClassifyExamplePayload(WireModel):
    """The question of a qualification example (contract C.3)."""

    t: Literal["ClassifyExamplePayload"] = Field("ClassifyExamplePayload", alias="_t")
    title: str
    categories: list[Category]


class ClassifyExampleTruth(WireModel):
    """The truth of a qualification example: any of these options is correct (contract C.3)."""

    t: Literal["ClassifyExampleTruth"] = Field("ClassifyExampleTruth", alias="_t")
    correct_categories: list[str]


def require_options(argument: str, options: Sequence[str]) -> tuple[str, ...]:
    """Return two to eight different options.

    Raises:
        InvalidArgument: if their number is different, two are equal, or one is blank or too long.
    """
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise InvalidArgument(
            argument, f"has {len(options)} options.", f"Give {FEWEST_OPTIONS} to {MOST_OPTIONS} different options."
        )
    for place, option in enumerate(options):
        require_text(f"{argument}.{place}", option, MAX_OPTION)
    folded = [option.strip().casefold() for option in options]
    if len(set(folded)) < len(folded):
        raise InvalidArgument(argument, "has options that differ at most in capitals or spaces.", "Make them distinct.")
    return tuple(options)


@dataclass(frozen=True, kw_only=True)
class ClassificationExample(ExampleDraft):
    """A qualification example: an item and its correct options."""

    answer_options: tuple[str, ...]
    truth: tuple[str, ...]

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        item: str,
        answer_options: Sequence[str],
        truth: Sequence[str],
        options: ExampleOptions = EXAMPLE_DEFAULTS,
    ) -> ClassificationExample:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument, the allowed values, and the fix.
        """
        choices = require_options("answer_options", answer_options)
        right = tuple(dict.fromkeys(truth))
        if not right or not set(right) <= set(choices):
            allowed = ", ".join(choices)
            raise InvalidArgument("truth", "must name one or more of answer_options.", f"Options: {allowed}.")
        if len(right) == len(choices):
            raise InvalidArgument("truth", "names all options, so every answer would be correct.", "Omit some.")
        content = ExampleContent.from_arguments(Classification.own_settings, instruction, [item], options)
        return cls(content=content, answer_options=choices, truth=right)

    @property
    def guess(self) -> float:
        """The probability that a random click is correct."""
        return len(self.truth) / len(self.answer_options)

    def payload(self) -> ClassifyExamplePayload:
        """Return the question on the wire."""
        categories = [Category(label=option, value=option) for option in self.answer_options]
        return ClassifyExamplePayload(title=self.content.instruction, categories=categories)

    def wire_truth(self, names: Sequence[str]) -> ClassifyExampleTruth:
        """Return the truth on the wire. It does not name the item."""
        return ClassifyExampleTruth(correct_categories=list(self.truth))


@dataclass(frozen=True, kw_only=True)
class ClassificationTask(TaskDraft):
    """The task of a classification job: items with their options under one instruction."""

    own_segments = (OwnSegment(OPTIONS, "OptionList", "Answer options"),)

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        items: Sequence[str],
        options: JobOptions = JOB_DEFAULTS,
        *,
        answer_options: Sequence[str] = (),
        options_per_datapoint: Sequence[Sequence[str]] | None = None,
    ) -> ClassificationTask:
        """Build it from a caller's arguments: the same options for all items, or a list for each item.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        if bool(answer_options) == bool(options_per_datapoint):
            raise InvalidArgument(
                "answer_options", "or options_per_datapoint is required, not both.", "Give one of the two."
            )
        if options_per_datapoint and len(options_per_datapoint) != len(items):
            raise InvalidArgument(
                "options_per_datapoint", f"has {len(options_per_datapoint)} entries for {len(items)} datapoints."
            )
        if options_per_datapoint:
            lists = [
                require_options(f"options_per_datapoint.{at}", row) for at, row in enumerate(options_per_datapoint)
            ]
        else:
            lists = [require_options("answer_options", answer_options)] * len(items)
        segments = [{OPTIONS: choices} for choices in lists]
        rows = [[item] for item in items]
        return cls(
            content=TaskContent.from_arguments(
                Classification.own_settings, instruction, rows, options, segments=segments
            )
        )

    def spec(self) -> ClassifyRapid:
        """Return the rapid."""
        return ClassifyRapid(
            asset=AssetBinding(segment="asset"),
            title=TextBinding(literal=self.content.instruction),
            categories=OptionsBinding(segment=OPTIONS),
        )

    def identity(self) -> dict[str, object]:
        """Return the task type; everything else is in the datapoints."""
        return {"task": "Classify"}


class Classification(TaskTypeWithExamples):
    """The classification task type."""

    name = "Classify"
    results_name = "Classification"
    slug = "classification"
    own_settings: ClassVar = {
        "no_shuffle": TaskSetting("no_shuffle"),
        "classify_equirectangular": TaskSetting("classify_equirectangular"),
    }
    rapid = ClassifyRapid
    payload = ClassifyExamplePayload
    truth = ClassifyExampleTruth
    selections = ("all", "undecided", "flipped")
    stops_early = True

    def instruction(self, spec: ClassifyRapid | ClassifyExamplePayload) -> str:
        """Return the question that labelers see."""
        return spec.title if isinstance(spec, ClassifyExamplePayload) else spec.title.literal or ""

    def question(
        self,
        spec: ClassifyRapid | ClassifyExamplePayload,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for one of the options."""
        if isinstance(spec, ClassifyExamplePayload):
            options = tuple(category.value for category in spec.categories)
        elif spec.categories.literal is not None:
            options = tuple(category.value for category in spec.categories.literal)
        else:
            options = tuple(datapoint.segments.get(spec.categories.segment or OPTIONS, ()))
        if len(options) < FEWEST_OPTIONS:
            raise ValueError("A classification needs options to choose from.")
        return question_about(self.instruction(spec), datapoint, names, settings, options=options)

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read the position of an option."""
        return read_choice(posted, question)

    def is_right(self, answer: Answer, truth: ClassifyExampleTruth, question: Question) -> bool:
        """Whether a correct option was chosen."""
        return question.options[answer.choice] in truth.correct_categories

    def describe_truth(self, truth: ClassifyExampleTruth, question: Question) -> str:
        """Return the correct options."""
        if not truth.correct_categories or not set(truth.correct_categories) <= set(question.options):
            raise ValueError("it does not name options")
        return ", ".join(truth.correct_categories)

    def simulate_answer(
        self, random: Random, skill: float, question: Question, truth: ClassifyExampleTruth | None = None
    ) -> Answer:
        """Choose a correct or fitting option, or a random option by a guess."""
        if random.random() >= skill:
            return Answer(random.randrange(len(question.options)))
        if truth is not None:
            return Answer(question.options.index(random.choice(truth.correct_categories)))
        return Answer(_seen(random, question))

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return an item in the results format with every option (contract H.4)."""
        options = datapoint.question.options
        votes = [(vote.choice, vote.user_score) for vote in datapoint.votes]
        counts, scores = tally(((choice, 1) for choice, _ in votes), len(options)), tally(votes, len(options))
        members: dict[str, Any] = {
            "aggregatedResults": {option: int(count) for option, count in zip(options, counts, strict=True)},
            "aggregatedResultsRatios": by_key(options, ratios(counts)),
            "summedUserScores": by_key(options, scores),
            "summedUserScoresRatios": by_key(options, ratios(scores)),
        }
        if with_confidence:
            members["confidencePerCategory"] = by_key(options, confidence(votes, len(options)))
        return datapoint.entry(members, lambda vote: {"selectedCategory": options[vote.choice]})

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the chosen option."""
        return {"_t": "AttachCategoryResult", "category": question.options[answer.choice]}

    def summary(self, results: Sequence[dict[str, Any]], spec: ClassifyRapid) -> dict[str, int]:
        """Count the choices of each option over all items (contract H.4)."""
        totals: dict[str, int] = {}
        for entry in results:
            for option, count in entry["aggregatedResults"].items():
                totals[option] = totals.get(option, 0) + count
        return totals

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Count the choices of each option, in the order of the options."""
        return outcome_of(position, entry, ordered="no_shuffle" in settings, people_only=people_only)

    def verdict(self, results: JobResults) -> JobVerdict:
        """Return the leading options, the agreement of labelers, and the options that split them."""
        return verdict_of(results.outcomes, ordered="no_shuffle" in results.settings)


def _seen(random: Random, question: Question) -> int:
    """The choice of a careful simulated labeler: mostly the same for the same question and item.

    On an ordered scale labelers differ by about a step. Without an order, some items are easily confused.
    """
    fixed = f"{question.instruction}\n{question.items[0]}"
    if question.in_order:
        last = len(question.options) - 1
        middle = Random(f"step\n{fixed}").uniform(0, last)
        return min(last, max(0, round(random.gauss(middle, 0.2 + 0.1 * last))))
    appeals = [Random(f"option\n{fixed}\n{option}").gauss(0, 1) for option in question.options]
    weights = [math.exp(2.5 * appeal) for appeal in appeals]
    return random.choices(range(len(weights)), weights)[0]
