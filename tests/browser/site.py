"""The pages of a platform in browsers. By default every visit is a new person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Response, Route

from rapidata_mcp.client.platform import Platform
from tests.assistant import Assistant
from tests.browser.pictures import drawing, picture

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not on this machine; `make test` installs it where npm is"
)
PHONE, DESKTOP = 360, 1440


class Site:
    """A platform with an assistant and visitors. It collects the errors that pages log."""

    def __init__(self, browser: Browser, platform: Platform, assistant: Assistant) -> None:
        self.platform = platform
        self.url = platform.links.app_url or ""
        self.assistant = assistant
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self._browser = browser
        self._people: list[BrowserContext] = []

    async def person(
        self, *, width: int = DESKTOP, scheme: Literal["light", "dark"] = "light", touch: bool = False, **options: Any
    ) -> BrowserContext:
        """Open a browser for a new person: phone or desktop, light or dark. Requests to other hosts get pictures."""
        height = 780 if width < 600 else 900
        one = await self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=touch,
            is_mobile=touch,
            base_url=self.url,
            **options,
        )
        one.set_default_timeout(10_000)
        await one.route(lambda address: urlsplit(address).hostname != urlsplit(self.url).hostname, self._other_host)
        one.on("console", self._heard)
        one.on("weberror", lambda error: self.complaints.append(str(error.error)))
        one.on("response", self._answered)
        self._people.append(one)
        return one

    async def visit(self, path: str, **options: Any) -> Page:
        """Open a page as a new person."""
        page = await (await self.person(**options)).new_page()
        await page.goto(path)
        return page

    async def leave(self) -> None:
        """Close all browsers."""
        for one in self._people:
            await one.close()

    async def _other_host(self, route: Route) -> None:
        address = route.request.url
        self.foreign.append(address)
        size = urlsplit(address).path.strip("/").split("/")[0]
        if "broken" in address:
            await route.fulfill(status=404, body="")
        elif size.replace("x", "").isdecimal():
            width, height = map(int, size.split("x"))
            await route.fulfill(content_type="image/png", body=picture(width, height))
        else:
            await route.fulfill(content_type="image/svg+xml", body=drawing(address))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.url.startswith(self.url):
            self.complaints.append(f"{response.status} {response.url}")


async def flaws(page: Page) -> Mapping[str, list[str]]:
    """Return the serious and critical findings of axe-core: the elements by rule."""
    await page.evaluate(AXE.read_text())
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return {
        f"{rule['id']}: {rule['help']}": [node["html"][:200] for node in rule["nodes"]]
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    }


async def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window. It should never need sideways scrolling."""
    wider: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
