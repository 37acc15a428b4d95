"""The SDK's jobs on the embedded platform (contract G, H, I)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from rapidata import RapidataClient, RapidataJob
from rapidata.rapidata_client.exceptions.rapidata_error import RapidataError

from rapidata_mcp.local.api.scenario import JobScript, Scenario
from tests.contract.conftest import OpenPlatform, client_for
from tests.contract.served import Served
from tests.contract.test_sdk_definitions import draft


def started(
    sdk: RapidataClient, name: str = "Job", run_after: RapidataJob | None = None, **changes: Any
) -> RapidataJob:
    return sdk.audience.get_audience_by_id("global").assign_job(draft(sdk, name, **changes), run_after=run_after)


@pytest.fixture
def still(platform: Served) -> Iterator[None]:
    """Time passes only when a test moves it."""
    with platform.clock.stopped():
        yield


SCRIPTED = {
    "In review": JobScript("ManualApproval", review_reason="ContentFlagged"),
    "Out of money": JobScript("SpendLimited"),
    "Flagged": JobScript("Blocked"),
    "Broken": JobScript("Failed", failure_message="The pipeline broke."),
    "Stale": JobScript("StaleResults"),
}


@pytest.fixture(scope="module")
def scripted(open_platform: OpenPlatform) -> Served:
    """A platform on which jobs of these names get stuck."""
    return open_platform(Scenario(job_states=SCRIPTED))


@pytest.fixture(scope="module")
def unlucky(scripted: Served) -> Iterator[RapidataClient]:
    """The SDK's client on it."""
    with client_for(scripted.url) as client:
        yield client


@pytest.mark.usefixtures("still")
def test_a_job_goes_from_running_to_completed(sdk: RapidataClient, platform: Served) -> None:
    """With its progress on the way."""
    job = started(sdk)
    progress = job.get_progress()
    assert (job.get_status(), progress.state) == ("Running", "Running")
    assert progress.completion_percentage < 100
    assert progress.recruiting is None
    platform.clock.moved += 60
    assert job.get_progress().completion_percentage == 100
    assert job.get_status() == "Completed"
    assert job.completed_at is not None


@pytest.mark.usefixtures("quick")
def test_results_become_tables(sdk: RapidataClient) -> None:
    """One row per pair, or one per response."""
    results = started(
        sdk, responses_per_datapoint=5, private_metadata=[{"id": "a"}, {"id": "b"}, {"id": "c"}]
    ).get_results()
    table = results.to_pandas()
    assert list(table["assetA"]) == ["first 0", "first 1", "first 2"]
    assert all(table["A_aggregatedResults"] + table["B_aggregatedResults"] >= 5)
    assert list(table["privateMetadata_id"]) == ["a", "b", "c"]
    details = results.to_pandas(split_details=True)
    assert len(details) == results["info"]["simulatedResponses"] >= 15
    assert set(details["votedFor"]) <= {
        name for pair in zip(table["assetA"], table["assetB"], strict=True) for name in pair
    }
    assert details["userDetails_userScores_global"].between(0, 1).all()


@pytest.mark.usefixtures("still")
def test_a_paused_job_stands_still_until_it_is_resumed(sdk: RapidataClient, platform: Served) -> None:
    """Waiting for it is refused, what was collected can be seen."""
    job = started(sdk)
    job.pause()
    before = job.get_progress().completion_percentage
    platform.clock.moved += 60
    assert (job.get_status(), job.get_progress().completion_percentage) == ("Paused", before)
    with pytest.raises(Exception, match="is paused"):
        job.get_results()
    job.resume()
    platform.clock.moved += 60
    assert job.get_status() == "Completed"


@pytest.mark.usefixtures("still")
def test_results_so_far_are_prepared_first(sdk: RapidataClient, platform: Served) -> None:
    """The first question is answered with 202, the second with what has been answered."""
    job = started(sdk, responses_per_datapoint=200)
    platform.clock.moved += 0.8
    results = job.get_results(preliminary_results=True)
    statuses = [one.status for one in platform.answers if one.path.startswith("/pipeline/preliminary-download/")]
    assert statuses == [202, 200]
    assert len(results["results"]) == 3
    assert 0 < results["info"]["simulatedResponses"] < 600


def test_jobs_are_found_by_name_and_audience(sdk: RapidataClient) -> None:
    """Newest first; a deleted one is not found."""
    first, second = started(sdk, "Lost and found"), started(sdk, "Lost again")
    assert [job.id for job in sdk.job.find_jobs("Lost")] == [second.id, first.id]
    assert first.id in [job.id for job in sdk.audience.get_audience_by_id("global").find_jobs("found")]
    assert sdk.job.get_job_by_id(first.id).definition_id == first.definition_id
    first.delete()
    assert [job.id for job in sdk.job.find_jobs("Lost")] == [second.id]
    with pytest.raises(RapidataError, match="There is no job"):
        first.get_status()


@pytest.mark.usefixtures("still")
def test_a_job_waits_for_the_one_before_it(sdk: RapidataClient, platform: Served) -> None:
    """It is Queued until that one has completed, and its time begins then."""
    first = started(sdk, "First")
    first.pause()
    second = started(sdk, "Second", run_after=first)
    third = started(sdk, "Third", run_after=second)
    platform.clock.moved += 60
    assert [job.get_status() for job in (first, second, third)] == ["Paused", "Queued", "Queued"]
    assert third.get_progress().completion_percentage == 0
    first.resume()
    platform.clock.moved += 300
    assert third.get_status() == "Completed"
    assert first.completed_at < second.completed_at < third.completed_at  # type: ignore[operator]
    with pytest.raises(RapidataError, match="to run after"):
        sdk.audience.get_audience_by_id("global").assign_job(draft(sdk), run_after="job_nowhere")


def test_a_job_on_an_audience_that_never_recruited_is_recognized(sdk: RapidataClient) -> None:
    """The SDK says so instead of waiting for ever: nobody can answer."""
    audience = sdk.audience.create_audience(name="Nobody")
    job = audience.assign_job(draft(sdk))
    with pytest.raises(Exception, match="recruiting"):
        job.get_results()


@pytest.mark.parametrize(
    ("name", "says"),
    [("In review", "ContentFlagged|review"), ("Out of money", "spend-limited"), ("Flagged", "[Bb]locked")],
)
def test_a_job_that_gets_stuck_says_where(unlucky: RapidataClient, scripted: Served, name: str, says: str) -> None:
    """The SDK names the state instead of waiting."""
    job = started(unlucky, name)
    scripted.clock.moved += 60
    assert job.get_status() == SCRIPTED[name].state
    assert job.get_progress().completion_percentage == 0
    with pytest.raises(Exception, match=says):
        job.get_results()


def test_a_failed_job_says_why_and_can_be_retried(unlucky: RapidataClient, scripted: Served) -> None:
    """Its successor does not wait for it for ever (contract G.2)."""
    job = started(unlucky, "Broken")
    successor = started(unlucky, "After", run_after=job)
    with pytest.raises(Exception, match=r"The pipeline broke\."):
        job.display_progress_bar()
    scripted.clock.moved += 60
    assert (job.get_status(), successor.get_status()) == ("Failed", "Completed")
    unlucky._openapi_service.order.job_api.job_job_id_retry_post(job.id)
    scripted.clock.moved += 60
    assert job.get_status() == "Completed"


@pytest.mark.usefixtures("quick")
def test_stale_results_are_made_anew(unlucky: RapidataClient, scripted: Served) -> None:
    """The SDK asks for it by itself and then has them, with the same answers."""
    job = started(unlucky, "Stale")
    scripted.clock.moved += 60
    assert job.get_status() == "StaleResults"
    collected = job._get_job_progress().response_count
    results = job.get_results()
    assert job.get_status() == "Completed"
    assert results["info"]["simulatedResponses"] == collected
    assert f"POST /job/{job.id}/retry" in scripted.requests("/job/")


def test_billing_agrees_with_what_jobs_cost(open_platform: OpenPlatform, caplog: pytest.LogCaptureFixture) -> None:
    """A job that the balance does not cover is announced, stops when it is used up, and what is left is nothing."""
    platform = open_platform(local_price=0.1, local_credit=4.0)
    with client_for(platform.url) as sdk, caplog.at_level(logging.WARNING):
        before = sdk.billing.get_current_billing_period()
        first, second = started(sdk, "Paid"), started(sdk, "Short", responses_per_datapoint=20)
        platform.clock.moved += 120
        assert first.get_status() == "Completed"
        assert second.get_status() == "SpendLimited"
        after = sdk.billing.get_current_billing_period()
        assert sdk.billing.get_outstanding_balance() == 0.0
        collected = [job._get_job_progress().response_count for job in (first, second)]
        with pytest.raises(RapidataError, match="balance is used up"):
            second.resume()
    assert (before.credits, before.outstanding_cost, before.effective_limit) == (4.0, 0.0, 4.0)
    assert (after.credits, after.outstanding_cost, after.response_count) == (0.0, 4.0, 40)
    assert sum(collected) == 40
    assert "estimated cost of 6.00" in caplog.text


def test_without_a_price_everything_is_free(sdk: RapidataClient) -> None:
    """There is no limit, and nothing to pay."""
    period = sdk.billing.get_current_billing_period()
    assert (period.credits, period.effective_limit, period.outstanding_cost) == (None, None, 0.0)
