"""The dashboard in a real browser: its content, and its updates."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.site import DESKTOP, PHONE, Site, flaws, needs_axe, overflow


async def populated(site: Site) -> tuple[str, str]:
    """Start an audience and a job on it, and return their ids."""
    audience_id = str((await site.assistant.call("create_audience", name="Careful people", min_tasks=3))["audience_id"])
    for number in range(3):
        await site.assistant.example(audience_id, context=f"Sign {number}")
    await site.assistant.call("start_recruiting", audience_id=audience_id)
    await site.assistant.draft(name="A draft of texts", pairs=2)
    return audience_id, await site.assistant.job(audience_id, pairs=12)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@needs_axe
async def test_the_pages_fit_their_window_and_are_accessible(
    site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Dashboard and audience pages: empty and populated, small and wide, light and dark."""
    empty = await site.visit("/", width=width, scheme=scheme)
    assert (await flaws(empty), await overflow(empty)) == ({}, 0)
    audience_id, _ = await populated(site)
    site.assistant.clock.time += 5
    for path in ("/", f"/audiences/{audience_id}"):
        page = await site.visit(path, width=width, scheme=scheme, touch=width == PHONE)
        assert (await flaws(page), await overflow(page)) == ({}, 0)


async def test_progress_updates_itself(site: Site) -> None:
    """Simulated responses are never counted with responses of people, and no other host gets a request."""
    _, job_id = await populated(site)
    page = await site.visit("/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("progressbar"))
    before = await card.inner_text()
    site.assistant.clock.time += 600
    await expect(card).to_contain_text("complete")
    status = await site.assistant.call("get_job", job_id=job_id)
    await expect(card).to_contain_text(f"{status['simulated_responses']} simulated")
    await expect(card).to_contain_text("0 from people")
    assert "complete" not in before
    await expect(page.get_by_role("progressbar")).to_have_attribute("value", "100")
    assert site.foreign == []


async def test_the_funnel_updates_itself(site: Site) -> None:
    """The numbers of arrived and graduated labelers equal those of the tool."""
    audience_id, _ = await populated(site)
    page = await site.visit(f"/audiences/{audience_id}")
    site.assistant.clock.time += 60
    status = await site.assistant.call("get_audience", audience_id=audience_id)
    await expect(page.get_by_text(f"{status['graduated']} graduated")).to_be_visible()
    width = float(await page.locator("rect.graduated").nth(1).get_attribute("width") or 0)
    arrived = status["graduated"] + status["qualifying"] + status["dropped"]
    assert width == pytest.approx(100 * status["graduated"] / arrived, abs=0.01)


async def test_reduced_motion_is_respected(site: Site) -> None:
    """Bars change at once if the system asks for reduced motion; otherwise they are animated."""
    await populated(site)
    glides = []
    for motion in ("reduce", "no-preference"):
        page = await site.visit("/", reduced_motion=motion)
        glides.append(await page.locator("rect.graduated").first.evaluate("bar => getComputedStyle(bar).transition"))
    assert "width" not in glides[0]
    assert "width 0.6s" in glides[1]


@needs_axe
async def test_an_unknown_address_has_a_page(site: Site) -> None:
    """It has a link to go on, and is as accessible as the other pages."""
    page = await site.visit("/jobs/job_nowhere")
    assert await flaws(page) == {}
    assert site.complaints == [f"404 {site.url}/jobs/job_nowhere"]
    site.complaints.clear()
    await page.get_by_role("link", name="What there is").click()
    await expect(page.get_by_role("heading", name="What is being asked")).to_be_visible()


async def test_a_hidden_page_sends_no_requests(site: Site) -> None:
    """It catches up as soon as it is visible again."""
    await populated(site)
    page = await site.visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live?" in request.url else None)
    await hide(page, hidden=True)
    await page.wait_for_timeout(2500)
    assert asked == []
    async with page.expect_request("**/live?*"):
        await hide(page, hidden=False)


async def hide(page: Page, *, hidden: bool) -> None:
    """Simulate a switch to another tab, which a headless browser does not have."""
    await page.evaluate(
        "hidden => {Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))}",
        hidden,
    )
