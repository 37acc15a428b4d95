"""The page of a job in a real browser: progress, results with intervals, labelers, and the table."""

from __future__ import annotations

import csv
import re
from typing import Any, Literal

import pytest
from playwright.async_api import Page, expect

from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.drafts import JobOptions
from rapidata_mcp.tasks.free_text import FreeTextTask
from tests.browser.labeler import Labeler
from tests.browser.site import DESKTOP, PHONE, Site, flaws, needs_axe, overflow

FIGURES = r"Flux\s+(\d+)\s%\s+\((\d+)\s+to\s+(\d+)\s%\)"
"""A share and its interval."""


async def finished_job(site: Site, **changes: Any) -> str:
    """Run a job of pictures with simulated labelers, and return its id."""
    pictures = [[f"https://media.test/{n}a.png", f"https://media.test/{n}b.png"] for n in range(24)]
    given = {"name": "Flowers", "instruction": "Which follows the prompt better?", "a_b_names": ["Flux", "Midjourney"]}
    contexts = [f"Flower {n}" for n in range(24)]
    draft = await site.assistant.call(
        "create_compare_job", **given | {"datapoints": pictures, "contexts": contexts} | changes
    )
    started = await site.assistant.call(
        "assign_job", job_definition_id=draft["job_definition_id"], audience_id="global"
    )
    await site.assistant.finished(started["job_id"])
    return str(started["job_id"])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@needs_axe
async def test_results_fit_their_window_and_are_accessible(
    site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    """This holds for small and wide windows, light and dark, with and without answers."""
    for job_id in (await site.assistant.job(pairs=2), await finished_job(site)):
        page = await site.visit(f"/jobs/{job_id}", width=width, scheme=scheme, touch=width == PHONE)
        assert (await flaws(page), await overflow(page)) == ({}, 0)


async def test_the_page_agrees_with_the_tool(site: Site) -> None:
    """They have the same verdict, votes and order of pairs, and both mark simulated answers."""
    job_id = await finished_job(site)
    reply = await site.assistant.call("get_results", job_id=job_id)
    page = await site.visit(f"/jobs/{job_id}")
    shown_figures = re.search(FIGURES, await page.locator(".verdict").inner_text())
    assert shown_figures is not None
    for shown_figure, name in zip(shown_figures.groups(), ("a_share", "a_share_low", "a_share_high"), strict=True):
        assert (
            abs(int(shown_figure) - 100 * reply[name]) <= 0.505
        )  # the tool shows four decimals, the page whole percents
    won = f"By majority “Flux” won {reply['a_wins']}, lost {reply['b_wins']}, tied {reply['ties']}"
    await expect(page.locator(".verdict")).to_contain_text(won)
    shown = [await votes_on(page, place) for place in range(len(reply["pairs"]))]
    assert shown == [(pair["pair"], pair["a_votes"], pair["b_votes"]) for pair in reply["pairs"]]
    await expect(page.get_by_text("no human has given them")).to_be_visible()


async def test_votes_for_neither_item_are_counted_apart(site: Site) -> None:
    """Shares equal those of the tool: they count only responses that chose an item."""
    job_id = await finished_job(site, settings={"allow_neither_both": True})
    reply = (await site.assistant.call("get_results", job_id=job_id, order="given"))["pairs"]
    unsure = next(pair for pair in reply if pair["both_votes"] + pair["neither_votes"] and pair["share"] is not None)
    page = await site.visit(f"/jobs/{job_id}?order=given")
    result = page.locator(f"#datapoint-{unsure['pair']}")
    low, high = (round(100 * unsure[name]) for name in ("low", "high"))
    await expect(result.locator(".option-head").first).to_contain_text(f"({low} to {high} %)")
    last = await result.locator(".muted").last.inner_text()
    counted = {name: int(votes) for name, votes in (part.split(": ") for part in last.split(", "))}
    assert (counted.get("Both", 0), counted.get("Neither", 0)) == (unsure["both_votes"], unsure["neither_votes"])


async def votes_on(page: Page, place: int) -> tuple[int, int, int]:
    """Return the number and the votes of the pair at a place."""
    result = page.locator(".result").nth(place)
    number = int((await result.locator(".number").inner_text()).split()[0])
    first, second = [int(text.split(" of ")[0]) for text in await result.locator(".option-head").all_inner_texts()]
    return number, first, second


async def test_bars_have_the_length_of_their_numbers(site: Site) -> None:
    """Intervals lie between their numbers too."""
    page = await site.visit(f"/jobs/{await finished_job(site)}")
    result = page.locator(".result").first
    reply = (await result.locator(".option-head").first.inner_text()).replace("%", "").replace("(", "").split()
    share, low, high = float(reply[3]), float(reply[4]), float(reply[6].strip(")"))
    box, bar = result.locator("svg").first, result.locator(".bar-share, .span").first
    whole, here = await box.bounding_box(), await bar.bounding_box()
    assert whole is not None
    assert here is not None
    assert 100 * here["width"] / whole["width"] == pytest.approx(share, abs=1)
    span = await result.locator(".span").first.bounding_box()
    assert span is not None
    assert 100 * (span["x"] - whole["x"]) / whole["width"] == pytest.approx(low, abs=1)
    assert 100 * (span["x"] + span["width"] - whole["x"]) / whole["width"] == pytest.approx(high, abs=1)


async def test_pairs_can_be_chosen_by_keyboard_alone(site: Site) -> None:
    """Tabs move through the links in the order of the page, the focus is visible, and Enter follows a link."""
    job_id = await finished_job(site)
    page = await site.visit("/")
    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the content"
    await page.keyboard.press("Enter")
    await reach(page, "Flowers:1")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/jobs/{job_id}")
    await reach(page, "Won by Midjourney")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**only=lost_by_a**")
    reply = await site.assistant.call("get_results", job_id=job_id)
    await expect(page.locator("#pairs")).to_contain_text(f"{reply['b_wins']} pair")


async def focused(page: Page) -> str:
    """Return the text of the focused element, and assert that the focus is visible."""
    text, outline = await page.evaluate(
        "[document.activeElement.innerText.trim(), getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert outline == "solid", text
    return str(text)


async def reach(page: Page, text: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await focused(page) == text:
            return
    raise AssertionError(f"The focus does not reach {text!r}.")


async def test_the_table_has_a_row_for_each_pair(site: Site) -> None:
    """It has the numbers of the tool and the labelers, and no formula that a spreadsheet would run."""
    job_id = await finished_job(site, contexts=["=1+1"] * 24)
    page = await site.visit(f"/jobs/{job_id}")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download CSV").click()
    file = await (await download.value).path()
    rows = list(csv.DictReader(file.read_text().splitlines()))
    reply = await site.assistant.call("get_results", job_id=job_id)
    assert len(rows) == reply["total_pairs"]
    assert {row["answered_by"] for row in rows} == {"simulated"}
    assert {row["context"] for row in rows} == {"'=1+1"}
    first = reply["pairs"][0]
    row = rows[first["pair"] - 1]
    assert (int(row["a_votes"]), int(row["b_votes"]), row["winner"]) == (
        first["a_votes"],
        first["b_votes"],
        first["winner"],
    )


async def test_answers_of_people_are_never_counted_with_simulated_ones(site: Site) -> None:
    """Each kind has its own page, and the page of people comes first."""
    job_id = await site.assistant.job(pairs=3)
    page = await site.visit(f"/label/{job_id}")
    labeler = await Labeler.begin(page)
    await labeler.answer(0)
    await labeler.rest()
    site.assistant.clock.time += 2
    await page.goto(f"/jobs/{job_id}")
    await expect(page.get_by_role("heading", name="Answers of people")).to_be_visible()
    assert sum([sum((await votes_on(page, place))[1:]) for place in range(3)]) == 1
    reply = await site.assistant.call("get_job", job_id=job_id)
    await page.get_by_role("navigation", name="Whose answers").get_by_role("link", name="Simulated").click()
    assert sum([sum((await votes_on(page, place))[1:]) for place in range(3)]) == reply["simulated_responses"]


async def test_newer_answers_are_offered(site: Site) -> None:
    """The page does not change while it is read. A link to the newer answers appears."""
    job_id = await site.assistant.job(pairs=6)
    page = await site.visit(f"/jobs/{job_id}")
    link = page.get_by_role("link", name="Show the newer answers")
    await expect(link).to_be_hidden()
    await site.assistant.finished(job_id)
    await link.click()
    await expect(page.locator(".verdict")).to_be_visible()


@needs_axe
async def test_options_of_other_tasks_have_bars_too(site: Site) -> None:
    """Each option has its count and share."""
    draft = await site.assistant.call(
        "create_classification_job",
        name="Mood",
        instruction="Which mood?",
        datapoints=["I am glad"],
        data_type="text",
        answer_options=["good", "bad", "neither"],
    )
    started = await site.assistant.call(
        "assign_job", job_definition_id=draft["job_definition_id"], audience_id="global"
    )
    reply = await site.assistant.finished(started["job_id"])
    page = await site.visit(f"/jobs/{started['job_id']}")
    heads = await page.locator(".result .option-head").all_inner_texts()
    assert [head.split()[0] for head in heads] == ["good", "bad", "neither"]
    assert sum(int(head.split()[1]) for head in heads) == reply["simulated_responses"]
    assert await flaws(page) == {}


async def test_texts_are_listed_and_complete_in_the_table(site: Site) -> None:
    """The most frequent text comes first, and markup in texts is inert."""
    task = FreeTextTask.from_arguments("What do you see?", ["A rose", "A tulip"], JobOptions(data_type="text"))
    definition_id = await site.platform.definitions.create("Texts", task, Stopping())
    job_id = (await site.assistant.call("assign_job", job_definition_id=definition_id, audience_id="global"))["job_id"]
    await site.assistant.finished(job_id)
    page = await site.visit(f"/jobs/{job_id}")
    heads = await page.locator("#datapoint-1 .option-head").all_inner_texts()
    counts = [int(head.split()[-1]) for head in heads]
    assert counts == sorted(counts, reverse=True)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download CSV").click()
    rows = list(csv.DictReader((await (await download.value).path()).read_text().splitlines()))
    reply = await site.assistant.call("get_job", job_id=job_id)
    assert sum(int(row["votes"]) for row in rows) == reply["simulated_responses"]
