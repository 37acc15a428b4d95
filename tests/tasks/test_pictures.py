"""Answers in pictures and sentences: which are accepted, which are right, and how labelers are simulated."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.draw import Draw, DrawExample, LineExamplePayload
from rapidata_mcp.tasks.locate import Locate, LocateExample, LocateExamplePayload
from rapidata_mcp.tasks.select_words import SelectWords, SelectWordsExample, SelectWordsTask
from rapidata_mcp.tasks.task import Answer, Question, TaskTypeWithExamples

PICTURE = "https://assets.example.com/cat.jpg"
SENTENCE = "A cat on a couch"
LEFT, RIGHT = [0.1, 0.1, 0.3, 0.3], [0.6, 0.1, 0.9, 0.3]


def _locate(**settings: str) -> Question:
    return Locate().question(LocateExamplePayload(target="Tap"), Datapoint((PICTURE,)), ["cat"], settings)


DRAW = Draw().question(LineExamplePayload(target="Draw"), Datapoint((PICTURE,)), ["cat"])
WORDS = SelectWords().question(
    SelectWordsExample.from_arguments("Select", PICTURE, SENTENCE, [1]).payload(), Datapoint((PICTURE,)), ["cat"]
)
POINT = {"x": 20, "y": 20}


@pytest.mark.parametrize(
    ("task", "question", "posted"),
    [
        (Locate(), _locate(), {"points": []}),
        (Locate(), _locate(), {"points": [POINT] * 4}),
        (Locate(), _locate(locate_min_points="2"), {"points": [POINT]}),
        (Locate(), _locate(locate_max_points="-5"), {"points": [POINT] * 4}),
        (Locate(), _locate(), {"points": [{"x": 101, "y": 0}]}),
        (Locate(), _locate(), {"points": [{"x": math.nan, "y": 0}]}),
        (Locate(), _locate(), {"points": [{"x": True, "y": "0"}]}),
        (Locate(), _locate(), {"points": "20 20"}),
        (Locate(), _locate(), {"choice": 0}),
        (Draw(), DRAW, {"lines": []}),
        (Draw(), DRAW, {"lines": [{"points": []}]}),
        (Draw(), DRAW, {"lines": [{"points": [POINT] * 5_001}]}),
        (Draw(), DRAW, {"lines": [{"points": [POINT] * 2_501}] * 2}),
        (Draw(), DRAW, {"lines": [{"points": [POINT]}] * 51}),
        (Draw(), DRAW, {"lines": [[POINT]]}),
        (SelectWords(), WORDS, {"words": []}),
        (SelectWords(), WORDS, {"words": [5]}),
        (SelectWords(), WORDS, {"words": [-1]}),
        (SelectWords(), WORDS, {"words": [True]}),
        (SelectWords(), WORDS, {"words": ["cat"]}),
        (SelectWords(), WORDS, None),
    ],
)
def test_impossible_answers_are_refused(task: TaskTypeWithExamples, question: Question, posted: object) -> None:
    """Too few or too many marks, positions outside the picture, and wrong types are refused."""
    with pytest.raises(ValueError, match=r"An answer|A coordinate|A drawing|A line|A word"):
        task.read_answer(posted, question)


def test_valid_answers_are_stored_in_a_normal_form() -> None:
    """Positions have hundredths of a percent, lines a width, and words are unique and in order."""
    points = Locate().read_answer({"points": [{"x": 20.123, "y": 0}]}, _locate())
    assert points == Answer(0, [{"x": 20.12, "y": 0.0}])
    assert len(Locate().read_answer({"points": [POINT] * 5}, _locate(locate_max_points="5")).value) == 5
    line = Draw().read_answer({"lines": [{"points": [POINT, POINT], "size": "huge", "more": 1}]}, DRAW)
    assert line.value == [{"size": 4.0, "points": [{"x": 20.0, "y": 20.0}] * 2}]
    assert SelectWords().read_answer({"words": [4, 1, 4]}, WORDS) == Answer(0, [1, 4])


@pytest.mark.parametrize(
    ("points", "required", "right"),
    [
        ([(20, 20)], {}, True),
        ([(20, 20), (50, 50)], {}, True),
        ([(20, 20), (50, 50), (50, 60)], {}, False),
        ([(20, 20), (50, 50)], {"required_precision": 1.0}, False),
        ([(20, 20)], {"required_completeness": 1.0}, False),
        ([(20, 20), (70, 20)], {"required_completeness": 1.0}, True),
        ([(50, 50)], {"required_precision": 0.0}, False),
    ],
)
def test_points_are_right_in_boxes(points: list[tuple[float, float]], required: dict[str, float], right: bool) -> None:
    """By default half of the points must lie in boxes. Precision counts points, completeness counts boxes."""
    truth = LocateExample.from_arguments("Tap", PICTURE, [LEFT, RIGHT], **required).wire_truth(["cat"])
    answer = Answer(0, [{"x": x, "y": y} for x, y in points])
    assert Locate().is_right(answer, truth, _locate()) is right


def test_lines_are_right_by_their_length_in_boxes() -> None:
    """A line that lies mostly inside a box is right; a line that only crosses it is not."""
    truth = DrawExample.from_arguments("Draw", PICTURE, [LEFT]).wire_truth(["cat"])
    inside, crossing = ([{"x": 12, "y": 20}, {"x": x, "y": 20}] for x in (40, 90))
    assert Draw().is_right(Answer(0, [{"size": 2, "points": inside}]), truth, DRAW)
    assert not Draw().is_right(Answer(0, [{"size": 2, "points": crossing}]), truth, DRAW)


@pytest.mark.parametrize(
    ("selected", "required", "right"),
    [
        ([1, 4], {}, True),
        ([1], {}, False),
        ([0, 1, 4], {}, False),
        ([1], {"required_completeness": 0.5}, True),
        ([0, 1, 4], {"required_precision": 0.6}, True),
        ([0], {"required_precision": 0.0, "required_completeness": 0.0}, False),
    ],
)
def test_words_are_right_as_required(selected: list[int], required: dict[str, float], right: bool) -> None:
    """By default exactly the right words must be selected. A selection without any right word is never right."""
    truth = SelectWordsExample.from_arguments("Select", PICTURE, SENTENCE, [1, 4], **required).wire_truth(["cat"])
    assert SelectWords().is_right(Answer(0, selected), truth, WORDS) is right
    assert SelectWords().describe_truth(truth, WORDS) == "cat couch"
    strict = truth.model_copy(update={"strict_grading": True})
    assert SelectWords().is_right(Answer(0, selected), strict, WORDS) is (selected == [1, 4])


@pytest.mark.parametrize(
    ("task", "question", "truth"),
    [
        (Locate(), _locate(), LocateExample.from_arguments("Tap", PICTURE, [LEFT, RIGHT]).wire_truth([])),
        (Draw(), DRAW, DrawExample.from_arguments("Draw", PICTURE, [LEFT, RIGHT]).wire_truth([])),
        (SelectWords(), WORDS, SelectWordsExample.from_arguments("Select", PICTURE, SENTENCE, [1, 4]).wire_truth([])),
    ],
)
def test_careful_simulated_labelers_meet_the_truth(task: TaskTypeWithExamples, question: Question, truth: Any) -> None:
    """Careful labelers always do and guessers rarely do; all their answers are valid."""
    random = Random(1)
    member = {"Locate": "points", "Line": "lines", "Transcription": "words"}[task.name]
    for skill, low, high in ((1.0, 200, 200), (0.0, 0, 60)):
        answers = [task.simulate_answer(random, skill, question, truth) for _ in range(200)]
        assert low <= sum(task.is_right(answer, truth, question) for answer in answers) <= high
        assert all(task.read_answer({member: answer.value}, question) == answer for answer in answers)
    assert task.simulate_answer(Random(3), 1, question) == task.simulate_answer(Random(3), 1, question)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"truth": []}, "truth: has 0 boxes"),
        ({"truth": [[0.3, 0.1, 0.1, 0.3]]}, "truth.0: is not"),
        ({"truth": [LEFT, [10, 10, 30, 30]]}, "truth.1: is not"),
        ({"truth": [[0.1, 0.1, 0.3]]}, "truth.0: is not"),
        ({"required_precision": 1.5}, "required_precision: must be from 0 to 1"),
        ({"instruction": " "}, "instruction: must not be empty"),
    ],
)
def test_impossible_examples_say_what_is_wrong(change: dict[str, Any], message: str) -> None:
    """The error names the argument and the position."""
    arguments: dict[str, Any] = {"instruction": "Tap", "item": PICTURE, "truth": [LEFT]}
    with pytest.raises(InvalidArgument, match=message):
        LocateExample.from_arguments(**arguments | change)


@pytest.mark.parametrize("sentence", ["word", "", "two  spaces", " leading space", "a " * 300])
def test_impossible_sentences_are_refused(sentence: str) -> None:
    """A sentence is several words with single spaces between them, up to a limit."""
    with pytest.raises(InvalidArgument, match=r"sentences\.0"):
        SelectWordsTask.from_arguments("Select", [PICTURE], [sentence])
    with pytest.raises(InvalidArgument, match="sentences: has 1 entries for 2"):
        SelectWordsTask.from_arguments("Select", [PICTURE] * 2, ["two words"])
