"""Results contain exactly the marks and words that people set in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import OpenSite
from tests.browser.labeler import Labeler
from tests.browser.site import DESKTOP, PHONE, Site, flaws, needs_axe, overflow
from tests.task_samples import SAMPLES

MARKED = ("locate", "draw", "select_words")


async def started(site: Site, page: str, **changes: Any) -> tuple[str, str]:
    """Start the sample job of a task type with one response per datapoint, and return the ids of draft and job."""
    arguments = {"name": page, **SAMPLES[page].job, "responses_per_datapoint": 1} | changes
    draft = await site.assistant.call(f"create_{page}_job", **arguments)
    job = await site.assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
    return str(draft["job_definition_id"]), str(job["job_id"])


async def begin_labeling(site: Site, job_id: str, **options: Any) -> Labeler:
    return await Labeler.begin(await site.visit(f"/label/{job_id}", **options))


async def sent(labeler: Labeler, *, key: bool = False) -> None:
    """Press Done, and wait for the next task or the end."""
    task = await labeler.task()
    done = labeler.page.get_by_role("button", name="Done")
    await (done.press("Enter") if key else done.click())
    await labeler.changed(task)
    await labeler.rest()


async def canvas(page: Page) -> Any:
    """Wait for the picture to mark, and return its locator."""
    await page.wait_for_function("() => document.querySelector('.canvas img')?.naturalWidth > 0")
    return page.locator(".canvas")


async def results(site: Site, job_id: str, member: str) -> list[Any]:
    """Return a member of each single response in the results."""
    resource = await site.assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document = json.loads(resource.contents[0].text)
    return [detail[member] for entry in document["results"] for detail in entry["detailedResults"]]


async def test_points_are_set_by_mouse_and_keyboard(open_site: OpenSite) -> None:
    """Points lie under the pointer or at the end of key presses. Their number is limited, and they can be removed."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "locate", settings={"locate_max_points": 2})
        labeler = await begin_labeling(site, job_id)
        picture, page = await canvas(labeler.page), labeler.page
        box = await picture.bounding_box()
        assert await page.get_by_role("button", name="Done").is_disabled()
        for share in (0.25, 0.75, 0.5):
            await picture.click(position={"x": share * box["width"], "y": 0.5 * box["height"]})
        assert await page.locator(".dot").count() == 2
        await page.get_by_role("button", name="Take back").click()
        await sent(labeler)
        await (await canvas(page)).focus()
        for key in ("ArrowRight", "Shift+ArrowUp", "Enter"):
            await page.keyboard.press(key)
        await sent(labeler, key=True)
        clicked, keyed = await results(site, job_id, "location")
    assert clicked == [{"x": pytest.approx(25, abs=0.5), "y": pytest.approx(50, abs=0.5)}]
    assert keyed == [{"x": 52, "y": 40}]


async def test_lines_are_drawn_by_finger_and_keyboard(open_site: OpenSite) -> None:
    """A drag and key presses draw lines, and the page does not scroll meanwhile."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "draw")
        labeler = await begin_labeling(site, job_id, width=PHONE, touch=True)
        picture, page = await canvas(labeler.page), labeler.page
        box = await picture.bounding_box()
        across = [(box["x"] + share * box["width"], box["y"] + box["height"] / 2) for share in (0.2, 0.5, 0.8)]
        await page.mouse.move(*across[0])
        await page.mouse.down()
        for place in across[1:]:
            await page.mouse.move(*place, steps=5)
        await page.mouse.up()
        assert await page.locator(".canvas polyline").count() == 1
        await sent(labeler)
        await (await canvas(page)).focus()
        for key in ("Enter", "ArrowRight", "ArrowRight", "Enter", "ArrowLeft", "Enter", "Backspace"):
            await page.keyboard.press(key)
        await sent(labeler, key=True)
        drawn, keyed = await results(site, job_id, "lines")
    points = drawn[0]["points"]
    assert (points[0]["x"], points[-1]["x"]) == (pytest.approx(20, abs=1), pytest.approx(80, abs=1))
    assert len(points) > 5
    assert [line["points"] for line in keyed] == [[{"x": 50, "y": 50}, {"x": 52, "y": 50}, {"x": 54, "y": 50}]]


async def test_words_are_selected_by_tap_and_keyboard(open_site: OpenSite) -> None:
    """The words that are on when Done is pressed are sent. Without a word the page asks for one."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "select_words")
        labeler = await begin_labeling(site, job_id, width=PHONE, touch=True)
        page = labeler.page
        await page.get_by_role("button", name="Done").tap()
        await page.get_by_text("one word at least").wait_for()
        for word in ("cat", "couch", "couch"):
            await page.locator(".word", has_text=word).tap()
        await sent(labeler)
        await page.get_by_role("checkbox", name="dogs").press("Space")
        await sent(labeler, key=True)
        words = await results(site, job_id, "selectedWords")
    assert words == [[{"word": "cat", "wordIndex": 1}], [{"word": "dogs", "wordIndex": 1}]]


async def test_a_ranking_is_labeled_pair_by_pair(open_site: OpenSite) -> None:
    """Every pair of both lists is shown once, and results contain the choices."""
    async with open_site(crowd=0, toolsets="all") as site:
        draft = await site.assistant.call(
            "create_ranking_job", name="r", **SAMPLES["ranking"].job | {"comparison_budget_per_ranking": 3}
        )
        job = await site.assistant.call(
            "assign_job", job_definition_id=draft["job_definition_id"], audience_id="global"
        )
        labeler = await begin_labeling(site, job["job_id"])
        chosen = []
        while await labeler.task():
            texts = await labeler.page.locator("#now .option .text").all_inner_texts()
            chosen.append((texts[1], texts[0]))
            await labeler.answer(1)
            await labeler.rest()
        votes = zip(*[await results(site, job["job_id"], side) for side in ("votedFor", "votedAgainst")], strict=True)
        assert sorted(votes) == sorted(chosen)
    assert len(chosen) == 4


@pytest.mark.parametrize("kind", [*MARKED, "ranking"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@needs_axe
async def test_previews_and_questions_are_accessible(open_site: OpenSite, kind: str, width: int) -> None:
    """axe-core finds nothing serious and nothing scrolls sideways. A preview takes no marks."""
    async with open_site(crowd=0, toolsets="all") as site:
        draft = await site.assistant.call(f"create_{kind}_job", name=kind, **SAMPLES[kind].job)
        job = await site.assistant.call(
            "assign_job", job_definition_id=draft["job_definition_id"], audience_id="global"
        )
        page = await site.visit(f"/definitions/{draft['job_definition_id']}", width=width)
        assert await page.locator("fieldset:disabled .instruction").count() == len(
            await page.locator(".question").all()
        )
        label = (await begin_labeling(site, job["job_id"], width=width)).page
        for one in (page, label):
            assert await flaws(one) == {}
            assert await overflow(one) == 0
