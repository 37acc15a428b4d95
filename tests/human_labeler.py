"""A person as the tests play one: they follow a label link with a browser of their own, and answer."""

from __future__ import annotations

import re
from typing import Any

import httpx2 as httpx

WEBSITE = "http://127.0.0.1"


class Person:
    """Somebody at a label link, with cookies. An answer is the page's JSON, a refusal its status and title."""

    def __init__(self, app: Any, link: str) -> None:
        self.browser = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=WEBSITE)
        self.link = link

    async def begin(self, **headers: str) -> dict[str, Any]:
        answer = await self.browser.post(f"/label/{self.link}/start", headers=headers)
        assert answer.status_code == 303, answer.text
        return await self.act("next")

    async def act(self, action: str, **body: Any) -> dict[str, Any]:
        answer = await self.browser.post(f"/label/{self.link}/{action}", json=body)
        assert answer.status_code == 200, answer.text
        turn: dict[str, Any] = answer.json()
        return turn

    async def refused(self, action: str, **body: Any) -> int:
        answer = await self.browser.post(f"/label/{self.link}/{action}", json=body)
        assert answer.status_code >= 400, answer.text
        assert answer.json()["title"]
        return answer.status_code

    async def answer(self, task: str, choice: int) -> dict[str, Any]:
        return await self.act("answer", task=task, answer={"choice": choice})

    async def qualify(self, *, right: bool = True) -> dict[str, Any]:
        """Answer examples, all rightly or all wrongly, until that ends. Their right item begins with `clear`."""
        turn = await self.act("next")
        while turn["state"] == "qualifying":
            [task] = turn["tasks"]
            turn = await self.answer(task["id"], place_of(task, "clear" if right else "muddled"))
        return turn

    async def label(self, most: int = 100) -> dict[str, int]:
        """Answer what comes, at most so much, always the first option shown; which choice was made of which task."""
        turn, given = await self.act("next"), {}
        while turn["tasks"] and len(given) < most:
            task = turn["tasks"][0]
            given[task["id"]] = choices(task)[0]
            turn = await self.answer(task["id"], given[task["id"]])
        return given


def choices(task: dict[str, Any]) -> list[int]:
    """The options in the order in which a person sees them."""
    return [int(choice) for choice in re.findall(r'name="choice" value="(\d+)"', task["html"])]


def place_of(task: dict[str, Any], word: str) -> int:
    """The option whose text begins with a word."""
    found = re.search(rf'data-choice="(\d+)">\s*<div class="text plain" lang="">{word}', task["html"])
    assert found is not None, task["html"]
    return int(found[1])
