"""The SDK's tasks that are answered in pictures and sentences, on the embedded platform to the end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rapidata import LocateMaxPointsSetting, RapidataClient, RapidataJobDefinition

from tests.contract.served import Served
from tests.contract.task_operations import BOXES, COLOR, SELECT, SENTENCES, TAP, boxes

PICTURES = [f"https://assets.example.com/{name}.jpg" for name in ("cat", "dog")]
pytestmark = pytest.mark.usefixtures("quick")


def results_of(sdk: RapidataClient, definition: RapidataJobDefinition) -> Any:
    return sdk.audience.get_audience_by_id("global").assign_job(definition).get_results()


def test_locating_runs_to_its_results(sdk: RapidataClient) -> None:
    """In the documented form: points of each labeler and of all, in percent; its table has a row per response."""
    settings = [LocateMaxPointsSetting(1)]
    results = results_of(sdk, sdk.job.create_locate_job_definition("Loc", TAP, PICTURES, 12, settings=settings))
    assert [entry["originalFileName"] for entry in results["results"]] == ["cat.jpg", "dog.jpg"]
    for entry in results["results"]:
        points = [point for detail in entry["detailedResults"] for point in detail["location"]]
        assert len(points) >= 12
        assert points == entry["aggregatedResults"]
        assert all(0 <= point[axis] <= 100 for point in points for axis in ("x", "y"))
    assert len(results.to_pandas()) == 2
    assert len(results.to_pandas(split_details=True)) == results["summary"]["responses"]


def test_drawing_runs_to_its_results(sdk: RapidataClient) -> None:
    """Lines of each labeler, with their width."""
    results = results_of(sdk, sdk.job.create_draw_job_definition("Draw", COLOR, PICTURES, 5, contexts=["one", "two"]))
    assert [entry["context"] for entry in results["results"]] == ["one", "two"]
    lines = results["results"][0]["detailedResults"][0]["lines"]
    assert set(lines[0]) == {"size", "points"}
    assert len(lines[0]["points"]) > 1
    assert len(results.to_pandas(split_details=True)) == results["summary"]["responses"] >= 10


def test_selecting_words_runs_to_its_results(sdk: RapidataClient) -> None:
    """Every word with how many selected it."""
    made = sdk.job.create_select_words_job_definition("Words", SELECT, PICTURES, SENTENCES, 10)
    results = results_of(sdk, made)
    assert [entry["transcription"] for entry in results["results"]] == SENTENCES
    entry = results["results"][0]
    selected = [word["word"] for detail in entry["detailedResults"] for word in detail["selectedWords"]]
    assert [word["word"] for word in entry["aggregatedResults"]] == SENTENCES[0].split(" ")
    assert all(selected.count(word["word"]) == word["count"] for word in entry["aggregatedResults"])
    assert len(results.to_pandas()) == 2


def test_labelers_qualify_by_pictures_and_words(sdk: RapidataClient, platform: Served) -> None:
    """Careful ones meet the truth; the examples are counted and come back as they were given."""
    audience = sdk.audience.create_audience("Lookers", min_tasks=3)
    audience.add_locate_example(TAP, PICTURES[0], boxes(BOXES), explanation="there")
    audience.add_draw_example(COLOR, PICTURES[1], boxes(BOXES))
    audience.add_select_words_example(SELECT, PICTURES[0], SENTENCES[0], [1, 4])
    audience.start_recruiting()
    made = sdk.job.create_locate_job_definition("Loc", TAP, PICTURES, 5)
    assert audience.assign_job(made).get_results()["summary"]["responses"] >= 10
    audience.get_examples()
    shown = json.loads(platform.answers[-1].content)["items"]
    assert [example["truth"]["_t"][:4] for example in shown] == ["Loca", "Line", "Tran"]
    assert all(example["correctCount"] > 2 * example["incorrectCount"] > 0 for example in shown)
