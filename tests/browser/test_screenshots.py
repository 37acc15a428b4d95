"""The pictures of the README. `UPDATE_SCREENSHOTS=1` takes them again."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.browser.conftest import OpenSite
from tests.browser.labeler import Labeler
from tests.browser.site import DESKTOP, PHONE

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "screenshots"
MOST_BYTES = 150_000


def test_the_pictures_of_the_readme_exist() -> None:
    """Every picture is used, and none is too large to load quickly."""
    shown = set(re.findall(r"docs/screenshots/([a-z-]+\.png)", (ROOT / "README.md").read_text()))
    assert shown == {path.name for path in PICTURES.iterdir()}
    assert max(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


@pytest.mark.skipif("UPDATE_SCREENSHOTS" not in os.environ, reason="pictures are taken when UPDATE_SCREENSHOTS is set")
async def test_pictures_are_taken(open_site: OpenSite) -> None:
    """They show every page, light and dark, small and wide, while people and simulated labelers work."""
    async with open_site() as site:
        assistant = site.assistant
        audience_id = (await assistant.call("create_audience", name="Prompt alignment", min_tasks=3))["audience_id"]
        for number in range(3):
            pair = [f"https://media.test/sign{number}{side}.jpg" for side in "ab"]
            await assistant.example(
                audience_id, datapoint=pair, truth=pair[0], context=f"Flower {number + 1}, in bloom"
            )
        draft = await assistant.call(
            "create_compare_job",
            name="Flower pots",
            instruction="Which image follows the prompt more accurately?",
            datapoints=[[f"https://media.test/pot{n}{side}.jpg" for side in "ab"] for n in range(40)],
            contexts=["A yellow flower sticking out of a green pot."] * 40,
            a_b_names=["Flux", "Midjourney"],
        )
        definition_id = draft["job_definition_id"]
        preview = await site.visit(f"/definitions/{definition_id}?audience_id={audience_id}", width=DESKTOP)
        await preview.screenshot(path=PICTURES / "preview.png")
        await assistant.draft(name="Captions, second try", pairs=3)
        job = await assistant.call("assign_job", job_definition_id=definition_id, audience_id=audience_id)
        label = await site.visit(f"/label/{audience_id}", width=PHONE, scheme="dark", touch=True)
        await Labeler.begin(label)
        await label.wait_for_timeout(500)
        await label.screenshot(path=PICTURES / "label.png")
        assistant.clock.time += 9
        dashboard = await site.visit("/", width=DESKTOP)
        await dashboard.screenshot(path=PICTURES / "dashboard.png")
        await assistant.finished(job["job_id"])
        results = await site.visit(f"/jobs/{job['job_id']}", width=DESKTOP, scheme="dark")
        await results.screenshot(path=PICTURES / "results.png")
