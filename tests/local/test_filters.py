"""Filters at work: who of the simulated crowd belongs to an audience."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from rapidata_mcp.local.audiences.crowd import SimulatedLabeler, simulated_labeler
from rapidata_mcp.local.audiences.filters import members, read_filters

US = {"_t": "CountryFilter", "countries": ["US"]}
PHONE = {"_t": "DeviceFilter", "deviceTypes": ["Phone"]}


def first(*filters: dict[str, Any]) -> list[SimulatedLabeler]:
    return [simulated_labeler(number) for number in islice(members(read_filters(filters)), 50)]


@pytest.mark.parametrize(
    ("wanted", "trait", "values"),
    [
        (US, "country", {"US"}),
        ({"_t": "CountryFilter", "countries": ["ch", "JP"]}, "country", {"CH", "JP"}),
        ({"_t": "LanguageFilter", "languages": ["DE", "ja"]}, "language", {"de", "ja"}),
        ({"_t": "DemographicFilter", "identifier": "age", "values": ["65+"]}, "age", {"65+"}),
        ({"_t": "DemographicFilter", "identifier": "gender", "values": ["Other"]}, "gender", {"Other"}),
        ({"_t": "DeviceFilter", "deviceTypes": ["Tablet", "Unknown"]}, "device", {"Tablet", "Unknown"}),
        ({"_t": "NotFilter", "filter": {"_t": "NotFilter", "filter": US}}, "country", {"US"}),
        ({"_t": "OrFilter", "filters": [US, {"_t": "CountryFilter", "countries": ["PL"]}]}, "country", {"US", "PL"}),
        ({"_t": "AndFilter", "filters": [US, PHONE]}, "device", {"Phone"}),
    ],
)
def test_every_filter_lets_in_whom_it_names(wanted: dict[str, Any], trait: str, values: set[str]) -> None:
    """Nobody else, and each that it names."""
    found = first(wanted)
    assert len(found) == 50
    assert {getattr(labeler, trait) for labeler in found} == values


def test_several_filters_apply_together() -> None:
    """Contract B.2: they are ANDed."""
    assert {(labeler.country, labeler.device) for labeler in first(US, PHONE)} == {("US", "Phone")}


def test_nobody_is_invented_for_a_filter() -> None:
    """Where nobody lives, nobody comes; children do not label."""
    assert first({"_t": "CountryFilter", "countries": ["AQ"]}) == []
    assert first({"_t": "DemographicFilter", "identifier": "age", "values": ["0-17"]}) == []


def test_those_already_there_are_not_invited_again() -> None:
    """The next ones are."""
    some = list(islice(members(read_filters([US])), 3))
    assert next(members(read_filters([US]), excluded=some)) > max(some)
