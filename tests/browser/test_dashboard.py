"""The dashboard in a real browser: what there is, and how it goes on by itself."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.site import DESK, PHONE, Site, flaws, needs_axe, overflow


async def furnished(site: Site) -> tuple[str, str]:
    """An audience that recruits and a job that runs on it; their ids."""
    audience_id = str((await site.assistant.call("create_audience", name="Careful people", min_tasks=3))["audience_id"])
    for number in range(3):
        await site.assistant.example(audience_id, context=f"Sign {number}")
    await site.assistant.call("start_recruiting", audience_id=audience_id)
    await site.assistant.draft(name="A draft of texts", pairs=2)
    return audience_id, await site.assistant.job(audience_id, pairs=12)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@needs_axe
async def test_the_pages_fit_their_window_and_everybody(
    site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Dashboard and audience, empty and furnished, small and wide, light and dark."""
    empty = await site.visit("/", width=width, scheme=scheme)
    assert (await flaws(empty), await overflow(empty)) == ({}, 0)
    audience_id, _ = await furnished(site)
    site.assistant.clock.time += 5
    for path in ("/", f"/audiences/{audience_id}"):
        page = await site.visit(path, width=width, scheme=scheme, touch=width == PHONE)
        assert (await flaws(page), await overflow(page)) == ({}, 0)


async def test_progress_moves_by_itself(site: Site) -> None:
    """While time passes; simulated responses are never counted with those of people. No other host is asked."""
    _, job_id = await furnished(site)
    page = await site.visit("/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("progressbar"))
    before = await card.inner_text()
    site.assistant.clock.time += 600
    await expect(card).to_contain_text("complete")
    told = await site.assistant.call("get_job", job_id=job_id)
    await expect(card).to_contain_text(f"{told['simulated_responses']} simulated")
    await expect(card).to_contain_text("0 from people")
    assert "complete" not in before
    await expect(page.get_by_role("progressbar")).to_have_attribute("value", "100")
    assert site.foreign == []


async def test_the_funnel_moves_by_itself(site: Site) -> None:
    """Who arrived, who graduated: the numbers are those of the tool."""
    audience_id, _ = await furnished(site)
    page = await site.visit(f"/audiences/{audience_id}")
    site.assistant.clock.time += 60
    told = await site.assistant.call("get_audience", audience_id=audience_id)
    await expect(page.get_by_text(f"{told['graduated']} graduated")).to_be_visible()
    width = float(await page.locator("rect.graduated").nth(1).get_attribute("width") or 0)
    arrived = told["graduated"] + told["qualifying"] + told["dropped"]
    assert width == pytest.approx(100 * told["graduated"] / arrived, abs=0.01)


async def test_nothing_moves_for_those_who_do_not_like_it(site: Site) -> None:
    """Bars change at once where the system asks for reduced motion, and glide elsewhere."""
    await furnished(site)
    glides = []
    for motion in ("reduce", "no-preference"):
        page = await site.visit("/", reduced_motion=motion)
        glides.append(await page.locator("rect.graduated").first.evaluate("bar => getComputedStyle(bar).transition"))
    assert "width" not in glides[0]
    assert "width 0.6s" in glides[1]


@needs_axe
async def test_what_is_not_there_is_told_on_a_page(site: Site) -> None:
    """With a way on, and as accessible as the others."""
    page = await site.visit("/jobs/job_nowhere")
    assert await flaws(page) == {}
    assert site.complaints == [f"404 {site.url}/jobs/job_nowhere"]
    site.complaints.clear()
    await page.get_by_role("link", name="What there is").click()
    await expect(page.get_by_role("heading", name="What is being asked")).to_be_visible()


async def test_a_hidden_page_asks_nothing(site: Site) -> None:
    """And when it is looked at again it catches up at once."""
    await furnished(site)
    page = await site.visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live?" in request.url else None)
    await hide(page, hidden=True)
    await page.wait_for_timeout(2500)
    assert asked == []
    async with page.expect_request("**/live?*"):
        await hide(page, hidden=False)


async def hide(page: Page, *, hidden: bool) -> None:
    """As if another tab were looked at, which a browser without a screen does not know."""
    await page.evaluate(
        "hidden => {Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))}",
        hidden,
    )
