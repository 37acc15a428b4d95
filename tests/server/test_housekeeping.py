"""Changing, narrowing and deleting what was made; filters in every combination."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant


@pytest.fixture
async def keeper(open_assistant: OpenAssistant) -> AsyncIterator[Assistant]:
    async with open_assistant(toolsets="manage") as one:
        yield one


async def answered_by(assistant: Assistant, job_id: str) -> list[dict[str, Any]]:
    """Who answered, as the results tell it."""
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document = json.loads(resource.contents[0].text)
    return [detail["userDetails"] for entry in document["results"] for detail in entry["detailedResults"]]


async def test_a_filtered_audience_is_answered_by_those_who_fit(keeper: Assistant) -> None:
    """Any entry may fit, within one all must; the same call again makes nothing new."""
    filters = [{"country": ["de", "AT"], "not_gender": ["Male"]}, {"language": ["ES"], "age": ["18-29", "30-39"]}]
    made = await keeper.call("filter_audience", audience_id="global", filters=filters)
    again = await keeper.call("filter_audience", audience_id="global", filters=filters)
    assert (made["kind"], made["already_existed"], again["already_existed"]) == ("filtered", False, True)
    assert again["audience_id"] == made["audience_id"]
    job_id = await keeper.job(made["audience_id"])
    await keeper.finished(job_id)
    people = await answered_by(keeper, job_id)
    assert len(people) >= 30
    for one in people:
        about = one["demographics"]
        german = one["country"] in ("DE", "AT") and about["gender"] != "Male"
        assert german or (one["language"] == "es" and about["age"] in ("18-29", "30-39"))


async def test_an_audience_is_created_with_filters(assistant: Assistant) -> None:
    """Only those qualify who fit, and the same name without them is another audience."""
    audience_id = await assistant.audience(
        name="Phones", filters=[{"device": ["Phone", "Tablet"], "not_country": ["US"]}]
    )
    other = await assistant.call("create_audience", name="Phones")
    assert other["audience_id"] != audience_id
    job_id = await assistant.job(audience_id)
    await assistant.finished(job_id)
    people = await answered_by(assistant, job_id)
    assert people
    assert all(one["country"] != "US" for one in people)


@pytest.mark.parametrize(
    ("filters", "names", "says"),
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
async def test_impossible_filters_are_refused(
    assistant: Assistant, filters: list[dict[str, list[str]]], names: str, says: str
) -> None:
    """With what may stand there; nothing is created."""
    refusal = await assistant.refusal("create_audience", name="Nobody", filters=filters)
    assert names in refusal
    assert says in refusal
    assert (await assistant.call("find_audiences", name="Nobody"))["total"] == 0


async def test_an_audience_is_renamed_and_opened(keeper: Assistant) -> None:
    """Name and filters change alone or together; nothing to change is refused."""
    audience_id = await keeper.audience(filters=[{"country": ["DE"]}])
    changed = await keeper.call("update_audience", audience_id=audience_id, name="Readers of letters")
    assert changed["name"] == "Readers of letters"
    await keeper.call("update_audience", audience_id=audience_id, clear_filters=True)
    job_id = await keeper.job(audience_id)
    await keeper.finished(job_id)
    assert {one["country"] for one in await answered_by(keeper, job_id)} > {"DE"}
    assert "nothing to change" in await keeper.refusal("update_audience", audience_id=audience_id)
    assert "global audience cannot be changed" in await keeper.refusal(
        "update_audience", audience_id="global", name="Mine"
    )


async def test_a_wrong_example_is_removed(keeper: Assistant) -> None:
    """And only one of this audience."""
    audience_id = await keeper.audience(examples=3)
    example = (await keeper.call("get_audience", audience_id=audience_id))["examples"][1]
    left = await keeper.call("remove_example", audience_id=audience_id, example_id=example["example_id"])
    assert left["example_count"] == 2
    told = await keeper.refusal("remove_example", audience_id=audience_id, example_id=example["example_id"])
    assert "get_audience" in told


@pytest.mark.parametrize("part", [False, True])
async def test_an_audience_that_a_job_needs_is_not_deleted(keeper: Assistant, *, part: bool) -> None:
    """Nor one of which the job runs on a part; when the job has ended, it is."""
    audience_id = whole = await keeper.audience()
    if part:
        fits = [{"not_country": ["VA"]}]
        audience_id = (await keeper.call("filter_audience", audience_id=whole, filters=fits))["audience_id"]
    job_id = await keeper.job(audience_id)
    await keeper.call("pause_job", job_id=job_id)
    refusal = await keeper.refusal("delete_audience", audience_id=whole)
    assert f"nobody could answer {job_id} (Paused)" in refusal
    assert f"delete_job(job_id='{job_id}')" in refusal
    await keeper.call("delete_job", job_id=job_id)
    assert (
        "filtered audiences that are parts of it"
        in (await keeper.call("delete_audience", audience_id=whole))["summary"]
    )
    if part:
        assert "was deleted" in (await keeper.call("get_audience", audience_id=audience_id))["summary"]
        draft = await keeper.draft(name="Later")
        refused = await keeper.refusal("assign_job", job_definition_id=draft, audience_id=audience_id)
        assert "was deleted, so nobody can answer. Nothing was started" in refused


async def test_a_part_of_an_audience_is_told_as_one(keeper: Assistant) -> None:
    """Of what, by which filters, wherever its name stands; and that it is simulated here."""
    filters = [{"country": ["JP", "KR"], "not_age": ["65+"]}]
    made = await keeper.call("filter_audience", audience_id="global", filters=filters)
    assert "This is a rehearsal" in made["summary"]
    read = await keeper.call("get_audience", audience_id=made["audience_id"])
    assert read["name"] == "Global, filtered"
    assert "the part of “Global” (global) with (country JP or KR and not age 65+)" in read["summary"]
    draft = await keeper.draft()
    started = await keeper.call("assign_job", job_definition_id=draft, audience_id=made["audience_id"])
    assert "on “Global, filtered”" in started["summary"]
    assert "filtered audiences are not listed" in (await keeper.call("find_audiences"))["summary"]


async def test_what_is_deleted_is_gone_and_what_hangs_on_it_stays(keeper: Assistant) -> None:
    """A draft goes without its jobs, an audience without its jobs, a job with its answers."""
    audience_id = await keeper.audience()
    definition_id = await keeper.draft()
    started = await keeper.call("assign_job", job_definition_id=definition_id, audience_id=audience_id)
    await keeper.finished(started["job_id"])
    await keeper.call("delete_job_definition", job_definition_id=definition_id)
    await keeper.call("delete_audience", audience_id=audience_id)
    results = await keeper.call("get_results", job_id=started["job_id"])
    assert results["completeness"] == "final"
    gone = await keeper.call("delete_job", job_id=started["job_id"])
    assert "responses" in gone["summary"]
    for tool, argument, value in (
        ("get_job", "job_id", started["job_id"]),
        ("delete_job", "job_id", started["job_id"]),
        ("delete_job_definition", "job_definition_id", definition_id),
        ("delete_audience", "audience_id", audience_id),
    ):
        assert value in await keeper.refusal(tool, **{argument: value})
    assert await keeper.draft() != definition_id
