"""Every answer of the embedded platform is what the SDK's generated models declare, to the member."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rapidata_mcp.local.api.scenario import JobScript
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.contract.caller import EVERY_FILTER, EXAMPLE, Caller, datapoint, opened, revision
from tests.contract.conftest import PIXEL
from tests.contract.declared import check_answer, declared_type


@pytest.fixture
async def call(settings: Settings, clock: MovingClock) -> AsyncIterator[Caller]:
    async with opened(settings, clock) as caller:
        yield caller


def test_the_check_is_strict() -> None:
    """An answer without a required member, or with a wrong word for a state, is refused."""
    job = {
        **dict.fromkeys(
            ("jobId", "name", "definitionId", "audienceId", "pipelineId", "ownerMail", "organizationId"), "x"
        ),
        "revisionNumber": 1,
        "state": "Running",
        "isPublic": False,
        "audienceDeleted": False,
        "createdAt": "2026-09-01T12:00:00+00:00",
        "ownerId": "11111111-1111-4111-8111-111111111111",
    }
    assert check_answer("GET", "/job/x", 200, json.dumps(job).encode()) == "GetJobByIdEndpointOutput"
    for broken in ({**job, "state": "Resting"}, {name: job[name] for name in job if name != "ownerId"}):
        with pytest.raises(ValueError, match="GetJobByIdEndpointOutput"):
            check_answer("GET", "/job/x", 200, json.dumps(broken).encode())
    assert declared_type("GET", "/audience/unlisted/x", 200) == "GetUnlistedAudienceByIdEndpointOutput"


async def test_audiences_are_schema_complete(call: Caller) -> None:
    """With every filter, every kind of audience, lists in every order, and refusals."""
    rule = {"_t": "TaskAccuracy", "targetAccuracy": 0.8, "minTasks": 3, "maxTasks": 30}
    body = {"name": "Strict", "filters": EVERY_FILTER, "graduationRule": rule}
    audience = (await call("POST", "/audience", body))["audienceId"]
    for _ in range(3):
        await call("POST", f"/audience/{audience}/example", EXAMPLE)
    page = await call("GET", f"/audience/{audience}/examples?page=1&page_size=2&sort=sort_index")
    assert (page["total"], page["totalPages"], len(page["items"])) == (3, 2, 2)
    change = {"instructionText": "Which now?", "truth": {"_t": "CompareExampleTruth", "winnerId": "bad"}}
    example = f"/audience/{audience}/example/{page['items'][0]['id']}"
    await call("PATCH", example, change, status=204)
    changed = (await call("GET", f"/audience/{audience}/examples"))["items"][0]
    assert (changed["payload"]["criteria"], changed["truth"]["winnerId"]) == ("Which now?", "bad")
    wrong = {"truth": {"_t": "CompareExampleTruth", "winnerId": "ugly"}}
    await call("PATCH", example, wrong, status=400)
    assert (await call("GET", f"/audience/{audience}/examples?is_common_sense[eq]=true"))["total"] == 0
    await call("POST", f"/audience/{audience}/recruit", status=204)
    call.clock.time += 30
    assert (await call("GET", f"/audience/{audience}"))["filters"] == EVERY_FILTER
    await call("GET", f"/audience/{audience}/user-metrics")
    await call("PATCH", f"/audience/{audience}", {"name": "Renamed", "description": "d", "filters": []})
    assert (await call("GET", f"/audience/{audience}"))["name"] == "Renamed"
    sliced = (await call("POST", f"/audience/{audience}/filter", {"filter": EVERY_FILTER[0]}))["audienceId"]
    read = await call("GET", f"/audience/{sliced}")
    assert (read["baseAudienceId"], read["filter"]) == (audience, EVERY_FILTER[0])
    invited = (await call("POST", "/audience/unlisted", {"name": "Guests"}))["audienceId"]
    await call("GET", f"/audience/unlisted/{invited}")
    assert (await call("GET", "/audiences/unlisted"))["total"] == 1
    await call.job(audienceId=invited)
    assert len((await call("GET", f"/jobs/unlisted/{invited}/active"))["jobs"]) == 1
    assert (await call("GET", f"/audience/{invited}/jobs?sort=name"))["total"] == 1
    for sort in ("name", "-created_at", "status", "-qualified_user_count"):
        assert (await call("GET", f"/audiences?sort={sort}&is_public[eq]=false"))["total"] == 1
    await call("DELETE", f"/audience/example/{page['items'][0]['id']}")
    await call("DELETE", f"/audience/{audience}", status=204)
    await call("GET", f"/audience/{audience}", status=404)
    await call("POST", "/audience", {"name": "", "filters": []}, status=400)
    await call("POST", "/audience", {"name": "x", "filters": [{"_t": "StarSignFilter"}]}, status=400)
    await call("POST", "/audience/global/recruit", status=400)
    await call("POST", f"/audience/{sliced}/filter", {"filter": EVERY_FILTER[0]}, status=400)


async def test_assets_and_data_sets_are_schema_complete(call: Caller) -> None:
    """By URL, in batches, as files; datapoints in segments and in the older flat form, in order whatever came first."""
    one = (await call("POST", "/asset/url?url=https%3A//a.test/1.jpg"))["fileName"]
    file = {"file": ("pixel.png", PIXEL, "image/png")}
    two = (await call("POST", "/asset/file", files=file))["fileName"]
    urls = ["https://a.test/2.jpg", "ftp://a.test/3.jpg"]
    batch = (await call("POST", "/asset/batch-upload", {"urls": urls, "correlationId": "c"}))["batchUploadId"]
    status = await call("GET", "/asset/batch-upload/status?correlationId=c")
    assert (status["completedBatches"], status["completedCount"], status["failedCount"]) == ([batch], 1, 1)
    await call("GET", f"/asset/batch-upload/{batch}")
    await call("POST", f"/asset/batch-upload/{batch}/abort", status=204)
    await call("POST", "/asset/batch-upload/bup_nowhere/abort", status=404)
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    assets = [{"_t": "ExistingAssetInput", "name": name} for name in (one, two)]
    flat = {
        "asset": {"_t": "MultiAssetInput", "assets": assets},
        "context": "c",
        "contextAsset": assets[0],
        "sortIndex": 1,
    }
    await call("POST", f"/dataset/{dataset}/datapoint", flat)
    await call("POST", f"/dataset/{dataset}/datapoint", datapoint(0))
    page = await call("GET", f"/dataset/{dataset}/datapoints?page=1&page_size=10")
    kinds = [[part["key"] for part in item["segments"]] for item in page["items"]]
    assert kinds == [["asset"], ["asset", "context", "context_asset"]]
    assert len((await call("GET", f"/dataset/{dataset}/datapoints?page=2&page_size=1"))["items"]) == 1
    assert (await call("GET", f"/dataset/{dataset}/progress"))["ready"] == 2
    await call("GET", f"/dataset/{dataset}/datapoints/failed")
    long = {"items": [{"context": "word " * 100, "question": "q?"}, {"context": "short", "question": "q?"}]}
    short = [item["shortenedContext"] for item in (await call("POST", "/datasets/shorten-context", long))["items"]]
    assert (len(short[0]), short[1]) == (395, "short")
    await call("PATCH", f"/dataset/{dataset}/name", {"name": "e"}, status=204)
    read = await call("GET", f"/dataset/{dataset}")
    assert (read["name"], [part["key"] for part in read["schema"]]) == ("e", ["asset", "context", "context_asset"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"segments": []}, "needs the segment 'asset'"),
        (
            {"segments": [{"key": "asset", "kind": "Asset", "asset": {"_t": "ExistingAssetInput", "name": "x.jpg"}}]},
            "upload",
        ),
        (
            {"segments": [*datapoint(0)["segments"], {"key": "context", "kind": "Text", "text": "c" * 401}]},
            "longer than 400",
        ),
        (
            {"segments": [*datapoint(0)["segments"], {"key": "mood", "kind": "Text", "text": "c"}]},
            "not one of this data set",
        ),
    ],
    ids=["no asset", "unknown asset", "long context", "unknown segment"],
)
async def test_a_datapoint_that_does_not_fit_is_refused(call: Caller, change: dict[str, Any], says: str) -> None:
    """By the schema of its data set, and by what was uploaded."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    refusal = await call("POST", f"/dataset/{dataset}/datapoint", datapoint(0) | change, status=400)
    assert says in refusal["title"]


async def test_definitions_are_schema_complete(call: Caller) -> None:
    """With revisions, a conflict, another name, and gone."""
    made = await call.draft()
    first = await call("GET", f"/job/definition/{made}/revision")
    body = {
        **revision(first["datasetId"]),
        "aggregatorType": "MajorityVote",
        "baseRevisionNumber": 1,
        "requireLatest": True,
    }
    assert (await call("POST", f"/job/definition/{made}/revision", body))["revisionNumber"] == 2
    conflict = await call("POST", f"/job/definition/{made}/revision", body, status=409)
    assert conflict["latestRevisionNumber"] == 2
    assert (await call("GET", f"/job/definition/{made}/revision/2"))["aggregatorType"] == "MajorityVote"
    listed = await call("GET", f"/job/definition/{made}/revisions?page=1&page_size=100&sort=revision_number")
    assert [item["revisionNumber"] for item in listed["items"]] == [1, 2]
    await call("PATCH", f"/job/definition/{made}", {"name": "Renamed"}, status=204)
    found = await call("GET", "/job/definitions?name[starts_with]=ren&definition_type[eq]=Compare")
    assert [(item["name"], item["revisionCount"]) for item in found["items"]] == [("Renamed", 2)]
    await call("GET", f"/job/definition/{made}")
    await call("GET", f"/job/definition/{made}/cost-estimate")
    await call("DELETE", f"/job/definition/{made}", status=204)
    for path in ("", "/revision", "/revision/1", "/revisions", "/cost-estimate"):
        await call("GET", f"/job/definition/{made}{path}", status=404)


async def test_jobs_are_schema_complete(call: Caller) -> None:
    """Through pause and resume to results, by job and by pipeline."""
    job_id = (await call.job(name="Named"))["jobId"]
    job = await call("GET", f"/job/{job_id}")
    for start in (f"/job/{job_id}", f"/pipeline/{job['pipelineId']}"):
        download = (await call("POST", f"{start}/preliminary-download", {"sendEmail": False}))["downloadId"]
        path = f"{start if start.startswith('/job') else '/pipeline'}/preliminary-download/{download}"
        assert await call("GET", path, status=202) is None
        assert (await call("GET", path))["info"]["name"] == "Named"
    await call("POST", f"/job/{job_id}/pause", status=204)
    await call("POST", f"/job/{job_id}/resume", status=204)
    await call("GET", f"/job/{job_id}/progress")
    await call("GET", f"/job/{job_id}/cost-estimate")
    await call("GET", f"/job/{job_id}/download-results", status=409)
    await call("PATCH", f"/job/{job_id}", {"name": "Other"}, status=204)
    call.clock.time += 60
    assert (await call("GET", f"/job/{job_id}"))["state"] == "Completed"
    await call("GET", f"/job/{job_id}/download-results")
    await call("POST", f"/job/{job_id}/retry", status=400)
    await call("POST", f"/job/{job_id}/pause", status=400)
    await call("DELETE", f"/job/{job_id}", status=204)
    for path in ("", "/progress", "/download-results", "/cost-estimate"):
        await call("GET", f"/job/{job_id}{path}", status=404)


@pytest.mark.parametrize("state", ["ManualApproval", "SpendLimited", "Blocked", "Failed", "StaleResults"])
async def test_stuck_jobs_are_schema_complete(settings: Settings, clock: MovingClock, state: Any) -> None:
    """Every state of the contract, read one by one, in lists, and what gets a job out of it (contract G.2)."""
    script = JobScript(state, review_reason="ContentFlagged" if state == "ManualApproval" else None)
    way_out = {"ManualApproval": "approve", "SpendLimited": "resume", "Failed": "retry", "StaleResults": "retry"}
    async with opened(settings, clock, Draft=script) as call:
        job_id = (await call.job())["jobId"]
        clock.time += 60
        job = await call("GET", f"/job/{job_id}")
        assert (job["state"], job["reviewReason"]) == (state, script.review_reason)
        assert [item["jobId"] for item in (await call("GET", f"/jobs?state[eq]={state}"))["items"]] == [job_id]
        await call("GET", f"/job/{job_id}/progress", status=200 if state == "StaleResults" else 404)
        if state not in way_out:
            await call("POST", f"/job/{job_id}/resume", status=400)
            return
        await call("POST", f"/job/{job_id}/{way_out[state]}", status=204)
        clock.time += 60
        assert (await call("GET", f"/job/{job_id}"))["state"] == "Completed"


async def test_lists_take_the_filters_and_sorts_of_the_contract(call: Caller) -> None:
    """Every operator of A.7, alone and combined; what a list does not have is refused by name."""
    ids = [(await call.job(name=name))["jobId"] for name in ("Alpha", "Beta", "Gamma")]
    call.clock.time += 5
    ids.append((await call.job(name="Beta 2", precedingJobId=ids[0]))["jobId"])

    async def names(query: str) -> list[str]:
        return [item["name"] for item in (await call("GET", f"/jobs?sort=name&{query}"))["items"]]

    later = "2027-01-15T08:00:01%2B00:00"
    expected = {
        "name[eq]=Beta": ["Beta"],
        "name[neq]=Beta": ["Alpha", "Beta 2", "Gamma"],
        "name[contains]=ET": ["Beta", "Beta 2"],
        "name[not_contains]=eta": ["Alpha", "Gamma"],
        "name[starts_with]=ga": ["Gamma"],
        "name[ends_with]=2": ["Beta 2"],
        "name[in]=Alpha&name[in]=Gamma": ["Alpha", "Gamma"],
        "name[contains]=": ["Alpha", "Beta", "Beta 2", "Gamma"],
        f"created_at[gte]={later}": ["Beta 2"],
        f"created_at[lt]={later}": ["Alpha", "Beta", "Gamma"],
        f"id[eq]={ids[2]}": ["Gamma"],
        "logic=or&name[eq]=Alpha&name[starts_with]=G": ["Alpha", "Gamma"],
        "audience_id[eq]=global&name[eq]=Beta": ["Beta"],
        "scope=Shared": [],
    }
    assert {query: await names(query) for query in expected} == expected
    newest_first = await call("GET", "/jobs?sort=-created_at&sort=-name")
    assert [item["name"] for item in newest_first["items"]] == ["Beta 2", "Gamma", "Beta", "Alpha"]
    for query in ("colour[eq]=red", "name[like]=x", "sort=colour", "created_at[gt]=soon", "page_size=0"):
        await call("GET", f"/jobs?{query}", status=400)


async def test_money_is_schema_complete(settings: Settings, clock: MovingClock) -> None:
    """The warning at the start, the estimate before and after it is priced, and the bill."""
    priced = settings.model_copy(update={"local_price": 0.5, "local_credit": 3.0})
    async with opened(priced, clock) as call:
        made = await call.draft()
        await call("GET", f"/job/definition/{made}/cost-estimate", status=409)
        clock.time += 2
        estimate = await call("GET", f"/job/definition/{made}/cost-estimate")
        assert (estimate["estimatedCost"], estimate["costPerResponse"], estimate["requiredResponses"]) == (5.0, 0.5, 10)
        created = await call("POST", "/job", {"jobDefinitionId": made, "audienceId": "global"})
        assert created["costWarning"] == {"estimatedCost": 5.0, "availableBalance": 3.0, "shortfall": 2.0}
        await call("GET", f"/job/{created['jobId']}/cost-estimate", status=409)
        clock.time += 60
        assert (await call("GET", f"/job/{created['jobId']}"))["state"] == "SpendLimited"
        await call("DELETE", f"/job/{created['jobId']}", status=204)
        summary = await call("GET", "/billing/summary")
        assert (summary["mode"], summary["availableAmount"], summary["currentPeriodUsage"]) == ("Prepaid", 0.0, 3.0)
        assert (await call("GET", "/billing-period/active"))["totalResponseCount"] == 6
        (entry,) = (await call("GET", "/billing-period/active/billing-items?sort=-net_cost"))["items"]
        assert (entry["jobId"], entry["netCost"], entry["responseCount"]) == (created["jobId"], 3.0, 6)
        assert (await call("GET", "/billing/outstanding"))["currentPeriodAccrued"] == 3.0
