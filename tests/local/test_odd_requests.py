"""Numbers, URLs and members that nobody sends on purpose: refused, and never an error of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.pictures import read_point
from tests.assistant import MovingClock
from tests.contract.caller import EXAMPLE, Caller, datapoint, opened, revision

HUGE = 10**30
DIGITS = "9" * 5_000
"""More than Python reads as a number."""


@pytest.fixture
async def call(settings: Settings, clock: MovingClock) -> AsyncIterator[Caller]:
    async with opened(settings, clock) as caller:
        yield caller


async def test_an_impossible_url_fails_alone(call: Caller) -> None:
    """The others of its batch are stored."""
    await call("POST", "/asset/url", params={"url": "http://["}, status=400)
    batch = await call("POST", "/asset/batch-upload", {"urls": ["https://a.test/1.jpg", "http://["]})
    problem = await call("GET", f"/asset/batch-upload/{batch['batchUploadId']}")
    assert [item["status"] for item in problem["items"]] == ["Completed", "Failed"]


@pytest.mark.parametrize("digits", [DIGITS, str(HUGE), "-1", "x"], ids=["5,000 digits", "30 digits", "below 0", "none"])
async def test_numbers_in_a_url(call: Caller, digits: str) -> None:
    """Pages, cursors and revisions."""
    job = await call("GET", f"/job/{(await call.job())['jobId']}")
    await call("GET", f"/jobs?page={digits}", status=400)
    await call("GET", f"/job/{job['jobId']}/responses?cursor={digits}", status=400)
    await call("GET", f"/job/definition/{job['definitionId']}/revision/{digits}", status=404)


async def test_numbers_that_no_database_keeps(call: Caller) -> None:
    """Each names its member; and more responses than a crowd can be made for are refused."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    for path, body, member in (
        (f"/dataset/{dataset}/datapoint", datapoint(0) | {"sortIndex": HUGE}, "sortIndex"),
        ("/audience", {"name": "a", "filters": [], "dropMinResponses": HUGE}, "dropMinResponses"),
        ("/audience", {"name": "a", "filters": [], "maxDistillingResponses": HUGE}, "maxDistillingResponses"),
        ("/job", {"jobDefinitionId": "x", "audienceId": "global", "revisionNumber": HUGE}, "revisionNumber"),
    ):
        assert list((await call("POST", path, body, status=400))["errors"]) == [member]
    many = revision(dataset) | {"referee": {"_t": "NaiveReferee", "totalVotes": HUGE}}
    refusal = await call("POST", "/job/definition", {"definitionName": "Draft", **many}, status=400)
    assert "at most 1,000 responses" in refusal["title"]


async def test_null_takes_no_truth_away(call: Caller) -> None:
    """An example without a truth would examine nobody."""
    audience = (await call("POST", "/audience", {"name": "a", "filters": []}))["audienceId"]
    await call("POST", f"/audience/{audience}/example", EXAMPLE)
    [before] = (await call("GET", f"/audience/{audience}/examples"))["items"]
    changed = {"truth": None, "randomCorrectProbability": None, "explanation": "So it is."}
    await call("PATCH", f"/audience/{audience}/example/{before['id']}", changed, status=204)
    [after] = (await call("GET", f"/audience/{audience}/examples"))["items"]
    assert after == before | {"explanation": "So it is."}


@pytest.mark.parametrize("value", [10**400, -1, 100.1, float("nan"), float("inf"), True, "5", None])
def test_a_coordinate_lies_in_the_picture(value: Any) -> None:
    """However large a number is."""
    with pytest.raises(ValueError, match="coordinate"):
        read_point({"x": 5, "y": value})
