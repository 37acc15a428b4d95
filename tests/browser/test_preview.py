"""The preview of a draft in a real browser."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from tests.assistant import SIGNS
from tests.browser.site import DESKTOP, PHONE, Site, flaws, needs_axe, overflow


def pictures(*names: str) -> list[list[str]]:
    return [[f"https://media.test/{name}a.png", f"https://media.test/{name}b.png"] for name in names]


async def draft_pictures(site: Site, **changes: Any) -> str:
    """Draft a job of pictures, and return its id."""
    given = {"name": "Flowers", "instruction": "Which follows the prompt better?", "datapoints": pictures("1", "2")}
    return str((await site.assistant.call("create_compare_job", **given | changes))["job_definition_id"])


async def audience_with_example(site: Site) -> str:
    """Create an audience with one example, and return its id."""
    audience_id = str((await site.assistant.call("create_audience", name="Careful people"))["audience_id"])
    await site.assistant.example(audience_id, explanation="The sign spells it rightly.")
    return audience_id


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@needs_axe
async def test_the_preview_fits_its_window_and_is_accessible(
    site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    """On phone and desktop, light and dark, nothing scrolls sideways and axe-core finds nothing serious."""
    await audience_with_example(site)
    definition_id = await draft_pictures(
        site, instruction="Which is sharper and more natural?", contexts=["x " * 100, ""]
    )
    audience_id = (await site.assistant.call("find_audiences"))["audiences"][0]["audience_id"]
    page = await site.visit(
        f"/definitions/{definition_id}?audience_id={audience_id}", width=width, scheme=scheme, touch=width == PHONE
    )
    assert await page.get_by_role("heading", name="Which is sharper").count() == 2
    assert await flaws(page) == {}
    assert await overflow(page) == 0


async def test_hints_on_wording_are_shown(site: Site) -> None:
    """Two criteria, a long instruction and a long context have hints at the top; the context has one of its own."""
    instruction = "Which of the two images is sharper and more natural, looked at as if it hung on your wall at home?"
    definition_id = await draft_pictures(site, instruction=instruction, contexts=["x" * 151, "short"])
    page = await site.visit(f"/definitions/{definition_id}")
    said = await page.get_by_role("region", name="Worth a look").get_by_role("listitem").all_inner_texts()
    assert [part for text in said for part in ("98 characters", "“and”", "One context has") if part in text] == [
        "98 characters",
        "“and”",
        "One context has",
    ]
    assert await page.locator("#datapoint-1 .hint").count() == 1
    assert await page.locator("#datapoint-2 .hint").count() == 0


async def test_the_browser_finds_media_that_cannot_be_used(site: Site) -> None:
    """Broken, tiny and huge media have a note next to them and at the top; usable media have none."""
    odd = ["https://media.test/broken.png", "https://media.test/50x60/x.png", "https://media.test/5000x10/x.png"]
    pairs = [[medium, f"https://media.test/600x400/{place}.png"] for place, medium in enumerate(odd)]
    page = await site.visit(f"/definitions/{await draft_pictures(site, datapoints=pairs)}")
    for place, word in enumerate(("cannot be loaded", "50 × 60", "5000 × 10"), start=1):
        await page.locator(f"#datapoint-{place} .item .hint", has_text=word).wait_for()
    assert await page.locator(".item .hint").count() == 3
    hints = page.get_by_role("region", name="Worth a look")
    assert await hints.get_by_role("link").all_inner_texts() == ["datapoint 1", "datapoint 2", "datapoint 3"]


async def test_examples_are_shown_with_their_truth(site: Site) -> None:
    """The preview shows the examples of the job's audience and offers other audiences."""
    definition_id = await draft_pictures(site)
    audience_id = await audience_with_example(site)
    page = await site.visit(f"/definitions/{definition_id}")
    await page.get_by_role("link", name="Careful people").click()
    await page.wait_for_url(f"**?audience_id={audience_id}**")
    right = page.get_by_label("Example 1").locator(".item", has_text="Right answer")
    assert await right.locator("img").get_attribute("src") == SIGNS[0]
    assert "The sign spells it rightly." in await page.get_by_label("Example 1").inner_text()


async def test_a_large_draft_has_pages(site: Site) -> None:
    """Each page has fifty datapoints, and numbers continue over pages."""
    definition_id = await site.assistant.draft(pairs=120)
    page = await site.visit(f"/definitions/{definition_id}")
    assert await page.get_by_label("Datapoint 50").count() == 1
    await page.get_by_role("link", name="Next").click()
    await page.get_by_role("link", name="Next").click()
    assert await page.get_by_text("Page 3 of 3").count() == 1
    assert [await page.get_by_label(f"Datapoint {place}", exact=True).count() for place in (100, 101, 120)] == [0, 1, 1]


async def test_markdown_is_limited_and_clean(site: Site) -> None:
    """Emphasis and lists are rendered; links, images and HTML stay text and load nothing."""
    hostile = "**Bold** and [a link](javascript:alert(1)) ![i](https://media.test/spy.png) <script>alert(2)</script>"
    definition_id = await draft_pictures(
        site, datapoints=[[hostile, "# Title\n\n- one\n- two"]], data_type="text", settings={"markdown": True}
    )
    page = await site.visit(f"/definitions/{definition_id}")
    texts = page.locator(".markdown")
    assert await texts.locator("strong").inner_text() == "Bold"
    assert await texts.locator("li").count() == 2
    assert await texts.locator("a, img, script").count() == 0
    assert site.foreign == []
