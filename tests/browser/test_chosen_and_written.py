"""Results contain exactly the options and texts that people chose and wrote in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenSite
from tests.browser.labeler import READY, Labeler
from tests.browser.site import DESKTOP, PHONE, flaws, needs_axe, overflow
from tests.browser.test_marks import begin_labeling, results, started
from tests.task_samples import SAMPLES

STEPS = ["Very bad", "Bad", "Fair", "Good", "Very good"]


@pytest.mark.parametrize(("width", "touch"), [(DESKTOP, False), (PHONE, True)])
@needs_axe
async def test_options_are_chosen(open_site: OpenSite, width: int, touch: bool) -> None:
    """Number keys work on a desktop, taps on a phone. A scale keeps its order. axe-core finds nothing serious."""
    async with open_site(crowd=0, toolsets="all") as site:
        texts = [f"Text {number}" for number in range(3)]
        _, job_id = await started(
            site, "classification", datapoints=texts, answer_options=STEPS, settings={"no_shuffle": True}
        )
        labeler = await begin_labeling(site, job_id, width=width, touch=touch)
        chosen = []
        for place in (4, 0, 2):
            shown = await labeler.page.locator("#now button[name=choice] span").all_inner_texts()
            assert [option.strip() for option in shown] == STEPS
            assert await flaws(labeler.page) == {}
            assert await overflow(labeler.page) == 0
            task = await labeler.answer(place, "tap" if touch else "key")
            await labeler.changed(task)
            chosen.append(STEPS[place])
        await labeler.rest()
        assert sorted(await results(site, job_id, "selectedCategory")) == sorted(chosen)


async def test_shuffled_options_have_their_own_names_in_results(open_site: OpenSite) -> None:
    """Results name the chosen option, regardless of its position on the page."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "classification", responses_per_datapoint=4)
        seen = set()
        for _ in range(4):
            labeler: Labeler = await begin_labeling(site, job_id)
            while task := await labeler.task():
                options = await labeler.page.locator("#now button[name=choice] span").all_inner_texts()
                seen.add(tuple(options))
                await labeler.answer([option.strip() for option in options].index("Order"))
                await labeler.changed(task)
            await labeler.rest()
        assert set(await results(site, job_id, "selectedCategory")) == {"Order"}
        assert len(seen) > 1


@needs_axe
async def test_texts_are_written(open_site: OpenSite) -> None:
    """Texts may have any letters and several lines. A text that is too short is not sent."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "free_text", settings={"free_text_minimum_characters": 5})
        labeler = await begin_labeling(site, job_id)
        assert await flaws(labeler.page) == {}
        wrote = ["A “black” cat,\nasleep 猫", "<b>Nobody</b> & nothing"]
        for text in wrote:
            await labeler.page.wait_for_function(READY)
            task = await labeler.task()
            field, send = labeler.page.get_by_label("Your answer"), labeler.page.get_by_role("button", name="Send")
            await field.press_sequentially("abc")
            await send.click()
            assert await labeler.task() == task
            await field.fill(text)
            await send.click()
            await labeler.changed(task)
        await labeler.rest()
        assert sorted(await results(site, job_id, "answer")) == sorted(wrote)


@pytest.mark.parametrize("page", SAMPLES)
@needs_axe
async def test_every_task_type_is_previewed(open_site: OpenSite, page: str) -> None:
    """Previews show each datapoint as labelers see it. axe-core finds nothing serious on phone and desktop."""
    async with open_site(crowd=0, toolsets="all") as site:
        draft = await site.assistant.call(f"create_{page}_job", name="Shown", **SAMPLES[page].job)
        for width in (PHONE, DESKTOP):
            visited = await site.visit(f"/definitions/{draft['job_definition_id']}", width=width)
            assert await visited.get_by_text(SAMPLES[page].job["instruction"]).count() >= 1
            assert await flaws(visited) == {}
            assert await overflow(visited) == 0


@needs_axe
async def test_both_and_neither_stand_below_the_pair(open_site: OpenSite) -> None:
    """Arrows choose an item, and number keys choose Both or Neither."""
    async with open_site(crowd=0, toolsets="all") as site:
        given = {"datapoints": [["a", "b"], ["c", "d"], ["e", "f"]], "settings": {"allow_neither_both": True}}
        _, job_id = await started(site, "compare", **given)
        labeler = await begin_labeling(site, job_id, width=PHONE)
        assert await flaws(labeler.page) == {}
        assert await overflow(labeler.page) == 0
        for key in ("3", "4", "ArrowLeft"):
            await labeler.page.wait_for_function(READY)
            task = await labeler.task()
            await labeler.page.keyboard.press(key)
            await labeler.changed(task)
        await labeler.rest()
        chosen = await results(site, job_id, "votedFor")
        assert {"Both", "Neither"} < set(chosen)
        assert len(set(chosen) & set("abcdef")) == 1
