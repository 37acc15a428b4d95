"""Operations on tasks that are ranked, or answered in a picture or a sentence: the SDK's way and ours."""

from __future__ import annotations

from typing import Any

from rapidata import Box, LocateMaxPointsSetting, NoShuffleSetting

from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.draw import DrawExample, DrawTask
from rapidata_mcp.tasks.locate import LocateExample, LocateTask
from rapidata_mcp.tasks.ranking import RankingTask
from rapidata_mcp.tasks.select_words import SelectWordsExample, SelectWordsTask

TAP, COLOR, SELECT = "Tap the glitch", "Color in the glitch", "Select the wrong words"
BOXES = [[0.44, 0.42, 0.58, 0.63]]
OVERLAPPING = [[0.1, 0.1, 0.5, 0.5], [0.4, 0.4, 0.6, 0.6]]
COOLER = "Which looks cooler?"
LONG = [f"text {number}" for number in range(11)]
MEDIA = [["https://a.test/context/1.jpg"], ["https://a.test/context/2.jpg"]]
SENTENCES = ["A cat on a couch [No_mistakes]", "Two dogs"]


def boxes(sides: list[list[float]]) -> list[Box]:
    return [Box(x_min=left, y_min=top, x_max=right, y_max=bottom) for left, top, right, bottom in sides]


async def rank(world: Any, lists: list[list[str]], budget: int, **given: Any) -> str:
    task = RankingTask.checked(COOLER, lists, budget, **given)
    return await world.ours.definitions.create("Rank", task, Stopping(task.votes_per_pair))


TASKS: dict[str, tuple[Any, Any]] = {
    "add a locate example with everything": (
        lambda w: w.audience._example_handler.add_locate_example(
            TAP,
            w.urls("l1", 1)[0],
            boxes(BOXES),
            required_precision=0.5,
            required_completeness=1,
            context="ctx",
            explanation="there",
        ),
        lambda w: w.ours.examples.add(
            w.audience.id,
            LocateExample.checked(
                TAP,
                w.urls("l1", 1)[0],
                BOXES,
                required_precision=0.5,
                required_completeness=1,
                context="ctx",
                explanation="there",
            ),
        ),
    ),
    "add a draw example with overlapping boxes": (
        lambda w: w.audience.add_draw_example(COLOR, w.urls("l2", 1)[0], boxes(OVERLAPPING)),
        lambda w: w.ours.examples.add(w.audience.id, DrawExample.checked(COLOR, w.urls("l2", 1)[0], OVERLAPPING)),
    ),
    "add a select words example": (
        lambda w: w.audience.add_select_words_example(
            SELECT, w.urls("l3", 1)[0], SENTENCES[0], [1], required_precision=0.5, explanation="Black"
        ),
        lambda w: w.ours.examples.add(
            w.audience.id,
            SelectWordsExample.checked(
                SELECT, w.urls("l3", 1)[0], SENTENCES[0], [1], required_precision=0.5, explanation="Black"
            ),
        ),
    ),
    "define a locate job": (
        lambda w: w.sdk.job.create_locate_job_definition(
            "Loc", TAP, w.urls("l4"), contexts=["a", "b"], settings=[LocateMaxPointsSetting(5)]
        ),
        lambda w: w.ours.definitions.create(
            "Loc",
            LocateTask.checked(TAP, w.urls("l4"), contexts=["a", "b"], settings={"locate_max_points": 5}),
            Stopping(),
        ),
    ),
    "define a draw job": (
        lambda w: w.sdk.job.create_draw_job_definition(
            "Draw", COLOR, w.urls("l5"), 7, media_contexts=[w.urls("l5c"), w.urls("l5d", 1)]
        ),
        lambda w: w.ours.definitions.create(
            "Draw",
            DrawTask.checked(COLOR, w.urls("l5"), media_contexts=[w.urls("l5c"), w.urls("l5d", 1)]),
            Stopping(7),
        ),
    ),
    "define a ranking job of short lists": (
        lambda w: w.sdk.job.create_ranking_job_definition(
            "Rank", COOLER, [w.urls("r1", 3), w.urls("r2")], 50, 2, contexts=["A", "B"], media_contexts=MEDIA
        ),
        lambda w: rank(w, [w.urls("r1", 3), w.urls("r2")], 50, responses=2, contexts=["A", "B"], media_contexts=MEDIA),
    ),
    "define a ranking job of a long list of texts": (
        lambda w: w.sdk.job.create_ranking_job_definition(
            "Rank", COOLER, [LONG], 60, data_type="text", random_comparisons_ratio=0.25, settings=[NoShuffleSetting()]
        ),
        lambda w: rank(w, [LONG], 60, data_type="text", random_share=0.25, settings={"no_shuffle": True}),
    ),
    "define a select words job": (
        lambda w: w.sdk.job.create_select_words_job_definition(
            "Words", SELECT, w.urls("l6"), SENTENCES, private_metadata=[{"id": "1"}, {"id": "2"}]
        ),
        lambda w: w.ours.definitions.create(
            "Words",
            SelectWordsTask.checked(SELECT, w.urls("l6"), SENTENCES, private_metadata=[{"id": "1"}, {"id": "2"}]),
            Stopping(),
        ),
    ),
}
