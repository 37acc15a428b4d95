"""The preview of a draft in a real browser."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.browser.site import DESK, PHONE, Site, flaws, overflow


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_preview_fits_its_window_and_everybody(
    site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    """On a phone and on a desk, light and dark: nothing to scroll sideways, nothing that axe-core finds serious."""
    definition_id = await site.assistant.draft(pairs=3)
    page = await site.visit(f"/definitions/{definition_id}", width=width, scheme=scheme, touch=width == PHONE)
    assert await page.get_by_role("heading", name="Which reads better?").count() == 3
    assert await flaws(page) == {}
    assert await overflow(page) == 0
