"""The official SDK runs every task type on the embedded platform: examples, job, results as a table."""

from __future__ import annotations

import pytest

from rapidata_mcp.tasks import TASK_TYPES
from tests.contract.conftest import OpenPlatform, client_for
from tests.task_samples import KITS

RESULTS_NAME = {kind.slug: kind.results_name for kind in TASK_TYPES}


@pytest.mark.parametrize("page", KITS)
@pytest.mark.usefixtures("quick")
def test_the_sdk_runs_it(page: str, open_platform: OpenPlatform) -> None:
    """From the examples to a table of what was answered; where there are no examples everybody may answer."""
    kit, platform = KITS[page], open_platform()
    with client_for(platform.url) as sdk:
        audience = sdk.audience.get_audience_by_id("global")
        if kit.sdk_example is not None:
            audience = sdk.audience.create_audience("Examined", min_tasks=3)
            for _ in range(3):
                kit.sdk_example(audience)
            assert len(audience.get_examples()) == 3
        job = audience.assign_job(kit.sdk_job(sdk))
        while job.get_status() != "Completed":
            platform.clock.moved += 60
        results = job.get_results()
        session = sdk._openapi_service.api_client.rest_client.session
        responses = session.get(f"{platform.url}/job/{job.id}/responses?limit=1000").json()["responses"]
    assert results["info"]["type"] == RESULTS_NAME[page]
    assert results["info"]["simulatedResponses"] == sum(len(entry["detailedResults"]) for entry in results["results"])
    assert len(responses) == results["info"]["simulatedResponses"]
    assert len({response["result"]["_t"] for response in responses}) == 1  # of a type that the SDK reads
    # A table of one row a datapoint, or more where it is split by options.
    assert len(results.to_pandas()) >= len(results["results"]) > 0
