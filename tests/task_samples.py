"""Samples of each task type: one job and one example, made by our tools, our client and the official SDK.

Many tests run for every sample. `tests/test_tools.py` fails if a task type has no sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidata_mcp.tasks.classification import ClassificationExample, ClassificationTask
from rapidata_mcp.tasks.compare import CompareExample, CompareTask
from rapidata_mcp.tasks.drafts import ExampleDraft, ExampleOptions, JobOptions, TaskDraft
from rapidata_mcp.tasks.draw import DrawExample, DrawTask
from rapidata_mcp.tasks.free_text import FreeTextTask
from rapidata_mcp.tasks.locate import LocateExample, LocateTask
from rapidata_mcp.tasks.ranking import RankingTask
from rapidata_mcp.tasks.select_words import SelectWordsExample, SelectWordsTask

if TYPE_CHECKING:
    from rapidata import RapidataAudience, RapidataClient

Sdk = Any


@dataclass(frozen=True)
class TaskSample:
    """A job of a task type, with an example and an answer."""

    job: Mapping[str, Any]
    """The arguments of `create_<slug>_job`, except for the name."""
    draft: Callable[[], TaskDraft]
    """A job for our client."""
    sdk_job: Callable[[RapidataClient], Any]
    """The job of `draft`, drafted by the SDK under the name "Pairs"."""
    posted: Any
    """The JSON that the labeling page posts for an answer to the first datapoint of `draft`."""
    answer: str
    """The name of that answer in results."""
    example: Mapping[str, Any] | None = None
    """The arguments of `add_<slug>_example`, except for audience_id; None if the task type has no examples."""
    example_draft: Callable[[], ExampleDraft] | None = None
    sdk_example: Callable[[RapidataAudience], Any] | None = None
    pair: tuple[str, str] | None = None
    """The items that a labeler sees, if they are not those of one datapoint."""


def urls(folder: str, number: int = 2) -> list[str]:
    """Return the URLs of media. Each sample has a folder of its own, so that its media are not uploaded yet."""
    return [f"https://a.test/{folder}/{index}.jpg" for index in range(number)]


WHICH = "Which reads better?"
KIND = "What kind of text is it?"
KINDS = ["Question", "Statement", "Order"]
ANIMAL = "What animal is it?"
ANIMALS = [["Cat", "Dog"], ["Owl", "Bat", "Bee"]]
SEEN = "What do you see?"
TEXTS = ["Who goes there?", "He goes there."]
COOLER = "Which looks cooler?"
LISTED = ["a house", "a tree", "a cloud"]
TAP, COLOR, SELECT = "Tap the glitch", "Color in the glitch", "Select the wrong words"
BOX, OVER = [0.44, 0.42, 0.58, 0.63], [0.5, 0.5, 0.62, 0.6]
SENTENCES = ["A cat on a couch [No_mistakes]", "Two dogs"]
PAIRS = [["He goes there.", "He go there."], ["I am here.", "I is here."]]


def _sdk_settings() -> list[Any]:
    from rapidata import NoShuffleSetting

    return [NoShuffleSetting()]


def _sdk_lengths() -> list[Any]:
    from rapidata import FreeTextMaxCharactersSetting, FreeTextMinimumCharactersSetting

    return [FreeTextMaxCharactersSetting(500), FreeTextMinimumCharactersSetting(3)]


def _sdk_points() -> list[Any]:
    from rapidata import LocateMaxPointsSetting

    return [LocateMaxPointsSetting(5)]


def _sdk_boxes(*boxes: list[float]) -> list[Any]:
    from rapidata import Box

    return [Box(x_min=left, y_min=top, x_max=right, y_max=bottom) for left, top, right, bottom in boxes]


SAMPLES: dict[str, TaskSample] = {
    "compare": TaskSample(
        job={"instruction": WHICH, "datapoints": PAIRS, "data_type": "text"},
        draft=lambda: CompareTask.from_arguments(WHICH, PAIRS, JobOptions(data_type="text")),
        sdk_job=lambda sdk: sdk.job.create_compare_job_definition("Pairs", WHICH, PAIRS, "text"),
        posted={"choice": 1},
        answer=PAIRS[0][1],
        example={"instruction": WHICH, "datapoint": PAIRS[0], "truth": PAIRS[0][0], "data_type": "text"},
        example_draft=lambda: CompareExample.from_arguments(
            WHICH, PAIRS[0], PAIRS[0][0], ExampleOptions(data_type="text")
        ),
        sdk_example=lambda audience: audience.add_compare_example(WHICH, PAIRS[0][0], PAIRS[0], "text"),
    ),
    "classification": TaskSample(
        job={"instruction": KIND, "datapoints": TEXTS, "answer_options": KINDS, "data_type": "text"},
        draft=lambda: ClassificationTask.from_arguments(
            ANIMAL, urls("classification"), JobOptions(contexts=["c1", "c2"]), options_per_datapoint=ANIMALS
        ),
        sdk_job=lambda sdk: sdk.job.create_classification_job_definition(
            "Pairs", ANIMAL, ANIMALS, urls("classification"), contexts=["c1", "c2"]
        ),
        posted={"choice": 1},
        answer=ANIMALS[0][1],
        example={
            "instruction": KIND,
            "datapoint": TEXTS[0],
            "answer_options": KINDS,
            "truth": ["Question"],
            "data_type": "text",
        },
        example_draft=lambda: ClassificationExample.from_arguments(
            ANIMAL,
            urls("owl", 1)[0],
            ["Cat", "Dog", "Owl"],
            ["Owl", "Dog"],
            ExampleOptions(settings={"no_shuffle": True}),
        ),
        sdk_example=lambda audience: audience.add_classification_example(
            ANIMAL, ["Cat", "Dog", "Owl"], urls("owl", 1)[0], ["Owl", "Dog"], settings=_sdk_settings()
        ),
    ),
    "free_text": TaskSample(
        job={"instruction": SEEN, "datapoints": TEXTS, "data_type": "text"},
        draft=lambda: FreeTextTask.from_arguments(
            SEEN,
            urls("free_text"),
            JobOptions(settings={"free_text_max_characters": 500, "free_text_minimum_characters": 3}),
        ),
        sdk_job=lambda sdk: sdk.job.create_free_text_job_definition(
            "Pairs", SEEN, urls("free_text"), settings=_sdk_lengths()
        ),
        posted={"text": "  A black cat. "},
        answer="A black cat.",
    ),
    "ranking": TaskSample(
        job={
            "instruction": COOLER,
            "datapoints": [TEXTS, ["one", "two", "three"]],
            "comparison_budget_per_ranking": 30,
            "data_type": "text",
        },
        draft=lambda: RankingTask.from_arguments(
            COOLER, [LISTED, TEXTS], 30, JobOptions(data_type="text", contexts=["c1", "c2"])
        ),
        sdk_job=lambda sdk: sdk.job.create_ranking_job_definition(
            "Pairs", COOLER, [LISTED, TEXTS], 30, data_type="text", contexts=["c1", "c2"]
        ),
        posted={"choice": 1},
        answer=LISTED[2],
        pair=(LISTED[0], LISTED[2]),
    ),
    "locate": TaskSample(
        job={"instruction": TAP, "datapoints": urls("locate")},
        draft=lambda: LocateTask.from_arguments(
            TAP, urls("locate"), JobOptions(contexts=["c1", "c2"], settings={"locate_max_points": 5})
        ),
        sdk_job=lambda sdk: sdk.job.create_locate_job_definition(
            "Pairs", TAP, urls("locate"), contexts=["c1", "c2"], settings=_sdk_points()
        ),
        posted={"points": [{"x": 20.4, "y": 30.6}]},
        answer="(20, 31)",
        example={"instruction": TAP, "datapoint": urls("tap", 1)[0], "truth": [BOX]},
        example_draft=lambda: LocateExample.from_arguments(
            TAP, urls("tap", 1)[0], [BOX], ExampleOptions(context="c", explanation="there")
        ),
        sdk_example=lambda audience: audience.add_locate_example(
            TAP, urls("tap", 1)[0], _sdk_boxes(BOX), context="c", explanation="there"
        ),
    ),
    "draw": TaskSample(
        job={"instruction": COLOR, "datapoints": urls("draw")},
        draft=lambda: DrawTask.from_arguments(
            COLOR, urls("draw"), JobOptions(media_contexts=[urls("around"), urls("behind", 1)])
        ),
        sdk_job=lambda sdk: sdk.job.create_draw_job_definition(
            "Pairs", COLOR, urls("draw"), media_contexts=[urls("around"), urls("behind", 1)]
        ),
        posted={"lines": [{"points": [{"x": 20, "y": 30}, {"x": 30, "y": 30}]}]},
        answer="x 18 to 32, y 28 to 32",
        example={"instruction": COLOR, "datapoint": urls("color", 1)[0], "truth": [BOX]},
        example_draft=lambda: DrawExample.from_arguments(COLOR, urls("color", 1)[0], [BOX, OVER]),
        sdk_example=lambda audience: audience.add_draw_example(COLOR, urls("color", 1)[0], _sdk_boxes(BOX, OVER)),
    ),
    "select_words": TaskSample(
        job={"instruction": SELECT, "datapoints": urls("words"), "sentences": SENTENCES},
        draft=lambda: SelectWordsTask.from_arguments(
            SELECT, urls("words"), SENTENCES, JobOptions(private_metadata=[{"id": "1"}, {"id": "2"}])
        ),
        sdk_job=lambda sdk: sdk.job.create_select_words_job_definition(
            "Pairs", SELECT, urls("words"), SENTENCES, private_metadata=[{"id": "1"}, {"id": "2"}]
        ),
        posted={"words": [1]},
        answer="cat",
        example={
            "instruction": SELECT,
            "datapoint": urls("select", 1)[0],
            "sentence": SENTENCES[0],
            "truth": [1],
        },
        example_draft=lambda: SelectWordsExample.from_arguments(
            SELECT, urls("select", 1)[0], SENTENCES[0], [1], ExampleOptions(explanation="Black")
        ),
        sdk_example=lambda audience: audience.add_select_words_example(
            SELECT, urls("select", 1)[0], SENTENCES[0], [1], explanation="Black"
        ),
    ),
}
