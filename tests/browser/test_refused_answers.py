"""Answers that the server refuses: labelers see the reason and keep their work."""

from __future__ import annotations

from playwright.async_api import Request

from tests.browser.conftest import OpenSite
from tests.browser.site import Site
from tests.browser.test_marks import begin_labeling, canvas, results, sent, started


def refusals(site: Site) -> list[str]:
    """Remove the refused requests from the errors of the site, and return them."""
    found = [f"{complaint[:3]} {complaint.rpartition('/')[2]}" for complaint in site.complaints]
    site.complaints.clear()
    return found


async def test_a_refused_text_stays_on_the_page_with_the_reason(open_site: OpenSite) -> None:
    """Text written meanwhile stays too. The reason stays until the next action, and a corrected text is accepted."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "free_text", settings={"free_text_minimum_characters": 5})
        labeler = await begin_labeling(site, job_id)
        page, task = labeler.page, await labeler.task()
        field, send = page.get_by_label("Your answer"), page.get_by_role("button", name="Send")
        async with page.expect_response("**/next") as looked:
            await field.fill("a     ")
            await send.click()
        await looked.value
        await labeler.rest()
        assert (await labeler.task(), await field.input_value()) == (task, "a     ")
        assert await page.get_by_text("A text of 5 to 1024 characters is needed.").is_visible()
        await field.fill("a cat")
        await send.click()
        await labeler.changed(task)
        await labeler.rest()
        assert await page.locator("#said").is_hidden()
        assert (await results(site, job_id, "answer"), refusals(site)) == (["a cat"], ["400 answer"])


async def test_an_answer_to_a_paused_job_is_kept_with_a_message(open_site: OpenSite) -> None:
    """The page says that the answer was not accepted, and shows the text again after the pause."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "free_text")
        labeler = await begin_labeling(site, job_id)
        page, task = labeler.page, await labeler.task()
        await site.assistant.call("pause_job", job_id=job_id)
        await page.get_by_label("Your answer").fill("a cat")
        await page.get_by_role("button", name="Send").click()
        await page.get_by_role("heading", name="Nothing to answer right now").wait_for()
        assert await page.get_by_text("This job takes no answers at the moment.").is_visible()
        await site.assistant.call("resume_job", job_id=job_id)
        await labeler.changed("")
        assert await labeler.task() == task
        assert await page.get_by_label("Your answer").input_value() == "a cat"
        assert refusals(site) == ["409 answer"]


async def test_a_deleted_link_closes_the_page(open_site: OpenSite) -> None:
    """An open page says so and leaves the text for copying. A reload shows a closed page."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "free_text")
        labeler = await begin_labeling(site, job_id)
        page, requests = labeler.page, list[Request]()
        await site.assistant.call("delete_job", job_id=job_id)
        page.on("request", lambda request: requests.append(request))
        await page.get_by_label("Your answer").fill("a cat")
        await page.get_by_role("button", name="Send").click()
        await page.get_by_text(f"There is no audience or job '{job_id}'.").wait_for()
        await page.wait_for_timeout(1_000)
        assert [request.url.rpartition("/")[2] for request in requests] == ["answer", "next"]
        assert await page.get_by_label("Your answer").input_value() == "a cat"
        assert refusals(site) == ["404 answer", "404 next"]
        requests.clear()
        await page.reload()
        await page.get_by_role("heading", name="This link is not open").wait_for()
        await page.wait_for_timeout(500)
        assert [request.method for request in requests if "/label/" in request.url] == ["GET", "POST"]
        assert await page.locator("#said").is_hidden()
        assert refusals(site) == [f"404 {job_id}", "404 next"]


async def test_a_drawing_of_many_lines_arrives(open_site: OpenSite) -> None:
    """It is larger than the limit of a browser for requests of a closing page (64 KiB, Fetch standard)."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await started(site, "draw")
        labeler = await begin_labeling(site, job_id)
        picture = await canvas(labeler.page)
        await picture.evaluate(
            """canvas => {
              const press = (key) => canvas.dispatchEvent(new KeyboardEvent("keydown", { key }));
              const away = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];
              press("Enter");
              for (let step = 0; step < 3_600; step++) press(away[Math.floor(step / 17) % 4]);
            }"""
        )
        await sent(labeler)
        assert sum(len(line["points"]) for [line] in await results(site, job_id, "lines")) == 3_601
