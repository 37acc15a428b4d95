"""The official SDK runs every task type on the embedded platform: examples, job, results as a table."""

from __future__ import annotations

import pytest

from rapidata_mcp.tasks import TASK_TYPES
from tests.contract.conftest import OpenPlatform, client_for
from tests.task_samples import SAMPLES

RESULTS_NAME = {kind.slug: kind.results_name for kind in TASK_TYPES}


@pytest.mark.parametrize("slug", SAMPLES)
@pytest.mark.usefixtures("quick")
def test_the_sdk_runs_a_job_of_each_task_type(slug: str, open_platform: OpenPlatform) -> None:
    """It adds examples, starts a job and reads the results as a table. Task types without examples use `global`."""
    sample, platform = SAMPLES[slug], open_platform()
    with client_for(platform.url) as sdk:
        audience = sdk.audience.get_audience_by_id("global")
        if sample.sdk_example is not None:
            audience = sdk.audience.create_audience("Examined", min_tasks=3)
            for _ in range(3):
                sample.sdk_example(audience)
            assert len(audience.get_examples()) == 3
        job = audience.assign_job(sample.sdk_job(sdk))
        while job.get_status() != "Completed":
            platform.clock.moved += 60
        results = job.get_results()
        session = sdk._openapi_service.api_client.rest_client.session
        responses = session.get(f"{platform.url}/job/{job.id}/responses?limit=1000").json()["responses"]
    assert results["info"]["type"] == RESULTS_NAME[slug]
    assert results["info"]["simulatedResponses"] == sum(len(entry["detailedResults"]) for entry in results["results"])
    assert len(responses) == results["info"]["simulatedResponses"]
    assert len({response["result"]["_t"] for response in responses}) == 1  # a type that the SDK can read
    # The table has a row per datapoint, or per option of a datapoint.
    assert len(results.to_pandas()) >= len(results["results"]) > 0
