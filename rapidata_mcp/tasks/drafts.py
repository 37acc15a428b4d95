"""Drafts of job tasks and of qualification examples. Each task type has its own classes for both.

The method `from_arguments` validates, so every draft is a valid task. A draft returns its form on the wire.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import NO_FILES, LocalFile, LocalFiles
from rapidata_mcp.tasks.arguments import (
    MAX_CONTEXT,
    MAX_INSTRUCTION,
    MAX_TEXT_ITEM,
    Datapoint,
    DataType,
    MediaItems,
    require_contexts,
    require_media_contexts,
    require_private_metadata,
    require_text,
)
from rapidata_mcp.tasks.settings import Flags, TaskSetting, flags_for
from rapidata_mcp.wire import WireModel

Segments = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class OwnSegment:
    """A part of the datapoints of a task type, in addition to asset and contexts (contract E.1)."""

    key: str
    kind: Literal["Text", "OptionList"]
    label: str


@dataclass(frozen=True)
class Group:
    """Datapoints that belong together, with the context that is shown with each of them (contract E.3)."""

    name: str
    context: str | None = None
    media_context: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JobOptions:
    """The optional arguments of a job of any task type. `allowed` are the local files that it may use."""

    contexts: Sequence[str | None] | None = None
    media_contexts: Sequence[Sequence[str]] | None = None
    private_metadata: Sequence[Mapping[str, str]] | None = None
    data_type: DataType = "media"
    settings: Mapping[str, bool | int] | None = None
    allowed: LocalFiles = NO_FILES


@dataclass(frozen=True, kw_only=True)
class ExampleOptions:
    """The optional arguments of a qualification example of any task type."""

    context: str = ""
    media_context: Sequence[str] = ()
    explanation: str = ""
    data_type: DataType = "media"
    settings: Mapping[str, bool | int] | None = None
    allowed: LocalFiles = NO_FILES


JOB_DEFAULTS, EXAMPLE_DEFAULTS = JobOptions(), ExampleOptions()


class RequireItems(Protocol):
    """A validation of the items of one datapoint. They are media if there is a `media` to validate them, else texts."""

    def __call__(self, argument: str, items: Sequence[str], media: MediaItems | None, /) -> tuple[str, ...]:
        """Return the items. Raises InvalidArgument if the task type does not take them."""


def require_item(argument: str, items: Sequence[str], media: MediaItems | None) -> tuple[str, ...]:
    """Return the item of a datapoint that has one.

    Raises:
        InvalidArgument: if it is not valid.
    """
    (item,) = items
    if media is None:
        require_text(argument, item, MAX_TEXT_ITEM)
    else:
        media.require(argument, item)
    return (item,)


@dataclass(frozen=True, kw_only=True)
class TaskContent:
    """The common part of the tasks of all types. `files` are the local files among items and media contexts."""

    instruction: str
    datapoints: tuple[Datapoint, ...]
    data_type: DataType
    settings: Flags
    files: Mapping[str, LocalFile]

    @classmethod
    def from_arguments(
        cls,
        own_settings: Mapping[str, TaskSetting],
        instruction: str,
        datapoints: Sequence[Sequence[str]],
        options: JobOptions,
        *,
        require: RequireItems = require_item,
        segments: Sequence[Segments] | None = None,
    ) -> TaskContent:
        """Validate a caller's arguments. `segments` has one mapping per datapoint.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        require_text("instruction", instruction, MAX_INSTRUCTION)
        if not datapoints:
            raise InvalidArgument("datapoints", "is empty.", "Give at least one datapoint.")
        media, count = MediaItems(options.allowed), len(datapoints)
        checker = None if options.data_type == "text" else media
        columns = zip(
            [require(f"datapoints.{at}", items, checker) for at, items in enumerate(datapoints)],
            require_contexts(options.contexts, count),
            require_media_contexts(options.media_contexts, count, media),
            require_private_metadata(options.private_metadata, count),
            segments or [{}] * count,
            strict=True,
        )
        return cls(
            instruction=instruction,
            datapoints=tuple(Datapoint(*row) for row in columns),
            data_type=options.data_type,
            settings=flags_for(own_settings, options.settings or {}),
            files=media.files,
        )


@dataclass(frozen=True, kw_only=True)
class TaskDraft(ABC):
    """The task of a job."""

    own_segments: ClassVar[tuple[OwnSegment, ...]] = ()

    content: TaskContent
    groups: tuple[Group, ...] = ()

    @property
    def comparisons(self) -> int | None:
        """The number of pairs that the platform makes of the datapoints; None if labelers answer each datapoint."""
        return None

    @abstractmethod
    def spec(self) -> WireModel:
        """Return the spec of the definition: a rapid, or a workflow (contract F.2, F.3)."""

    @abstractmethod
    def identity(self) -> dict[str, object]:
        """Return, as JSON, the values in which it differs from other tasks with the same content."""


@dataclass(frozen=True, kw_only=True)
class ExampleContent:
    """The common part of the qualification examples of all task types."""

    instruction: str
    datapoint: Datapoint
    explanation: str | None
    data_type: DataType
    settings: Flags
    files: Mapping[str, LocalFile]

    @classmethod
    def from_arguments(
        cls,
        own_settings: Mapping[str, TaskSetting],
        instruction: str,
        items: Sequence[str],
        options: ExampleOptions,
        *,
        require: RequireItems = require_item,
        segments: Segments | None = None,
    ) -> ExampleContent:
        """Validate a caller's arguments.

        Raises:
            InvalidArgument: names the argument, the allowed values, and the fix.
        """
        require_text("instruction", instruction, MAX_INSTRUCTION)
        media = MediaItems(options.allowed)
        shown = require("datapoint", items, None if options.data_type == "text" else media)
        for place, item in enumerate(options.media_context):
            media.require(f"media_context.{place}", item)
        return cls(
            instruction=instruction,
            datapoint=Datapoint(
                items=shown,
                context=_optional_text("context", options.context),
                media_context=tuple(options.media_context),
                segments=segments or {},
            ),
            explanation=_optional_text("explanation", options.explanation),
            data_type=options.data_type,
            settings=flags_for(own_settings, options.settings or {}),
            files=media.files,
        )


def _optional_text(argument: str, text: str) -> str | None:
    return require_text(argument, text, MAX_CONTEXT) if text.strip() else None


@dataclass(frozen=True, kw_only=True)
class ExampleDraft(ABC):
    """A qualification example: a question with a known answer."""

    takes_context: ClassVar[bool] = True

    content: ExampleContent

    @property
    @abstractmethod
    def guess(self) -> float:
        """The probability that a random answer is correct (contract C.4)."""

    @abstractmethod
    def payload(self) -> WireModel:
        """Return the question on the wire."""

    @abstractmethod
    def wire_truth(self, names: Sequence[str]) -> WireModel:
        """Return the truth on the wire, given the names under which the platform stored the items."""
