"""Operations on rankings, pictures and sentences that the kits do not have: the SDK's way and ours."""

from __future__ import annotations

from typing import Any

from rapidata import Box, NoShuffleSetting

from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions
from rapidata_mcp.tasks.locate import LocateExample
from rapidata_mcp.tasks.ranking import RankingTask
from rapidata_mcp.tasks.select_words import SelectWordsExample

TAP, COLOR, SELECT = "Tap the glitch", "Color in the glitch", "Select the wrong words"
BOXES = [[0.44, 0.42, 0.58, 0.63]]
COOLER = "Which looks cooler?"
LONG = [f"text {number}" for number in range(11)]
MEDIA = [["https://a.test/context/1.jpg"], ["https://a.test/context/2.jpg"]]
SENTENCES = ["A cat on a couch [No_mistakes]", "Two dogs"]


def boxes(sides: list[list[float]]) -> list[Box]:
    return [Box(x_min=left, y_min=top, x_max=right, y_max=bottom) for left, top, right, bottom in sides]


async def rank(world: Any, lists: list[list[str]], budget: int, **given: Any) -> str:
    own = {name: given.pop(name) for name in ("responses", "random_share") if name in given}
    task = RankingTask.from_arguments(COOLER, lists, budget, JobOptions(**given), **own)
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
            LocateExample.from_arguments(
                TAP,
                w.urls("l1", 1)[0],
                BOXES,
                ExampleOptions(context="ctx", explanation="there"),
                required_precision=0.5,
                required_completeness=1,
            ),
        ),
    ),
    "add a select words example that need not be complete": (
        lambda w: w.audience.add_select_words_example(
            SELECT, w.urls("l3", 1)[0], SENTENCES[0], [1], required_precision=0.5, explanation="Black"
        ),
        lambda w: w.ours.examples.add(
            w.audience.id,
            SelectWordsExample.from_arguments(
                SELECT,
                w.urls("l3", 1)[0],
                SENTENCES[0],
                [1],
                ExampleOptions(explanation="Black"),
                required_precision=0.5,
            ),
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
}
