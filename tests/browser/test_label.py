"""People qualify and label in a real browser, and results contain exactly their answers."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest

from tests.browser.conftest import OpenSite
from tests.browser.labeler import Labeler, given_by, votes
from tests.browser.site import DESKTOP, PHONE, Site, flaws, needs_axe, overflow


async def results(site: Site, job_id: str) -> dict[str, Any]:
    resource = await site.assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document: dict[str, Any] = json.loads(resource.contents[0].text)
    return document


async def test_three_people_qualify_or_fail_and_two_label_a_job_at_once(open_site: OpenSite) -> None:
    """Undo, skip, reload and a lost connection neither lose, change nor repeat an answer."""
    async with open_site(crowd=0) as site:
        audience_id = await site.assistant.audience()
        job_id = await site.assistant.job(audience_id, pairs=12, responses_per_datapoint=1)
        first, second, third = [
            await Labeler.begin(await site.visit(f"/label/{link}")) for link in (job_id, audience_id, job_id)
        ]
        assert "You are not admitted" in await third.qualify(right=False)
        for one in (first, second):
            await one.qualify(right=True)
        await first.answer(0)
        await second.answer(1, "arrow")
        await first.rest()
        await first.page.keyboard.press("u")  # undo
        await first.rest()
        assert await first.task() in first.given
        await first.answer(1)
        skipped = await first.task()
        await first.page.keyboard.press("s")
        await first.changed(skipped)
        await first.rest()
        before = await second.task()
        await second.page.reload()
        await second.rest()
        assert await second.task() == before
        await first.page.context.set_offline(True)
        await first.answer(0)
        await first.page.get_by_text("Your answer is kept").wait_for()
        await second.answer(0)
        await first.page.context.set_offline(False)
        await first.page.get_by_text("Your answer is kept").wait_for(state="hidden")
        for number in range(12):
            for one in (first, second):
                await one.rest()
                if await one.task():
                    await one.answer(number % 2)
        for one in (first, second):
            await one.rest()
        assert skipped in second.given
        assert votes(await results(site, job_id)) == given_by([first, second])
        status = await site.assistant.call("get_job", job_id=job_id)
        assert (status["state"], status["human_responses"]) == ("Completed", 12)


@pytest.mark.parametrize(("how", "width"), [("key", DESKTOP), ("arrow", DESKTOP), ("click", DESKTOP), ("tap", PHONE)])
async def test_every_way_of_answering(open_site: OpenSite, how: str, width: int) -> None:
    """Numbers, arrows, clicks and taps on a phone qualify, label to the end, and are counted."""
    async with open_site(crowd=0) as site:
        audience_id = await site.assistant.audience()
        job_id = await site.assistant.job(audience_id, pairs=3, responses_per_datapoint=1)
        page = await site.visit(f"/label/{job_id}", width=width, touch=how == "tap")
        one = await Labeler.begin(page)
        await one.qualify(right=True, how=how)
        for place in (0, 1, 1):
            await one.answer(place, how)
        await page.get_by_role("heading", name="All done").wait_for()
        assert votes(await results(site, job_id)) == given_by([one])


async def test_a_page_without_scripts_works_by_forms(open_site: OpenSite) -> None:
    """Beginning, practicing, answering, undoing and skipping need only links and forms."""
    async with open_site(crowd=0) as site:
        audience_id = await site.assistant.audience()
        job_id = await site.assistant.job(audience_id, pairs=2, responses_per_datapoint=1)
        page = await site.visit(f"/label/{job_id}", java_script_enabled=False)
        await page.get_by_role("button", name="Begin").click()
        for number in range(3):
            await page.locator("#answered", has_text=str(number)).wait_for()
            await page.locator(".option", has_text="clear").get_by_role("button").click()
        await page.get_by_text("You are admitted.").wait_for()
        await page.get_by_role("button", name="Choose").first.click()
        await page.get_by_role("button", name="Undo").click()
        for number in range(2):
            await page.locator("#answered", has_text=str(number)).wait_for()
            await page.get_by_role("button", name="Choose").first.click()
        await page.get_by_role("heading", name="All done").wait_for()
        document = await results(site, job_id)
        assert [len(entry["detailedResults"]) for entry in document["results"]] == [1, 1]


async def test_a_wrong_answer_is_explained_before_the_next_example(open_site: OpenSite) -> None:
    """The page shows the explanation as text, marks the right item, and focuses the button."""
    async with open_site(crowd=0) as site:
        audience_id = (await site.assistant.call("create_audience", name="Explained"))["audience_id"]
        for number in range(3):
            pair = [f"clear {number}", f"muddled {number}"]
            example = {
                "truth": pair[0],
                "data_type": "text",
                "explanation": "<img src=x onerror=alert(1)> It is clearer.",
            }
            await site.assistant.example(audience_id, datapoint=pair, **example)
        await site.assistant.call("start_recruiting", audience_id=audience_id)
        page = await site.visit(f"/label/{audience_id}")
        one = await Labeler.begin(page)
        texts = await page.locator("#now .option .text").all_inner_texts()
        await one.answer(next(at for at, text in enumerate(texts) if text.startswith("muddled")))
        await page.get_by_role("button", name="Continue").wait_for()
        assert await page.get_by_text("<img src=x onerror=alert(1)> It is clearer.").count() == 1
        assert await page.locator(".known .right").inner_text() == "Right answer"
        await page.keyboard.press("Enter")
        assert (await one.task()).startswith("exm_")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@needs_axe
async def test_the_label_page_fits_its_window_and_is_accessible(
    open_site: OpenSite, width: int, scheme: Literal["light", "dark"]
) -> None:
    """axe-core finds nothing serious on welcome, practice, correction, task and end, on phone and desktop."""
    async with open_site(crowd=0) as site:
        audience_id = await site.assistant.audience()
        job_id = await site.assistant.job(audience_id, pairs=1, responses_per_datapoint=1)
        page = await site.visit(f"/label/{job_id}", width=width, scheme=scheme, touch=width == PHONE)

        async def look() -> None:
            assert await flaws(page) == {}
            assert await overflow(page) == 0

        await look()
        one = await Labeler.begin(page)
        await look()
        texts = await page.locator("#now .option .text").all_inner_texts()
        await one.answer(next(at for at, text in enumerate(texts) if text.startswith("muddled")))
        await page.get_by_role("button", name="Continue").wait_for()
        await look()
        other = await Labeler.begin(await site.visit(f"/label/{job_id}", width=width, scheme=scheme))
        await other.qualify(right=True)
        page = other.page
        await look()
        await other.answer(0)
        await page.get_by_role("heading", name="All done").wait_for()
        await look()


async def test_options_are_chosen_and_texts_are_written(open_site: OpenSite) -> None:
    """A number key chooses one of five options; letters and digits in a text are only text."""
    async with open_site(crowd=0, toolsets="all") as site:
        asked = {"data_type": "text", "responses_per_datapoint": 1, "name": "Asked"}
        options = ["one", "two", "three", "four", "five"]
        calls: list[tuple[str, dict[str, Any]]] = [
            ("create_classification_job", {"instruction": "Which?", "answer_options": options, "datapoints": ["x"]}),
            ("create_free_text_job", {"instruction": "Describe it.", "datapoints": ["x"]}),
        ]
        jobs = []
        for tool, arguments in calls:
            draft = (await site.assistant.call(tool, **asked, **arguments))["job_definition_id"]
            started = await site.assistant.call("assign_job", job_definition_id=draft, audience_id="global")
            jobs.append(started["job_id"])
        chooser = await Labeler.begin(await site.visit(f"/label/{jobs[0]}"))
        await chooser.answer(4)
        await chooser.page.get_by_role("heading", name="All done").wait_for()
        counts = (await results(site, jobs[0]))["results"][0]["aggregatedResults"]
        assert [option for option, count in counts.items() if count] == [options[chooser.given[f"{jobs[0]}.0"]]]
        writer = await Labeler.begin(await site.visit(f"/label/{jobs[1]}"))
        await writer.page.get_by_label("Your answer").press_sequentially("1 sunny use, undo 2")
        await writer.page.get_by_role("button", name="Send").click()
        await writer.page.get_by_role("heading", name="All done").wait_for()
        assert "1 sunny use, undo 2" in json.dumps(await results(site, jobs[1]))
