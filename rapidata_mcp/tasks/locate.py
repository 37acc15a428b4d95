"""Locating: labelers set points on something in a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from rapidata_mcp.aggregate.boxes import Box, Point, point_completeness, point_precision
from rapidata_mcp.aggregate.clusters import find_clusters
from rapidata_mcp.aggregate.grid import cells_of_points, counts_of, heat_map
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
from rapidata_mcp.tasks.settings import TaskSetting, number_of
from rapidata_mcp.tasks.task import Answer, Question, read_member
from rapidata_mcp.tasks.verdicts import JobVerdict

FEWEST, MOST = 1, 3
"""The minimum and maximum of points without settings (contract F.6)."""
MOST_EVER = 100


class LocateRapid(TargetRapid):
    """The question of a locate job (contract F.3)."""

    t: Literal["Locate"] = Field("Locate", alias="_t")


class LocateExamplePayload(TargetPayload):
    """The question of a qualification example (contract C.3)."""

    t: Literal["LocateExamplePayload"] = Field("LocateExamplePayload", alias="_t")


class LocateExampleTruth(BoxesTruth):
    """The truth of a qualification example: its correct areas (contract C.3)."""

    t: Literal["LocateExampleTruth"] = Field("LocateExampleTruth", alias="_t")


class Locate(InPicture):
    """The locate task type."""

    name = "Locate"
    results_name = "Locate"
    slug = "locate"
    own_settings: ClassVar = {
        "locate_max_points": TaskSetting("locate_max_points", "3", 1, 100),
        "locate_min_points": TaskSetting("locate_min_points", "1", 1, 100),
    }
    marks = "points"
    member = "location"
    rapid = LocateRapid
    payload = LocateExamplePayload
    truth = LocateExampleTruth

    def limits(self, question: Question) -> tuple[int, int]:
        """Return the minimum and maximum of points by the settings (contract F.6)."""
        fewest = _setting(question, "locate_min_points", FEWEST)
        return fewest, max(fewest, _setting(question, "locate_max_points", MOST))

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read points in percent."""
        points = read_member(posted, "points")
        fewest, most = self.limits(question)
        if not isinstance(points, list) or not fewest <= len(points) <= most:
            raise ValueError(f"An answer has {fewest} to {most} points.")
        return Answer(0, [read_point(point) for point in points])

    def is_right(self, answer: Answer, truth: LocateExampleTruth, question: Question) -> bool:
        """Whether enough of the points lie in the boxes, and enough boxes are met."""
        points, boxes = points_of(answer.value), truth.boxes
        return truth.met(point_precision(points, boxes), point_completeness(points, boxes))

    def simulate_answer(
        self, random: Random, skill: float, question: Question, truth: LocateExampleTruth | None = None
    ) -> Answer:
        """Set a point in each area, or random points by a guess."""
        fewest, most = self.limits(question)
        if random.random() >= skill:
            points = [(random.uniform(0, 100), random.uniform(0, 100)) for _ in range(fewest)]
        else:
            places: Sequence[Box] = simulated_areas(question) if truth is None else truth.boxes
            seen = [places[at % len(places)] for at in range(max(fewest, min(len(places), most)))]
            points = [_inside(random, box) for box in seen]
        return Answer(0, [{"x": round(x, 2), "y": round(y, 2)} for x, y in points])

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the points."""
        return {"_t": "LocateResult", "coordinates": answer.value}

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Return the places that several labelers pointed at, by their centers in percent."""

        def count(details: Sequence[RawResponse]) -> list[Counted]:
            places = find_clusters([points_of(detail["location"]) for detail in details])
            return [
                Counted(_at(place.x, place.y), place.labelers, place.share, f"within {place.radius:.1f} %")
                for place in places
            ]

        return by_majority(read_outcome(position, entry, _pointed, count, people_only=people_only))

    def density(self, outcome: Outcome) -> list[list[float]]:
        """Count the labelers who pointed at each cell of the picture."""
        return heat_map(counts_of(cells_of_points(points_of(detail["location"])) for detail in outcome.details))

    def verdict(self, results: JobResults) -> JobVerdict:
        """Count the places that labelers agree on."""
        return JobVerdict([agreed_places(results.outcomes, "pointed at")])


class LocateTask(PictureTask):
    """The task of a locate job."""

    kind = Locate


class LocateExample(PictureExample):
    """A qualification example: a picture and the areas in which a point is correct."""

    kind = Locate


def _pointed(detail: RawResponse) -> str:
    return " ".join(_at(x, y) for x, y in points_of(detail["location"]))


def _at(x: float, y: float) -> str:
    return f"({x:.0f}, {y:.0f})"


def _setting(question: Question, key: str, default: int) -> int:
    return number_of((question.settings or {}).get(key), default, MOST_EVER)


def _inside(random: Random, box: Box) -> Point:
    """A random point in a box, often near its center."""
    across, down = random.betavariate(3, 3), random.betavariate(3, 3)
    return box.x_min + across * (box.x_max - box.x_min), box.y_min + down * (box.y_max - box.y_min)
