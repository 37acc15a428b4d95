"""Comparison: labelers choose the better of two items."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import MAX_TEXT_ITEM, Datapoint, MediaItems, require_text
from rapidata_mcp.tasks.compare_results import ComparisonResults
from rapidata_mcp.tasks.drafts import (
    EXAMPLE_DEFAULTS,
    JOB_DEFAULTS,
    ExampleContent,
    ExampleDraft,
    ExampleOptions,
    JobOptions,
    TaskContent,
    TaskDraft,
)
from rapidata_mcp.tasks.settings import TaskSetting
from rapidata_mcp.tasks.task import Answer, Question, TaskTypeWithExamples, question_about, read_choice
from rapidata_mcp.wire import AssetBinding, RapidModel, TextBinding, WireModel

UNSURE_WITHIN = 0.2
"""Careful simulated labelers may be unsure if the preference for the first item is this near to one half."""
GUESS = 0.5
"""The probability that a random click on a pair is correct (contract C.4)."""


class CompareRapid(RapidModel):
    """The question of a compare job (contract F.3)."""

    t: Literal["Compare"] = Field("Compare", alias="_t")
    criteria: TextBinding
    index_identifiers: list[str] | None = None


class CompareExamplePayload(WireModel):
    """The question of a qualification example (contract C.3)."""

    t: Literal["CompareExamplePayload"] = Field("CompareExamplePayload", alias="_t")
    criteria: str


class CompareExampleTruth(WireModel):
    """The truth of a qualification example: the name of the better item (contract C.3)."""

    t: Literal["CompareExampleTruth"] = Field("CompareExampleTruth", alias="_t")
    winner_id: str


def require_pair(argument: str, items: Sequence[str], media: MediaItems | None) -> tuple[str, str]:
    """Return the two items of a pair. They are media if there is a `media` to validate them, else texts.

    Raises:
        InvalidArgument: if there are not exactly two different items, or an item is not valid.
    """
    if len(items) != 2:
        raise InvalidArgument(argument, f"has {len(items)} items.", "A comparison takes exactly two items.")
    for position, item in enumerate(items):
        if media is None:
            require_text(f"{argument}.{position}", item, MAX_TEXT_ITEM)
        else:
            media.require(f"{argument}.{position}", item)
    first, second = items
    if first == second:
        raise InvalidArgument(argument, "has two equal items.", "Give two different items.")
    return first, second


@dataclass(frozen=True, kw_only=True)
class CompareExample(ExampleDraft):
    """A qualification example: a pair whose better item is known. `truth` is that item."""

    truth: str

    @classmethod
    def from_arguments(
        cls, instruction: str, items: Sequence[str], truth: str, options: ExampleOptions = EXAMPLE_DEFAULTS
    ) -> CompareExample:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument, the allowed values, and the fix.
        """
        content = ExampleContent.from_arguments(Compare.own_settings, instruction, items, options, require=require_pair)
        pair = content.datapoint.items
        if truth not in pair:
            near = next((item for item in pair if item.strip().lower() == truth.strip().lower()), None)
            hint = " It differs from an item only in spaces or capitals." if near else ""
            raise InvalidArgument(
                "truth",
                f"must equal one of the two datapoint items, character by character.{hint}",
                "Copy the better item of datapoint into truth.",
            )
        return cls(content=content, truth=truth)

    @property
    def guess(self) -> float:
        """The probability of a random click."""
        return GUESS

    def payload(self) -> CompareExamplePayload:
        """Return the question on the wire."""
        return CompareExamplePayload(criteria=self.content.instruction)

    def wire_truth(self, names: Sequence[str]) -> CompareExampleTruth:
        """Return the truth on the wire, given the names under which the platform stored the two items."""
        return CompareExampleTruth(winner_id=names[self.content.datapoint.items.index(self.truth)])


@dataclass(frozen=True, kw_only=True)
class CompareTask(TaskDraft):
    """The task of a compare job: pairs under one instruction. `a_b_names` are the sources of first and second items."""

    a_b_names: tuple[str, str] | None

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        pairs: Sequence[Sequence[str]],
        options: JobOptions = JOB_DEFAULTS,
        *,
        a_b_names: Sequence[str] | None = None,
    ) -> CompareTask:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        content = TaskContent.from_arguments(Compare.own_settings, instruction, pairs, options, require=require_pair)
        return cls(content=content, a_b_names=_names(a_b_names))

    def spec(self) -> CompareRapid:
        """Return the rapid."""
        return CompareRapid(
            asset=AssetBinding(segment="asset"),
            criteria=TextBinding(literal=self.content.instruction),
            index_identifiers=list(self.a_b_names) if self.a_b_names else None,
        )

    def identity(self) -> dict[str, object]:
        """Return the names of both sides."""
        return {"a_b_names": self.a_b_names}


def _names(names: Sequence[str] | None) -> tuple[str, str] | None:
    if names is None:
        return None
    if len(names) != 2 or names[0] == names[1]:
        raise InvalidArgument("a_b_names", "must be two different names.", 'For example ["Model A", "Model B"].')
    return require_text("a_b_names.0", names[0], 100), require_text("a_b_names.1", names[1], 100)


class Compare(ComparisonResults, TaskTypeWithExamples):
    """The comparison task type."""

    name = "Compare"
    results_name = "Compare"
    slug = "compare"
    rapid = CompareRapid
    payload = CompareExamplePayload
    truth = CompareExampleTruth
    items_per_datapoint = 2
    own_settings: ClassVar = {
        "no_shuffle": TaskSetting("no_shuffle"),
        "allow_neither_both": TaskSetting("compare_unsure", "5000", 0, 60_000),
        "reference_overlay": TaskSetting("reference_overlay"),
        "compare_panorama": TaskSetting("compare_panorama"),
        "compare_equirectangular": TaskSetting("compare_equirectangular"),
    }
    stops_early = True

    def instruction(self, spec: CompareRapid | CompareExamplePayload) -> str:
        """Return the question that labelers see."""
        return spec.criteria if isinstance(spec, CompareExamplePayload) else spec.criteria.literal or ""

    def question(
        self,
        spec: CompareRapid | CompareExamplePayload,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for one of the items. The setting `allow_neither_both` adds the options Both and Neither."""
        options = (*datapoint.items, *self.extra_answers(settings or {}))
        return question_about(self.instruction(spec), datapoint, names, settings, options=options)

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read the position of an option."""
        return read_choice(posted, question)

    def is_right(self, answer: Answer, truth: CompareExampleTruth, question: Question) -> bool:
        """Whether the better item was chosen."""
        return answer.choice < len(question.names) and question.names[answer.choice] == truth.winner_id

    def describe_truth(self, truth: CompareExampleTruth, question: Question) -> str:
        """Return the better item."""
        if truth.winner_id not in question.names:
            raise ValueError("it names none of the items")
        return question.items[question.names.index(truth.winner_id)]

    def simulate_answer(
        self, random: Random, skill: float, question: Question, truth: CompareExampleTruth | None = None
    ) -> Answer:
        """Choose the better item, or a random item by a guess.

        Careful labelers choose Both or Neither half of the time if the items are close and the options exist.
        """
        items = len(question.items)
        if truth is not None:
            better, clear = question.names.index(truth.winner_id), True
        else:
            liking = preference(question.instruction, *question.items[:2])
            better, clear = 0 if random.random() < liking else 1, abs(liking - 0.5) > UNSURE_WITHIN
        if random.random() >= skill:
            return Answer(random.randrange(items))
        if len(question.options) > items and not clear and random.random() < 0.5:
            return Answer(random.randrange(items, len(question.options)))
        return Answer(better)


def preference(instruction: str, first: str, second: str) -> float:
    """Return the share of careful simulated labelers who prefer the first item. It depends only on the arguments.

    Bradley–Terry with normally distributed strengths, so that clear, close and surprising pairs all occur.
    """
    gap = _appeal(instruction, first) - _appeal(instruction, second)
    return 1 / (1 + math.exp(-1.5 * gap))


def _appeal(instruction: str, item: str) -> float:
    return Random(f"appeal\n{instruction}\n{item}").gauss(0, 1)
