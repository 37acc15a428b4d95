"""Texts from an assistant stay texts on every page: no markup, no scripts, no links."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from rapidata_mcp.local.listener import serve_pages
from tests.browser.conftest import OpenSite
from tests.browser.site import Site

HOSTILE = "</title></script><script>hacked=1</script><img src onerror=hacked=2>{{ 7*7 }}'\" javascript:hacked=3"
URL = 'https://media.test/a.png?"><script>hacked=4</script>'.replace(" ", "")


async def untouched(page: Page) -> None:
    """Assert that no script ran, no element was added, and links lead only to http(s)."""
    assert await page.evaluate("typeof hacked") == "undefined"
    assert await page.locator("img[onerror], script:not([src])").count() == 0
    targets = await page.evaluate(
        "[...document.querySelectorAll('[href], [src], [action], [formaction]')]"
        ".map(e => new URL(e.href?.baseVal ?? e.href ?? e.src ?? e.action).protocol)"
    )
    assert set(targets) <= {"http:", "https:"}
    assert "{{ 7*7 }}" in await page.inner_text("body")


async def test_nothing_that_is_filled_in_runs(site: Site) -> None:
    """Names, instructions, contexts, texts, explanations and side names are harmless on every page that shows them."""
    assistant = site.assistant
    audience_id = (await assistant.call("create_audience", name=HOSTILE, min_tasks=3))["audience_id"]
    example = {"instruction": HOSTILE, "datapoint": [HOSTILE, "other"], "truth": HOSTILE, "data_type": "text"}
    for number in range(3):
        await assistant.call(
            "add_compare_example",
            audience_id=audience_id,
            context=f"{number} {HOSTILE}",
            explanation=HOSTILE,
            **example,
        )
    given = {"name": HOSTILE, "instruction": HOSTILE, "contexts": [HOSTILE], "a_b_names": [HOSTILE, "other"]}
    draft = await assistant.call(
        "create_compare_job", datapoints=[[HOSTILE, "javascript:hacked=5"]], data_type="text", **given
    )
    definition_id = draft["job_definition_id"]
    job_id = (await assistant.call("assign_job", job_definition_id=definition_id, audience_id=audience_id))["job_id"]
    await assistant.draft(name=HOSTILE)
    for path in (
        "/",
        f"/definitions/{definition_id}?audience_id={audience_id}",
        f"/audiences/{audience_id}",
        f"/jobs/{job_id}",
        f"/label/{job_id}",
    ):
        page = await site.visit(path)
        if path.startswith("/label"):
            await page.get_by_role("button", name="Begin").click()
        await untouched(page)
    assert site.foreign == []


async def test_markdown_runs_nothing(site: Site) -> None:
    """Links, images and HTML in Markdown are inert in every spelling."""
    texts = [
        '[a](javascript:hacked=1) <javascript:hacked=2> ![b](x"onerror=hacked=3) {{ 7*7 }}',
        "<svg/onload=hacked=4>\n\n```<script>hacked=5</script>\n```\n\n[x]: javascript:hacked=6\n[x]",
    ]
    definition_id = await site.assistant.draft(datapoints=[texts], settings={"markdown": True})
    page = await site.visit(f"/definitions/{definition_id}")
    await untouched(page)
    assert await page.locator(".markdown a, .markdown img, .markdown svg").count() == 0


async def test_a_url_with_markup_is_only_a_url(site: Site) -> None:
    """It is loaded as it is and adds nothing to the page."""
    pair = [URL, "https://media.test/b.png#javascript:hacked=6"]
    draft = await site.assistant.call("create_compare_job", name="{{ 7*7 }}", instruction="Which?", datapoints=[pair])
    page = await site.visit(f"/definitions/{draft['job_definition_id']}")
    await untouched(page)
    assert await page.locator(".item img").count() == 2


async def test_a_page_of_another_site_gets_nothing(site: Site) -> None:
    """It cannot read, post, frame or embed the pages, even from another port of the same computer."""
    definition_id = await site.assistant.draft()
    attack = f"""<form method=post action="{site.url}/audience/global/recruit" target=f><button>go</button></form>
        <iframe name=f src="{site.url}/definitions/{definition_id}"></iframe><img src="{site.url}/static/mark.svg">"""
    other_site = Starlette(routes=[Route("/", lambda request: HTMLResponse(attack))])
    statuses: list[int] = []
    async with serve_pages(other_site, "another database", 0) as address:
        page = await (await site.person()).new_page()
        page.on("response", lambda answer: statuses.append(answer.status) if answer.url.startswith(site.url) else None)
        await page.goto(address)
        read = await page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", f"{site.url}/audiences")
        async with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
            await page.get_by_role("button", name="go").click()
        assert (await posted.value).status == 403
    site.complaints.clear()  # the browser rightly complains of what it was refused
    assert read == "refused"
    assert len(statuses) >= 2  # the frame and the form; what the browser keeps from us it refuses itself
    assert set(statuses) == {403}


async def test_a_file_that_is_a_page_in_disguise_runs_nothing(open_site: OpenSite, tmp_path: Path) -> None:
    """The preview says that it cannot be loaded, and opening it runs nothing."""
    for name in ("first.png", "second.gif"):
        (tmp_path / name).write_text(f"<html><script>hacked='{name}'</script></html>")
    async with open_site(files=(tmp_path,)) as site:
        pair = [str(tmp_path / "first.png"), str(tmp_path / "second.gif")]
        draft = await site.assistant.call(
            "create_compare_job", name="{{ 7*7 }}", instruction="Which?", datapoints=[pair]
        )
        page = await site.visit(f"/definitions/{draft['job_definition_id']}")
        await page.locator(".item .hint", has_text="cannot be loaded").nth(1).wait_for()
        await untouched(page)
        file = await page.locator(".item img").first.get_attribute("src")
        answer = await page.goto(file or "")
        assert answer is not None
        assert answer.headers["content-type"] == "image/png"
        assert await page.evaluate("typeof hacked") == "undefined"
        site.complaints.clear()  # the browser's own style for single pictures is refused, too
