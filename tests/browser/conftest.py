"""A real browser on the real platform: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio
import pytest
from playwright.async_api import Browser, async_playwright

from rapidata_mcp.connect import connect
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.browser.site import Site
from tests.conftest import OpenAssistant

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    if CHROMIUM is None:  # said here, since a skip within a session's event loop would end the loop
        pytest.skip("There is no Chromium on this machine; on Debian: apt-get install chromium")
    return "asyncio"


@pytest.fixture(scope="session")
async def browser(anyio_backend: str) -> AsyncIterator[Browser]:
    """One Chromium for all tests. Each visitor has a profile of their own."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])


@pytest.fixture
def open_site(browser: Browser, settings: Settings, clock: MovingClock, open_assistant: OpenAssistant) -> OpenSite:
    """Return a context manager for a platform on a real socket, with an assistant."""

    @asynccontextmanager
    async def open_one(**changes: Any) -> AsyncIterator[Site]:
        wanted = Settings(**settings.model_dump() | changes)
        with anyio.fail_after(120):
            async with connect(wanted, clock) as connection, open_assistant(**changes) as assistant:
                site = Site(browser, connection.platform, assistant)
                try:
                    yield site
                finally:
                    await site.leave()
                assert site.complaints == []

    return open_one


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site() as one:
        yield one
