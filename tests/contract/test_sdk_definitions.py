"""The SDK's job definitions on the embedded platform (contract D, E, F)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rapidata import (
    AllowNeitherBothSetting,
    CustomSetting,
    FailedUploadException,
    RapidataClient,
    RapidataJobDefinition,
    RevisionConflictError,
)
from rapidata.rapidata_client.exceptions.rapidata_error import RapidataError

from rapidata_mcp.local.api.scenario import Scenario, UploadFailure
from tests.contract.conftest import OpenPlatform, client_for
from tests.contract.served import Served

INSTRUCTION = "Which reads better?"
PAIRS = [[f"first {number}", f"second {number}"] for number in range(3)]


def draft(sdk: RapidataClient, name: str = "Texts", **changes: Any) -> RapidataJobDefinition:
    given: dict[str, Any] = {"instruction": INSTRUCTION, "datapoints": PAIRS, "data_type": "text"}
    return sdk.job.create_compare_job_definition(name=name, **given | changes)


def answered(platform: Served, path: str) -> dict[str, Any]:
    """The last answer to a request for this path."""
    document: dict[str, Any] = json.loads(next(one.content for one in reversed(platform.answers) if one.path == path))
    return document


def results_of(sdk: RapidataClient, definition: RapidataJobDefinition) -> dict[str, Any]:
    results: dict[str, Any] = sdk.audience.get_audience_by_id("global").assign_job(definition).get_results()
    return results


def test_a_definition_is_found_and_read_back(sdk: RapidataClient, platform: Served) -> None:
    """By its id and by a part of its name; question, number of responses and flags are as they were given."""
    made = draft(sdk, "Findable", settings=[AllowNeitherBothSetting(), CustomSetting("k", "v", target="campaign")])
    assert [found.id for found in sdk.job.find_job_definitions("Findab")] == [made.id]
    again = sdk.job.get_job_definition_by_id(made.id)
    assert (again.instruction, again.responses_per_datapoint, again.revision) == (INSTRUCTION, 10, 1)
    assert [setting.key for setting in again.settings] == ["compare_unsure", "k"]
    assert answered(platform, f"/job/definition/{made.id}")["definitionType"] == "Compare"


@pytest.mark.parametrize(
    ("arguments", "referee"),
    [
        ({}, {"_t": "NaiveReferee", "totalVotes": 10}),
        ({"confidence_threshold": 0.9}, {"_t": "EarlyStoppingReferee", "maxVotes": 10, "threshold": 0.9}),
        ({"quorum_threshold": 4}, {"_t": "QuorumReferee", "maxVotes": 10, "threshold": 4}),
    ],
    ids=["fixed", "confidence", "quorum"],
)
def test_every_stopping_rule_is_kept(
    sdk: RapidataClient, platform: Served, arguments: dict[str, Any], referee: dict[str, Any]
) -> None:
    """A fixed number, confidence, or quorum (contract F.4)."""
    made = draft(sdk, "Stopping", **arguments)
    assert made.reload().responses_per_datapoint == 10
    assert answered(platform, f"/job/definition/{made.id}/revision")["referee"] == referee


@pytest.mark.usefixtures("quick")
def test_local_files_are_stored_and_served(
    sdk: RapidataClient, platform: Served, tmp_path: Path, picture: Path
) -> None:
    """Results have their names and URLs, and serve them unchanged, as pictures only."""
    other = tmp_path / "a1.png"
    other.write_bytes(picture.read_bytes() + b"x")
    made = draft(
        sdk, "Files", datapoints=[[str(other), str(picture)]], data_type="media", media_contexts=[[str(other)]]
    )
    entry = results_of(sdk, made)["results"][0]
    assert list(entry["aggregatedResults"]) == ["a1.png", "pixel.png"]
    assert len(entry["contextAssetUrls"]) == 1
    session = sdk._openapi_service.api_client.rest_client.session
    assert entry["assetUrls"]["a1.png"].startswith(f"{platform.url}/assets/")
    served = session.get(entry["assetUrls"]["a1.png"])
    assert served.content == other.read_bytes()
    assert served.headers["content-type"] == "image/png"
    assert served.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_is_no_medium_is_refused(sdk: RapidataClient, tmp_path: Path) -> None:
    """A page could run scripts where it is shown; no definition is made with it."""
    page, drawing = tmp_path / "page.html", tmp_path / "drawing.svg"
    page.write_text("<script>alert(1)</script>")
    drawing.write_text("<svg/>")
    with pytest.raises(FailedUploadException) as refusal:
        draft(sdk, "Pages", datapoints=[[str(page), str(drawing)]], data_type="media")
    assert "are not taken" in str(refusal.value.detailed_failures)
    assert sdk.job.find_job_definitions("Pages") == []


@pytest.mark.usefixtures("quick")
def test_contexts_metadata_and_names_come_back_in_results(sdk: RapidataClient) -> None:
    """In the caller's order, whatever order the datapoints arrived in."""
    made = draft(
        sdk,
        "Everything",
        contexts=[f"context {number}" for number in range(3)],
        media_contexts=[[f"https://assets.example.com/{number}.png"] for number in range(3)],
        private_metadata=[{"id": str(number)} for number in range(3)],
        a_b_names=["Flux", "Midjourney"],
        confidence_threshold=0.99,
    )
    results = results_of(sdk, made)
    assert [entry["context"] for entry in results["results"]] == ["context 0", "context 1", "context 2"]
    assert [entry["privateMetadata"]["id"] for entry in results["results"]] == ["0", "1", "2"]
    assert results["results"][1]["contextAssetUrls"] == ["https://assets.example.com/1.png"]
    assert set(results["results"][0]["confidencePerCategory"]) == {"first 0", "second 0"}
    assert set(results["summary"]) == {"Flux_wins_total", "Midjourney_wins_total"}


def test_a_changed_definition_is_a_new_revision(sdk: RapidataClient, platform: Served) -> None:
    """The earlier revision does not change, and an update of an outdated revision is refused."""
    made = draft(sdk, "Revised", settings=[AllowNeitherBothSetting()])
    other = sdk.job.get_job_definition_by_id(made.id)
    made.instruction = "Which is worse?"
    made.responses_per_datapoint = 7
    assert made.save(require_latest=True) == 2
    assert [(one.revision, one.base_revision, one.state) for one in made.revisions()] == [
        (1, None, "Completed"),
        (2, 1, "Completed"),
    ]
    other.instruction = "Too late?"
    with pytest.raises(RevisionConflictError) as conflict:
        other.save(require_latest=True)
    assert conflict.value.latest_revision == 2
    assert other.save() == 3
    assert made.reload(1).instruction == INSTRUCTION
    assert [setting.key for setting in made.reload(2).settings] == ["compare_unsure"]
    assert answered(platform, f"/job/definition/{made.id}/revision/2")["referee"]["totalVotes"] == 7


@pytest.mark.usefixtures("quick")
def test_a_deleted_definition_is_gone_and_its_jobs_go_on(sdk: RapidataClient) -> None:
    """With all its revisions."""
    made = draft(sdk, "Gone")
    job = sdk.audience.get_audience_by_id("global").assign_job(made)
    made.delete()
    assert sdk.job.find_job_definitions("Gone") == []
    with pytest.raises(RapidataError, match="There is no job definition"):
        sdk.job.get_job_definition_by_id(made.id)
    assert len(job.get_results()["results"]) == 3


@pytest.mark.usefixtures("quick")
def test_a_failed_upload_is_retried_into_the_same_definition(open_platform: OpenPlatform) -> None:
    """A URL whose host refuses at first: no definition at first, then one with all pairs."""
    bad = "https://assets.example.com/bad.jpg"
    platform = open_platform(Scenario(failing_urls={bad: UploadFailure(times=1)}))
    pairs = [[f"https://assets.example.com/{number}.jpg", f"https://a.test/o{number}.jpg"] for number in range(2)]
    with client_for(platform.url) as sdk:
        with pytest.raises(FailedUploadException) as failure:
            draft(sdk, "Retried", datapoints=[*pairs, [bad, "https://a.test/good.jpg"]], data_type="media")
        assert list(failure.value.failures_by_stage) == ["download"]
        assert sdk.job.find_job_definitions("Retried") == []
        made = failure.value.retry()
        entries = results_of(sdk, made)["results"]
    assert sorted(next(iter(entry["assetUrls"])) for entry in entries) == ["0.jpg", "1.jpg", "bad.jpg"]


def test_a_url_that_cannot_be_stored_says_why(open_platform: OpenPlatform) -> None:
    """With the stage and the host's status (contract D.5), for an example too."""
    bad = "https://assets.example.com/gone.jpg"
    platform = open_platform(Scenario(failing_urls={bad: UploadFailure(upstream_status=404)}))
    with client_for(platform.url) as sdk:
        audience = sdk.audience.create_audience(name="Bad")
        with pytest.raises(RapidataError) as refusal:
            audience.add_compare_example(instruction="Which?", datapoint=[bad, "https://a.test/1.jpg"], truth=bad)
    assert (refusal.value.details["stage"], refusal.value.details["upstreamHttpStatus"]) == ("download", 404)


@pytest.mark.usefixtures("quick")
def test_an_estimate_is_there_when_it_is_priced(open_platform: OpenPlatform) -> None:
    """Not at first (409), then responses at their most, for the definition and for the job."""
    platform = open_platform(speed=10, local_price=0.02, local_credit=1.0)
    with client_for(platform.url) as sdk:
        made = draft(sdk, "Priced")
        estimate = made.estimated_cost
        job = sdk.audience.get_audience_by_id("global").assign_job(made)
        later = job.estimated_cost
    statuses = [one.status for one in platform.answers if one.path == f"/job/definition/{made.id}/cost-estimate"]
    assert (statuses[0], statuses[-1]) == (409, 200)
    assert (estimate.datapoint_count, estimate.required_responses) == (3, 30)
    assert estimate.estimated_cost == later.estimated_cost == pytest.approx(0.6)
