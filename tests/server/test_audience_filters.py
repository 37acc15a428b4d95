"""Filters decide who can answer or qualify, in every combination."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant


async def labelers_of(assistant: Assistant, job_id: str) -> list[dict[str, Any]]:
    """The user details of all responses to a job."""
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document = json.loads(resource.contents[0].text)
    return [response["userDetails"] for entry in document["results"] for response in entry["detailedResults"]]


async def test_only_labelers_who_match_answer_a_filtered_audience(open_assistant: OpenAssistant) -> None:
    """A labeler must match one entry, in all of its parts. The same call again creates nothing."""
    filters = [{"country": ["de", "AT"], "not_gender": ["Male"]}, {"language": ["ES"], "age": ["18-29", "30-39"]}]
    async with open_assistant(toolsets="manage") as assistant:
        created = await assistant.call("filter_audience", audience_id="global", filters=filters)
        again = await assistant.call("filter_audience", audience_id="global", filters=filters)
        job_id = await assistant.job(created["audience_id"])
        await assistant.finished(job_id)
        labelers = await labelers_of(assistant, job_id)
    assert (created["kind"], created["already_existed"], again["already_existed"]) == ("filtered", False, True)
    assert again["audience_id"] == created["audience_id"]
    assert len(labelers) >= 30
    for labeler in labelers:
        demographics = labeler["demographics"]
        first = labeler["country"] in ("DE", "AT") and demographics["gender"] != "Male"
        assert first or (labeler["language"] == "es" and demographics["age"] in ("18-29", "30-39"))


async def test_a_custom_audience_can_have_filters(assistant: Assistant) -> None:
    """Only labelers who match can qualify. An audience of the same name without filters is another one."""
    filters = [{"device": ["Phone", "Tablet"], "not_country": ["US"]}]
    audience_id = await assistant.audience(name="Phones", filters=filters)
    other = await assistant.call("create_audience", name="Phones")
    assert other["audience_id"] != audience_id
    job_id = await assistant.job(audience_id)
    await assistant.finished(job_id)
    labelers = await labelers_of(assistant, job_id)
    assert labelers
    assert all(labeler["country"] != "US" for labeler in labelers)


@pytest.mark.parametrize(
    ("filters", "place", "allowed"),
    [
        ([{"star_sign": ["Leo"]}], "filters.0.star_sign", "country, language, age, gender, device"),
        ([{"country": ["DE"]}, {"age": ["18"]}], "filters.1.age", "18-29"),
        ([{"country": ["Germany"]}], "filters.0.country", "two-letter"),
        ([{"gender": ["female"]}], "filters.0.gender", "Female"),
        ([{"gender": ["18-29"]}], "filters.0.gender", "Female"),
        ([{"device": []}], "filters.0.device", "Phone"),
        ([{}], "filters.0", "everyone matches"),
    ],
)
async def test_an_impossible_filter_is_refused(
    assistant: Assistant, filters: list[dict[str, list[str]]], place: str, allowed: str
) -> None:
    """The refusal names the place and the allowed values, and nothing is created."""
    refusal = await assistant.refusal("create_audience", name="Nobody", filters=filters)
    assert place in refusal
    assert allowed in refusal
    assert (await assistant.call("find_audiences", name="Nobody"))["total"] == 0


async def test_a_filtered_audience_is_described_as_a_part(open_assistant: OpenAssistant) -> None:
    """Every reply names its base and its filters, and that its labelers are simulated."""
    filters = [{"country": ["JP", "KR"], "not_age": ["65+"]}]
    async with open_assistant(toolsets="manage") as assistant:
        created = await assistant.call("filter_audience", audience_id="global", filters=filters)
        audience = await assistant.call("get_audience", audience_id=created["audience_id"])
        draft = await assistant.draft()
        job = await assistant.call("assign_job", job_definition_id=draft, audience_id=created["audience_id"])
        listed = await assistant.call("find_audiences")
    assert "This is a rehearsal" in created["summary"]
    assert audience["name"] == "Global, filtered"
    assert "the part of “Global” (global) with (country JP or KR and not age 65+)" in audience["summary"]
    assert "on “Global, filtered”" in job["summary"]
    assert "filtered audiences are not listed" in listed["summary"]


async def test_filters_can_be_cleared(open_assistant: OpenAssistant) -> None:
    """Then everyone can qualify, and the members from before stay."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id = await assistant.audience(filters=[{"country": ["DE"]}])
        await assistant.call("update_audience", audience_id=audience_id, clear_filters=True)
        job_id = await assistant.job(audience_id)
        await assistant.finished(job_id)
        assert {labeler["country"] for labeler in await labelers_of(assistant, job_id)} > {"DE"}
