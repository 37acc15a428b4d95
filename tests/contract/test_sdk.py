"""The workflow document, run by the official SDK on the embedded platform."""

from __future__ import annotations

import time

import pytest
import rapidata

from tests.contract.conftest import OpenPlatform, client_for

DOCUMENT = """
from rapidata import RapidataClient

client = RapidataClient()

# Create and configure audience with qualification examples
audience = client.audience.create_audience(name="Prompt Alignment Audience")

for _ in range(3):
    audience.add_compare_example(
        instruction="Which image follows the prompt more accurately?",
        datapoint=[
            "https://assets.rapidata.ai/flux_sign_diffusion.jpg",
            "https://assets.rapidata.ai/mj_sign_diffusion.jpg"
        ],
        truth="https://assets.rapidata.ai/flux_sign_diffusion.jpg",
        context="A sign that says 'Diffusion'."
    )

# Create job definition
job_definition = client.job.create_compare_job_definition(
    name="Prompt Alignment Job",
    instruction="Which image follows the prompt more accurately?",
    datapoints=[
        ["https://assets.rapidata.ai/flux_flower.jpg",
         "https://assets.rapidata.ai/mj_flower.jpg"]
    ],
    contexts=["A yellow flower sticking out of a green pot."]
)

# Preview before running
job_definition.preview()

# Assign to audience and get results
job = audience.assign_job(job_definition)
job.display_progress_bar()
results = job.get_results()
print(results)
"""


def test_the_document_runs_as_it_is_written(
    open_platform: OpenPlatform,
    alone: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its script runs unchanged but for the host, on the machine's own pace, and prints its results."""
    began = time.monotonic()
    names: dict[str, object] = {}
    with client_for(open_platform(speed=1).url) as client:
        monkeypatch.setattr(rapidata, "RapidataClient", lambda: client)
        exec(DOCUMENT, names)  # noqa: S102 - the document is the test
    results = names["results"]
    assert time.monotonic() - began < 30
    assert results["results"][0]["context"] == "A yellow flower sticking out of a green pot."  # type: ignore[index]
    assert sum(results["results"][0]["aggregatedResults"].values()) >= 10  # type: ignore[index]
    assert alone[-1].endswith(f"/definitions/{names['job_definition'].id}")  # type: ignore[attr-defined]
    assert "simulatedResponses" in capsys.readouterr().out
