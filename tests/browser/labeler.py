"""A person who labels in a real browser and records the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from playwright.async_api import Page

SHOWN = "document.querySelector('#now:not([hidden], [inert]) form')?.dataset.task ?? ''"
RESTING = "() => document.getElementById('session').dataset.unsent === '0'"
READY = "() => document.querySelector('#now:not([hidden], [inert]) form')"
CHANGED = f"task => ({SHOWN}) !== task"


class Labeler:
    """A person on a label page. `given` is their latest choice for every task."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.given: dict[str, int] = {}

    @classmethod
    async def begin(cls, page: Page) -> Labeler:
        """Press the button of the welcome page, which has the focus, by keyboard."""
        await page.locator("button:focus").wait_for()
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#now")
        one = cls(page)
        await one.rest()
        return one

    async def rest(self) -> None:
        """Wait until all requests are answered."""
        await self.page.wait_for_function(RESTING)

    async def task(self) -> str:
        """Return the shown task, or an empty string."""
        shown: str = await self.page.evaluate(SHOWN)
        return shown

    async def changed(self, task: str) -> None:
        """Wait until another task, or a message instead of a task, is shown."""
        await self.page.wait_for_function(CHANGED, arg=task)

    async def answer(self, place: int, how: str = "key") -> str:
        """Choose the option at a place, by number, arrow, click or tap, and return the task."""
        await self.page.wait_for_function(READY)
        task = await self.task()
        buttons = self.page.locator("#now button[name=choice]")
        self.given[task] = int(await buttons.nth(place).get_attribute("value") or "")
        if how == "key":
            await self.page.keyboard.press(str(place + 1))
        elif how == "arrow":
            await self.page.keyboard.press(["ArrowLeft", "ArrowRight"][place])
        else:
            option = self.page.locator("#now [data-choice]").nth(place)
            await self.page.wait_for_timeout(300)  # a tap just after a question appeared is not taken
            await (option.tap() if how == "tap" else option.click())
        await self.changed(task)
        return task

    async def qualify(self, *, right: bool, how: str = "key") -> str:
        """Answer examples, whose right item begins with `clear`, and return the last message of the page."""
        await self.rest()
        while (await self.task()).startswith("exm_"):
            texts = await self.page.locator("#now .option .text").all_inner_texts()
            place = next(at for at, text in enumerate(texts) if text.startswith("clear") is right)
            await self.answer(place, how)
            await self.rest()
            if await self.page.get_by_role("button", name="Continue").count():
                said = await self.page.locator("#feedback").inner_text()
                await self.page.keyboard.press("Enter")
                if "admitted" in said or "last practice" in said:
                    break
        self.given.clear()
        return str(await self.page.locator("main").inner_text())


def votes(document: dict[str, Any]) -> Counter[tuple[int, int]]:
    """Count the answers in results by position and choice."""
    return Counter(
        (place, list(entry["aggregatedResults"]).index(vote["votedFor"]))
        for place, entry in enumerate(document["results"])
        for vote in entry["detailedResults"]
    )


def given_by(labelers: Iterable[Labeler]) -> Counter[tuple[int, int]]:
    """Count the answers of these people by position and choice."""
    return Counter(
        (int(task.partition(".")[2]), choice) for labeler in labelers for task, choice in labeler.given.items()
    )
