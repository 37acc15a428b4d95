"""What becomes of an answer that the server does not take: its author is told why, and has not worked in vain."""

from __future__ import annotations

from playwright.async_api import Request

from tests.browser.conftest import OpenSite
from tests.browser.site import Site
from tests.browser.test_marks import asked, canvas, results, sent, sit_down


def refusals(site: Site) -> list[str]:
    """How the site refused what was sent, taken from what it complains about at the end."""
    found = [f"{complaint[:3]} {complaint.rpartition('/')[2]}" for complaint in site.complaints]
    site.complaints.clear()
    return found


async def test_a_text_that_is_refused_is_there_again_with_the_reason(open_site: OpenSite) -> None:
    """Beside what was written meanwhile; the reason stays until something else is done, and mended it is taken."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await asked(site, "free_text", settings={"free_text_minimum_characters": 5})
        labeler = await sit_down(site, job_id)
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


async def test_an_answer_to_a_paused_job_is_not_lost_without_a_word(open_site: OpenSite) -> None:
    """The page says that it was not taken; after the pause what was written is there again."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await asked(site, "free_text")
        labeler = await sit_down(site, job_id)
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


async def test_a_link_that_is_gone_is_asked_for_once(open_site: OpenSite) -> None:
    """An open page says so and leaves what was written to be copied; asked for again the page is closed."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await asked(site, "free_text")
        labeler = await sit_down(site, job_id)
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


async def test_a_drawing_of_many_strokes_arrives(open_site: OpenSite) -> None:
    """Though it is larger than what a browser sends for a page that is being left (64 KiB, Fetch standard)."""
    async with open_site(crowd=0, toolsets="all") as site:
        _, job_id = await asked(site, "draw")
        labeler = await sit_down(site, job_id)
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
