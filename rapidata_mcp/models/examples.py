"""Qualification examples: questions with a known answer (contract C)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from rapidata_mcp.models.assets import Asset, AssetInput, TextAsset, items_of
from rapidata_mcp.tasks import task_type_of_example, with_examples
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.task import Question
from rapidata_mcp.wire import WireModel, one_of

ExamplePayload: Any = one_of([kind.payload for kind in with_examples()])
ExampleTruth: Any = one_of([kind.truth for kind in with_examples()])


class FeatureFlag(WireModel):
    """A setting. Its value is always a string (contract F.6)."""

    key: str
    value: str


class NewExample(WireModel):
    """The request that adds an example to an audience."""

    asset: AssetInput
    payload: ExamplePayload
    truth: ExampleTruth
    random_correct_probability: float = Field(ge=0, le=1)
    explanation: str | None = None
    context: str | None = None
    context_asset: AssetInput | None = None
    feature_flags: list[FeatureFlag] | None = None
    sort_index: int | None = None
    is_common_sense: bool | None = None
    flag_if_incorrect: bool | None = None
    visibility: Literal["Private", "Public"] | None = None


class ExampleChange(WireModel):
    """The request that changes an example. Fields that are not set stay as they are (contract C.5)."""

    truth: ExampleTruth | None = None
    instruction_text: str | None = Field(None, min_length=1)
    explanation: str | None = None
    context: str | None = None
    context_asset: AssetInput | None = None
    random_correct_probability: float | None = Field(None, ge=0, le=1)
    sort_index: int | None = None
    flag_if_incorrect: bool | None = None
    visibility: Literal["Private", "Public"] | None = None


class ExampleAdded(WireModel):
    """The answer to `NewExample`. The cloud does not return the id; the local platform does, as an extra field."""

    recalculation_id: str | None = None
    example_id: str | None = None


class Example(WireModel):
    """An example."""

    id: str
    asset: Asset
    payload: ExamplePayload
    truth: ExampleTruth | None = None
    correct_count: int = 0
    incorrect_count: int = 0
    context: str | None = None
    context_asset: Asset | None = None
    explanation: str | None = None
    random_correct_probability: float | None = None
    sort_index: int | None = None

    @property
    def items(self) -> list[str]:
        """The source URLs or texts of the items; the file name of a medium without a known URL."""
        return [item.source for item in items_of(self.asset)]

    @property
    def is_text(self) -> bool:
        """Whether the items are texts."""
        return all(isinstance(item, TextAsset) for item in items_of(self.asset))

    @property
    def question(self) -> Question:
        """The question that candidates answer."""
        names = [item.name for item in items_of(self.asset)]
        datapoint = Datapoint(tuple(self.items), self.context)
        return task_type_of_example(self.payload).question(self.payload, datapoint, names)

    @property
    def answer(self) -> str:
        """The right answer in words; empty if the platform does not return it."""
        return (
            "" if self.truth is None else task_type_of_example(self.payload).describe_truth(self.truth, self.question)
        )

    @property
    def others(self) -> list[str]:
        """The items that are wrong answers."""
        return [item for item in self.items if item != self.answer]

    @property
    def content(self) -> tuple[str, frozenset[str], str, str]:
        """The content by which two examples are equal: question, items in any order, right answer and context."""
        return (self.payload.model_dump_json(), frozenset(self.items), self.answer, self.context or "")
