"""Qualification examples: questions with a known answer (contract C)."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Field

from rapidata_mcp.models.assets import Asset, AssetInput, items_of
from rapidata_mcp.tasks import TASK_TYPES
from rapidata_mcp.wire import Wire

_PAYLOADS = tuple(task.payload for task in TASK_TYPES)
_TRUTHS = tuple(task.truth for task in TASK_TYPES)

ExamplePayload: Any = Annotated[Union[_PAYLOADS], Field(discriminator="t")] if len(_PAYLOADS) > 1 else _PAYLOADS[0]  # noqa: UP007
ExampleTruth: Any = Annotated[Union[_TRUTHS], Field(discriminator="t")] if len(_TRUTHS) > 1 else _TRUTHS[0]  # noqa: UP007


class FeatureFlag(Wire):
    """A setting; values are always strings (contract F.6)."""

    key: str
    value: str


class NewExample(Wire):
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


class ExampleChange(Wire):
    """The request that changes an example; what is not set stays (contract C.5)."""

    truth: ExampleTruth | None = None
    instruction_text: str | None = Field(None, min_length=1)
    explanation: str | None = None
    context: str | None = None
    context_asset: AssetInput | None = None
    random_correct_probability: float | None = Field(None, ge=0, le=1)
    sort_index: int | None = None
    flag_if_incorrect: bool | None = None
    visibility: Literal["Private", "Public"] | None = None


class ExampleAdded(Wire):
    """The answer to it. The platform does not tell the example's id; the embedded one does, as an extra member."""

    recalculation_id: str | None = None
    example_id: str | None = None


class Example(Wire):
    """An example, read back."""

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
        """The items as their author gave them, as far as the platform remembers."""
        return [item.source for item in items_of(self.asset)]

    @property
    def right(self) -> int | None:
        """Which of the items is the right answer."""
        names = [item.name for item in items_of(self.asset)]
        task = next((task for task in TASK_TYPES if isinstance(self.payload, task.payload)), None)
        return None if task is None or self.truth is None else task.right_choice(self.truth, names)

    @property
    def content(self) -> tuple[str, frozenset[str], str, str]:
        """What makes two examples the same: question, items in any order, right answer and context."""
        right = self.right
        truth = "" if right is None else self.items[right]
        return (self.payload.model_dump_json(), frozenset(self.items), truth, self.context or "")
