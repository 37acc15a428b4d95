"""What callers draft: the task of a job, and qualification examples. Each task type has its own kind of both.

Built by the `checked` of a kind, they are possible tasks, and say in which form they go to the platform.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypedDict, Unpack

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import NO_FILES, LocalFile, LocalFiles
from rapidata_mcp.tasks.arguments import (
    MAX_CONTEXT,
    MAX_INSTRUCTION,
    MAX_TEXT_ITEM,
    Datapoint,
    DataType,
    Media,
    require_contexts,
    require_media_contexts,
    require_private_metadata,
    require_text,
)
from rapidata_mcp.tasks.settings import Flags, flags_for
from rapidata_mcp.wire import WireModel

Segments = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class OwnSegment:
    """A part that the datapoints of a task type have besides asset and contexts (contract E.1)."""

    key: str
    kind: Literal["Text", "OptionList"]
    label: str


@dataclass(frozen=True)
class Group:
    """Datapoints that belong together, and what is shown with each of them (contract E.3)."""

    name: str
    context: str | None = None
    media_context: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskDraft(ABC):
    """What a job asks. `files` are the local files among items and media contexts."""

    own_segments: ClassVar[tuple[OwnSegment, ...]] = ()

    instruction: str
    datapoints: tuple[Datapoint, ...]
    data_type: DataType
    settings: Flags
    files: Mapping[str, LocalFile]
    groups: tuple[Group, ...] = ()

    @property
    def comparisons(self) -> int | None:
        """The pairs that are made of its datapoints; None where each of these is answered itself."""
        return None

    @abstractmethod
    def asked(self) -> WireModel:
        """What the definition asks on the wire: a rapid, or a workflow of the task type's own (contract F.2, F.3)."""

    @abstractmethod
    def identity(self) -> dict[str, Any]:
        """What makes it another task than one of the same instruction, datapoints and settings; JSON."""


@dataclass(frozen=True, kw_only=True)
class ExampleDraft(ABC):
    """A qualification example: a question whose answer is known."""

    takes_context: ClassVar[bool] = True

    instruction: str
    datapoint: Datapoint
    explanation: str | None
    data_type: DataType
    settings: Flags
    files: Mapping[str, LocalFile]

    @property
    @abstractmethod
    def guess(self) -> float:
        """The probability that a random answer is right (contract C.4)."""

    @abstractmethod
    def payload(self) -> WireModel:
        """The question on the wire."""

    @abstractmethod
    def wire_truth(self, names: Sequence[str]) -> WireModel:
        """The truth on the wire, given the names under which the platform stored the items."""


class Beside(TypedDict, total=False):
    """What callers give beside the items of a job, whatever its task type."""

    contexts: Sequence[str | None] | None
    media_contexts: Sequence[Sequence[str]] | None
    private_metadata: Sequence[Mapping[str, str]] | None
    data_type: DataType
    settings: Mapping[str, bool | int] | None
    allowed: LocalFiles


class ExampleBeside(TypedDict, total=False):
    """What callers give beside the items of a qualification example, whatever its task type."""

    context: str
    media_context: Sequence[str]
    explanation: str
    data_type: DataType
    settings: Mapping[str, bool | int] | None
    allowed: LocalFiles


class RequireItems(Protocol):
    """Checks the items of one datapoint, which are texts, or media where `media` checks them."""

    def __call__(self, argument: str, items: Sequence[str], media: Media | None, /) -> tuple[str, ...]:
        """The items. Raises InvalidArgument on other ones than the task type takes."""


def require_item(argument: str, items: Sequence[str], media: Media | None) -> tuple[str, ...]:
    """The one item of a datapoint of most task types.

    Raises:
        InvalidArgument: where it cannot be shown.
    """
    (item,) = items
    if media is None:
        require_text(argument, item, MAX_TEXT_ITEM)
    else:
        media.require(argument, item)
    return (item,)


def task_fields(
    task: str,
    instruction: str,
    datapoints: Sequence[Sequence[str]],
    require: RequireItems = require_item,
    segments: Sequence[Segments] | None = None,
    **beside: Unpack[Beside],
) -> dict[str, Any]:
    """The fields that the drafts of all task types have, checked; `segments` are one mapping a datapoint.

    Raises:
        InvalidArgument: names the argument with its position, what is allowed and what to do.
    """
    require_text("instruction", instruction, MAX_INSTRUCTION)
    if not datapoints:
        raise InvalidArgument("datapoints", "is empty.", "Give at least one.")
    media, data_type = Media(beside.get("allowed", NO_FILES)), beside.get("data_type", "media")
    kind = None if data_type == "text" else media
    count = len(datapoints)
    columns = zip(
        [require(f"datapoints.{at}", items, kind) for at, items in enumerate(datapoints)],
        require_contexts(beside.get("contexts"), count),
        require_media_contexts(beside.get("media_contexts"), count, media),
        require_private_metadata(beside.get("private_metadata"), count),
        segments or [{}] * count,
        strict=True,
    )
    return {
        "instruction": instruction,
        "datapoints": tuple(Datapoint(*row) for row in columns),
        "data_type": data_type,
        "settings": flags_for(task, beside.get("settings") or {}),
        "files": media.files,
    }


def example_fields(
    task: str,
    instruction: str,
    items: Sequence[str],
    require: RequireItems = require_item,
    segments: Segments | None = None,
    **beside: Unpack[ExampleBeside],
) -> dict[str, Any]:
    """The fields that the qualification examples of all task types have, checked.

    Raises:
        InvalidArgument: names the argument, what is allowed and what to do.
    """
    require_text("instruction", instruction, MAX_INSTRUCTION)
    media, data_type = Media(beside.get("allowed", NO_FILES)), beside.get("data_type", "media")
    shown = require("datapoint", items, None if data_type == "text" else media)
    media_context = tuple(beside.get("media_context", ()))
    for place, item in enumerate(media_context):
        media.require(f"media_context.{place}", item)
    context, explanation = beside.get("context", ""), beside.get("explanation", "")
    datapoint = Datapoint(
        items=shown,
        context=require_text("context", context, MAX_CONTEXT) if context.strip() else None,
        media_context=media_context,
        segments=segments or {},
    )
    return {
        "instruction": instruction,
        "datapoint": datapoint,
        "explanation": require_text("explanation", explanation, MAX_CONTEXT) if explanation.strip() else None,
        "data_type": data_type,
        "settings": flags_for(task, beside.get("settings") or {}),
        "files": media.files,
    }
