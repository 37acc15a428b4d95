"""Drawing: labelers draw lines over something in a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Literal

from pydantic import Field

from rapidata_mcp.aggregate.boxes import Box, Point, line_completeness, line_precision
from rapidata_mcp.aggregate.grid import Cell, cells_of_lines, counts_of, heat_map
from rapidata_mcp.aggregate.regions import find_regions, region_alpha
from rapidata_mcp.aggregate.share import wilson
from rapidata_mcp.tasks.outcomes import Counted, Outcome, RawResponse, by_majority, read_outcome
from rapidata_mcp.tasks.pictures import (
    BoxesTruth,
    InPicture,
    PictureExample,
    PictureTask,
    TargetPayload,
    TargetRapid,
    agreed_places,
    points_of,
    read_point,
    simulated_areas,
)
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.task import Answer, Question, read_member
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence

MOST_LINES = 50
MOST_POINTS = 5_000
"""The maximum for all lines together. It is enough to fill a picture, since a page omits intermediate points."""
WIDTH = 4.0
"""Width of a line in percent of the picture's width, about a fingertip. The platform's unit is not published."""


class LineRapid(TargetRapid):
    """The question of a draw job (contract F.3)."""

    t: Literal["Line"] = Field("Line", alias="_t")


class LineExamplePayload(TargetPayload):
    """The question of a qualification example (contract C.3)."""

    t: Literal["LineExamplePayload"] = Field("LineExamplePayload", alias="_t")


class LineExampleTruth(BoxesTruth):
    """The truth of a qualification example: its correct areas (contract C.3)."""

    t: Literal["LineExampleTruth"] = Field("LineExampleTruth", alias="_t")


class Draw(InPicture):
    """The draw task type."""

    name = "Line"
    results_name = "Line"
    slug = "draw"
    marks = "lines"
    member = "lines"
    rapid = LineRapid
    payload = LineExamplePayload
    truth = LineExampleTruth

    def limits(self, question: Question) -> tuple[int, int]:
        """Return the minimum and maximum of lines."""
        return 1, MOST_LINES

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read lines, as points in percent."""
        lines = read_member(posted, "lines")
        if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
            raise ValueError(f"An answer has 1 to {MOST_LINES} lines.")
        read = [_read_line(line) for line in lines]
        if sum(len(line["points"]) for line in read) > MOST_POINTS:
            raise ValueError(f"A drawing has at most {MOST_POINTS:,} points.")
        return Answer(0, read)

    def is_right(self, answer: Answer, truth: LineExampleTruth, question: Question) -> bool:
        """Whether enough of the length of the lines lies in the boxes, and enough boxes are met."""
        lines, boxes = [points for points, _ in lines_of(answer.value)], truth.boxes
        return truth.met(line_precision(lines, boxes), line_completeness(lines, boxes))

    def simulate_answer(
        self, random: Random, skill: float, question: Question, truth: LineExampleTruth | None = None
    ) -> Answer:
        """Draw a line through each area, or a random line by a guess."""
        if random.random() < skill:
            places = simulated_areas(question) if truth is None else truth.boxes
        else:
            left, top = random.uniform(0, 80), random.uniform(0, 80)
            places = [Box(left, top, left + random.uniform(3, 20), top + random.uniform(3, 20))]
        return Answer(0, [_stroke(random, box) for box in places])

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the lines."""
        return {"_t": "LineResult", "lines": answer.value}

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Return the areas that more than half of the labelers marked, by their bounding boxes in percent."""

        def count(details: Sequence[RawResponse]) -> list[Counted]:
            found = find_regions(list(map(_cells, details)))
            return [
                Counted(
                    _area(region.box),
                    round(region.share * len(details)),
                    wilson(region.share, len(details)),
                    f"{100 * region.area:.1f} % of the picture",
                )
                for region in found
            ]

        return by_majority(read_outcome(position, entry, _drawn, count, people_only=people_only))

    def density(self, outcome: Outcome) -> list[list[float]]:
        """Count the labelers who drew over each cell of the picture."""
        return heat_map(counts_of(map(_cells, outcome.details)))

    def verdict(self, results: JobResults) -> JobVerdict:
        """Count the areas that labelers agree on, and measure the agreement of their lines."""
        of_pictures = [region_alpha(list(map(_cells, outcome.details))) for outcome in results.outcomes]
        alphas = [alpha for alpha in of_pictures if alpha is not None]
        sentences = [agreed_places(results.outcomes, "drawn over")]
        if alphas:
            mean = sum(alphas) / len(alphas)
            sentences.append(Sentence(f"Their lines agree with alpha {mean:.2f} (1 fully, 0 as by chance)."))
        return JobVerdict(sentences)


class DrawTask(PictureTask):
    """The task of a draw job."""

    kind = Draw


class DrawExample(PictureExample):
    """A qualification example: a picture and the areas in which a line is correct."""

    kind = Draw


def _cells(detail: RawResponse) -> set[Cell]:
    return cells_of_lines(lines_of(detail["lines"]))


def _drawn(detail: RawResponse) -> str:
    return " and ".join(_area(region.box) for region in find_regions([_cells(detail)]))


def _area(box: Box) -> str:
    return f"x {box.x_min:.0f} to {box.x_max:.0f}, y {box.y_min:.0f} to {box.y_max:.0f}"


def lines_of(value: Any) -> list[tuple[list[Point], float]]:
    """Return the lines of an answer, each with its width."""
    return [(points_of(line["points"]), line["size"]) for line in value]


def _read_line(posted: object) -> dict[str, Any]:
    points = read_member(posted, "points")
    if not isinstance(points, list) or not 1 <= len(points) <= MOST_POINTS:
        raise ValueError(f"A line has 1 to {MOST_POINTS:,} points.")
    return {"size": WIDTH, "points": [read_point(point) for point in points]}


def _stroke(random: Random, box: Box) -> dict[str, Any]:
    """An unsteady line from left to right through a box."""
    width, height = box.x_max - box.x_min, box.y_max - box.y_min
    points = [
        {
            "x": round(box.x_min + (0.1 + 0.8 * step / 4) * width, 2),
            "y": round(box.y_min + random.betavariate(25, 25) * height, 2),
        }
        for step in range(5)
    ]
    return {"size": WIDTH, "points": points}
