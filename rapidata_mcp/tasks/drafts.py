"""What callers draft: the task of a job, and qualification examples. Each task type has its own kind of both.

Built by a `checked` of the task type, they are possible tasks, and say in which form they go to the platform.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from rapidata_mcp.files import LocalFile
from rapidata_mcp.tasks.arguments import Datapoint, DataType
from rapidata_mcp.tasks.settings import Flags
from rapidata_mcp.wire import Wire


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

    @abstractmethod
    def asked(self) -> Wire:
        """What the definition asks on the wire: a rapid, or a workflow of the task type's own (contract F.2, F.3)."""

    @abstractmethod
    def identity(self) -> dict[str, Any]:
        """What makes it another task than one of the same instruction, datapoints and settings; JSON."""


@dataclass(frozen=True, kw_only=True)
class ExampleDraft(ABC):
    """A qualification example: a question whose answer is known."""

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
    def payload(self) -> Wire:
        """The question on the wire."""

    @abstractmethod
    def wire_truth(self, names: Sequence[str]) -> Wire:
        """The truth on the wire, given the names under which the platform stored the items."""
