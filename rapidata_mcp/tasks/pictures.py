"""Task types that are answered with marks in a picture: the common part of locating and drawing.

On the wire, coordinates are percent of the picture's sides, counted from the upper left (contract C.3, H.5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from rapidata_mcp.aggregate.boxes import Box, Point, covered_area
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import Datapoint
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
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.task import DatapointVotes, Question, TaskTypeWithExamples, question_about, read_member
from rapidata_mcp.tasks.verdicts import Sentence, count_of
from rapidata_mcp.wire import AssetBinding, RapidModel, TextBinding, WireModel

MOST_BOXES = 50
PRECISION = 0.5
"""The share of marks that must lie in the boxes if the truth sets none. The cloud's own default is not documented."""


class TargetRapid(RapidModel):
    """The question of a job: the target that labelers look for in a picture (contract F.3)."""

    target: TextBinding


class TargetPayload(WireModel):
    """The question of a qualification example (contract C.3)."""

    target: str


class WireBox(WireModel):
    """A box, in percent."""

    x_min: float
    y_min: float
    x_max: float
    y_max: float


class BoxesTruth(WireModel):
    """The correct areas of a qualification example, and the required match (contract C.3)."""

    bounding_boxes: list[WireBox]
    required_precision: int | float | None = None
    required_completeness: int | float | None = None

    @property
    def boxes(self) -> list[Box]:
        """The areas, in percent."""
        return [Box(box.x_min, box.y_min, box.x_max, box.y_max) for box in self.bounding_boxes]

    def met(self, precision: float, completeness: float) -> bool:
        """Whether marks are right. `precision` is their share in the boxes, `completeness` the share of boxes met.

        By default the precision must be `PRECISION`, and one box must be met.
        """
        required = PRECISION if self.required_precision is None else self.required_precision
        return completeness > 0 and precision >= required and completeness >= (self.required_completeness or 0)


@dataclass(frozen=True, kw_only=True)
class PictureExample(ExampleDraft):
    """A qualification example: a picture and its correct areas, as shares of its sides."""

    kind: ClassVar[type[InPicture]]

    boxes: tuple[Box, ...]
    required_precision: float | None
    required_completeness: float | None

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        item: str,
        truth: Sequence[Sequence[float]],
        options: ExampleOptions = EXAMPLE_DEFAULTS,
        *,
        required_precision: float | None = None,
        required_completeness: float | None = None,
    ) -> Self:
        """Build it from a caller's arguments. Boxes are [left, top, right, bottom] as shares of the picture.

        Raises:
            InvalidArgument: names the argument, the allowed values, and the fix.
        """
        return cls(
            content=ExampleContent.from_arguments(cls.kind.own_settings, instruction, [item], options),
            boxes=_require_boxes(truth),
            required_precision=require_share("required_precision", required_precision),
            required_completeness=require_share("required_completeness", required_completeness),
        )

    @property
    def guess(self) -> float:
        """The share of the picture that the boxes cover."""
        return covered_area(self.boxes)

    def payload(self) -> TargetPayload:
        """Return the question on the wire."""
        return self.kind.payload(target=self.content.instruction)

    def wire_truth(self, names: Sequence[str]) -> BoxesTruth:
        """Return the truth on the wire, in percent."""
        sides = ("x_min", "y_min", "x_max", "y_max")
        return self.kind.truth(
            bounding_boxes=[
                WireBox(**{side: at * 100 for side, at in zip(sides, box, strict=True)}) for box in self.boxes
            ],
            required_precision=self.required_precision,
            required_completeness=self.required_completeness,
        )


def _require_boxes(boxes: Sequence[Sequence[float]]) -> tuple[Box, ...]:
    if not 1 <= len(boxes) <= MOST_BOXES:
        raise InvalidArgument("truth", f"has {len(boxes)} boxes.", f"Give 1 to {MOST_BOXES}.")
    for place, sides in enumerate(boxes):
        if len(sides) != 4 or not 0 <= sides[0] < sides[2] <= 1 or not 0 <= sides[1] < sides[3] <= 1:
            raise InvalidArgument(
                f"truth.{place}",
                "is not [left, top, right, bottom] as shares of the picture, from 0 to 1.",
                "For example [0.4, 0.4, 0.6, 0.5].",
            )
    return tuple(Box(*sides) for sides in boxes)


def require_share(argument: str, share: float | None) -> float | None:
    """Return a share from 0 to 1, or None. Raises InvalidArgument on other numbers."""
    if share is not None and not 0 <= share <= 1:
        raise InvalidArgument(argument, "must be from 0 to 1.")
    return share


@dataclass(frozen=True, kw_only=True)
class PictureTask(TaskDraft):
    """The task of a job: pictures under one instruction."""

    kind: ClassVar[type[InPicture]]

    @classmethod
    def from_arguments(cls, instruction: str, items: Sequence[str], options: JobOptions = JOB_DEFAULTS) -> Self:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        if options.data_type == "text":
            raise InvalidArgument("data_type", "must be media for this task.", "Give the URLs of pictures.")
        return cls(
            content=TaskContent.from_arguments(cls.kind.own_settings, instruction, [[item] for item in items], options)
        )

    def spec(self) -> TargetRapid:
        """Return the rapid."""
        return self.kind.rapid(
            asset=AssetBinding(segment="asset"), target=TextBinding(literal=self.content.instruction)
        )

    def identity(self) -> dict[str, object]:
        """Return the task type; everything else is in the datapoints."""
        return {"task": self.kind.name}


class InPicture(TaskTypeWithExamples):
    """A task type whose answers are marks in a picture."""

    marks: ClassVar[str]
    """The name of its marks in the summary of results."""
    member: ClassVar[str]
    """The member of a single response that holds its marks."""
    rapid: ClassVar[type[TargetRapid]]
    payload: ClassVar[type[TargetPayload]]
    truth: ClassVar[type[BoxesTruth]]

    def instruction(self, spec: TargetRapid | TargetPayload) -> str:
        """Return the target that labelers look for."""
        return spec.target if isinstance(spec, TargetPayload) else spec.target.literal or ""

    def question(
        self,
        spec: TargetRapid | TargetPayload,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for marks in the picture."""
        return question_about(self.instruction(spec), datapoint, names, settings)

    def describe_truth(self, truth: BoxesTruth, question: Question) -> str:
        """Return the boxes in percent."""
        if not truth.bounding_boxes:
            raise ValueError("it names no box")
        boxes = [f"x {box.x_min:.0f}-{box.x_max:.0f}, y {box.y_min:.0f}-{box.y_max:.0f} %" for box in truth.boxes]
        return f"inside {' or '.join(boxes)}"

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return a picture in the results format: all marks, and the marks of each labeler, in percent (contract H.5).

        The platform's own format for lines is not published: it follows that of points and its raw responses (G.9).
        """
        marks = [mark for vote in datapoint.votes for mark in vote.value]
        return datapoint.entry({"aggregatedResults": marks}, lambda vote: {self.member: vote.value})

    def summary(self, results: Sequence[dict[str, Any]], spec: TargetRapid) -> dict[str, int]:
        """Count the answers and marks. The platform's own summary is not published."""
        return {
            "responses": sum(len(entry["detailedResults"]) for entry in results),
            self.marks: sum(len(entry["aggregatedResults"]) for entry in results),
        }


def read_point(posted: object) -> dict[str, float]:
    """Read a point from the JSON that the labeling page posts. Raises ValueError if it lies outside the picture."""
    return {axis: _percent(read_member(posted, axis)) for axis in ("x", "y")}


def _percent(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("A coordinate is a number.")
    if not 0 <= value <= 100:
        raise ValueError("A coordinate lies between 0 and 100 percent.")
    return round(float(value), 2)


def points_of(value: Any) -> list[Point]:
    """Return the points of an answer as pairs of numbers."""
    return [(point["x"], point["y"]) for point in value]


def agreed_places(outcomes: Sequence[Outcome], did: str) -> Sentence:
    """Return a sentence on the places that several labelers marked. `did` is a participle such as "pointed at"."""
    answered = [outcome for outcome in outcomes if outcome.total]
    places = sum(len(outcome.names) for outcome in answered)
    certain = sum(outcome.certain for outcome in answered)
    pictures = count_of(len(answered), "picture")
    if not places:
        return Sentence(f"on {pictures} no place was {did} by several labelers.")
    were = f"{count_of(places, 'place')} {'was' if places == 1 else 'were'}"
    sure = "it is certain" if certain else "it is not certain"
    if len(answered) > 1:
        sure = f"on {certain:,} of the pictures it is certain"
    return Sentence(
        f"on {pictures} {were} {did} by several labelers, in percent of the picture from its upper left; "
        f"{sure} that more than half of all people would mark the first place."
    )


def simulated_areas(question: Question) -> list[Box]:
    """Return the areas that careful simulated labelers mark: one or two, which depend only on the question."""
    random = Random(f"places\n{question.instruction}\n{question.items[0]}")
    boxes = []
    for _ in range(1 + (random.random() < 0.4)):
        width, height = random.uniform(6, 14), random.uniform(6, 14)
        left, top = random.uniform(5, 95 - width), random.uniform(5, 95 - height)
        boxes.append(Box(left, top, left + width, top + height))
    return boxes
