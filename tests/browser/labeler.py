"""Somebody who labels in a real browser, and knows what they answered."""

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
    """A person on a label page. `given` is the choice they made of every task, as it stands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.given: dict[str, int] = {}

    @classmethod
    async def begin(cls, page: Page) -> Labeler:
        """Press the welcome's button by keyboard: it has the focus."""
        await page.locator("button:focus").wait_for()
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#now")
        one = cls(page)
        await one.rest()
        return one

    async def rest(self) -> None:
        """Until everything was sent and answered."""
        await self.page.wait_for_function(RESTING)

    async def task(self) -> str:
        """The task that is shown; empty where there is none."""
        shown: str = await self.page.evaluate(SHOWN)
        return shown

    async def changed(self, task: str) -> None:
        """Until another task than this one is shown, or what there is to say instead."""
        await self.page.wait_for_function(CHANGED, arg=task)

    async def answer(self, place: int, how: str = "key") -> str:
        """Choose the option that is shown at a place, by number, arrow, click or tap; the task that it was."""
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
        """Answer examples, whose right item begins with `clear`; what the page says at the end."""
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
    """What the results hold: position and choice of every answer."""
    return Counter(
        (place, list(entry["aggregatedResults"]).index(vote["votedFor"]))
        for place, entry in enumerate(document["results"])
        for vote in entry["detailedResults"]
    )


def given_by(labelers: Iterable[Labeler]) -> Counter[tuple[int, int]]:
    """What these people answered, likewise."""
    return Counter(
        (int(task.partition(".")[2]), choice) for labeler in labelers for task, choice in labeler.given.items()
    )
