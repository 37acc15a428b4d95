"""The SDK's audiences on the embedded platform (contract B, C)."""

from __future__ import annotations

from pathlib import Path

import pytest
from rapidata import (
    AgeFilter,
    AgeGroup,
    AllowNeitherBothSetting,
    AndFilter,
    CountryFilter,
    DeviceFilter,
    DeviceType,
    Gender,
    GenderFilter,
    LanguageFilter,
    NotFilter,
    OrFilter,
    RapidataAudience,
    RapidataClient,
    RapidataUnlistedAudience,
)
from rapidata.rapidata_client.exceptions.rapidata_error import RapidataError

from tests.contract.conftest import OpenPlatform, client_for
from tests.contract.served import Served


def add_examples(audience: RapidataAudience, number: int) -> None:
    for at in range(number):
        audience.add_compare_example(
            instruction="Which sentence is correct?",
            datapoint=[f"He goes {at}.", f"He go {at}."],
            truth=f"He goes {at}.",
            data_type="text",
        )


def recruited(sdk: RapidataClient, platform: Served, name: str, **arguments: object) -> RapidataAudience:
    audience = sdk.audience.create_audience(name=name, **arguments)  # type: ignore[arg-type]
    add_examples(audience, 3)
    audience.start_recruiting()
    platform.clock.moved += 30
    return audience


def test_audiences_are_found_by_name_and_by_id(sdk: RapidataClient) -> None:
    """Newest first, by a part of the name; a filter is read back as it was given."""
    names = [f"Found {number}" for number in range(3)]
    made = [sdk.audience.create_audience(name=name, filters=[CountryFilter(["de"])]) for name in names]
    found = sdk.audience.find_audiences("Found", amount=2)
    assert [audience.name for audience in found] == ["Found 2", "Found 1"]
    again = sdk.audience.get_audience_by_id(made[0].id)
    assert (again.id, again.name) == (made[0].id, "Found 0")
    assert [part.country_codes for part in again.filters] == [["DE"]]
    with pytest.raises(RapidataError, match="There is no audience"):
        sdk.audience.get_audience_by_id("aud_nowhere")


def test_the_ready_made_audiences_are_there(sdk: RapidataClient) -> None:
    """`global` can be asked for by its name, and needs nobody to be recruited."""
    everyone = sdk.audience.get_audience_by_id("global")
    assert everyone.name == "Global"
    metrics = everyone.get_recruiting_metrics()
    assert (metrics.graduated, metrics.distilling, metrics.dropped) == (0, 0, 0)
    with pytest.raises(RapidataError):
        sdk.audience.get_audience_by_id("global").delete()


def test_recruiting_needs_as_many_examples_as_the_rule(sdk: RapidataClient, platform: Served) -> None:
    """Too few are refused in the platform's words; with enough, candidates graduate or leave."""
    audience = sdk.audience.create_audience(name="Recruits", target_accuracy=0.75, min_tasks=4)
    add_examples(audience, 3)
    with pytest.raises(RapidataError, match="needs 4 validation tasks, but the audience only has 3"):
        audience.start_recruiting()
    add_examples(audience, 1)
    audience.start_recruiting()
    platform.clock.moved += 60
    metrics = audience.get_recruiting_metrics()
    assert metrics.graduated > 10
    assert metrics.dropped > 0
    assert metrics.distilling == 0


def test_an_example_has_everything_that_was_given_with_it(sdk: RapidataClient, picture: Path, tmp_path: Path) -> None:
    """A local file and a URL, media context, explanation and setting; it can be listed and deleted."""
    other = tmp_path / "other.png"
    other.write_bytes(picture.read_bytes())
    audience = sdk.audience.create_audience(name="Examples")
    audience.add_compare_example(
        instruction="Which is sharper?",
        datapoint=[str(picture), str(other)],
        truth=str(other),
        context="A pixel",
        media_context=["https://assets.example.com/ref.png", "https://assets.example.com/ref2.png"],
        explanation="The second one.",
        settings=[AllowNeitherBothSetting()],
    )
    add_examples(audience, 2)
    table = audience.get_examples()
    assert table["context"][0] == "A pixel"
    assert table["truth"][0] in table["asset"][0]
    assert table["contextAsset"][0].count(".png") == 2
    assert list(table["truth"][1:]) == ["He goes 0.", "He goes 1."]
    audience.delete_example(table["id"][1])
    assert list(audience.get_examples()["truth"])[1:] == ["He goes 1."]
    assert len(audience.get_examples(amount=1, page=2)) == 1
    with pytest.raises(RapidataError, match="There is no example"):
        audience.delete_example("exm_nowhere")


def test_name_and_filters_can_be_changed(sdk: RapidataClient) -> None:
    """What is changed is read back; an empty list removes all filters."""
    audience = sdk.audience.create_audience(name="Before")
    audience.update_name("After").update_filters([LanguageFilter(["EN"]), AgeFilter([AgeGroup.BETWEEN_18_29])])
    again = sdk.audience.get_audience_by_id(audience.id)
    assert (again.name, len(again.filters)) == ("After", 2)
    audience.update_filters([])
    assert sdk.audience.get_audience_by_id(audience.id).filters == []
    audience.delete()
    with pytest.raises(RapidataError, match="There is no audience"):
        sdk.audience.get_audience_by_id(audience.id)


def voters(sdk: RapidataClient, audience: RapidataAudience) -> list[dict[str, object]]:
    """Who answered a small job on this audience."""
    definition = sdk.job.create_compare_job_definition(
        name="Who", instruction="Which?", datapoints=[["a", "b"]], data_type="text", responses_per_datapoint=8
    )
    results = audience.assign_job(definition).get_results()
    return [vote["userDetails"] for vote in results["results"][0]["detailedResults"]]


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (CountryFilter(["ch", "US"]), lambda who: who["country"] in ("CH", "US")),
        (NotFilter(CountryFilter(["US"])), lambda who: who["country"] != "US"),
        (AgeFilter([AgeGroup.BETWEEN_18_29]), lambda who: who["demographics"]["age"] == "18-29"),
        (GenderFilter([Gender.FEMALE]), lambda who: who["demographics"]["gender"] == "Female"),
        (
            OrFilter([LanguageFilter(["fr"]), AndFilter([LanguageFilter(["es"]), CountryFilter(["MX"])])]),
            lambda who: who["language"] == "fr" or (who["language"], who["country"]) == ("es", "MX"),
        ),
    ],
    ids=["country", "not", "age", "gender", "or"],
)
@pytest.mark.usefixtures("quick")
def test_only_those_answer_to_whom_the_filters_apply(sdk: RapidataClient, wanted: object, holds: object) -> None:
    """In a slice of the general audience, by every kind of filter and their combinations."""
    slice_ = sdk.audience.get_audience_by_id("global").filter([wanted])  # type: ignore[list-item,union-attr]
    assert slice_.id.startswith("fau_")
    who = voters(sdk, slice_)
    assert len(who) >= 8
    assert all(holds(one) for one in who)  # type: ignore[operator]


@pytest.mark.usefixtures("quick")
def test_a_slice_of_a_custom_audience_is_made_of_its_graduates(sdk: RapidataClient, platform: Served) -> None:
    """Two filters become one, nobody is recruited again, and only matching graduates answer."""
    audience = recruited(sdk, platform, "Sliced", filters=[NotFilter(CountryFilter(["US"]))])
    slice_ = audience.filter([DeviceFilter([DeviceType.PHONE]), NotFilter(CountryFilter(["DE"]))])
    who = voters(sdk, slice_)
    assert len(who) >= 8
    assert {one["country"] for one in who}.isdisjoint({"US", "DE"})
    assert [job.audience_id for job in slice_.find_jobs()] == [slice_.id]


@pytest.mark.usefixtures("quick")
def test_an_unlisted_audience_has_a_link_and_no_examples(sdk: RapidataClient) -> None:
    """It is found by its id alone, not among the others, and jobs run on it; here the crowd stands in for guests."""
    friends = sdk.audience.create_unlisted_audience("Friends")
    again = sdk.audience.get_audience_by_id(friends.id)
    assert isinstance(again, RapidataUnlistedAudience)
    assert (again.name, again.id[:4]) == ("Friends", "ula_")
    assert sdk.audience.find_audiences("Friends") == []
    assert len(voters(sdk, friends)) >= 8


def test_a_name_must_not_be_empty(open_platform: OpenPlatform) -> None:
    """The refusal is a validation problem that names the field."""
    with client_for(open_platform().url) as sdk, pytest.raises(RapidataError) as refusal:
        sdk.audience.create_audience(name="")
    assert refusal.value.status_code == 400
    assert "name" in str(refusal.value.details).lower()
