"""Filters of audiences (contract B.3)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rapidata_mcp.wire import WireModel

Country = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{2}$")]
"""ISO 3166 alpha-2."""
Language = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z]{2}$")]
"""ISO 639-1."""
AgeGroup = Literal["0-17", "18-29", "30-39", "40-49", "50-64", "65+"]
Gender = Literal["Male", "Female", "Other"]
Device = Literal["Unknown", "Phone", "Tablet"]


class CountryFilter(WireModel):
    """Labelers in one of these countries."""

    t: Literal["CountryFilter"] = Field("CountryFilter", alias="_t")
    countries: list[Country]


class LanguageFilter(WireModel):
    """Labelers who read one of these languages."""

    t: Literal["LanguageFilter"] = Field("LanguageFilter", alias="_t")
    languages: list[Language]


class DemographicFilter(WireModel):
    """Labelers in one of these age groups, or of one of these genders."""

    t: Literal["DemographicFilter"] = Field("DemographicFilter", alias="_t")
    identifier: Literal["age", "gender"]
    values: list[AgeGroup | Gender]


class DeviceFilter(WireModel):
    """Labelers on one of these devices."""

    t: Literal["DeviceFilter"] = Field("DeviceFilter", alias="_t")
    device_types: list[Device]


class NotFilter(WireModel):
    """Labelers to whom the filter does not apply."""

    t: Literal["NotFilter"] = Field("NotFilter", alias="_t")
    filter: AudienceFilter


class AndFilter(WireModel):
    """Labelers to whom all filters apply."""

    t: Literal["AndFilter"] = Field("AndFilter", alias="_t")
    filters: list[AudienceFilter]


class OrFilter(WireModel):
    """Labelers to whom at least one filter applies."""

    t: Literal["OrFilter"] = Field("OrFilter", alias="_t")
    filters: list[AudienceFilter]


AudienceFilter = Annotated[
    CountryFilter | LanguageFilter | DemographicFilter | DeviceFilter | NotFilter | AndFilter | OrFilter,
    Field(discriminator="t"),
]

for _model in (NotFilter, AndFilter, OrFilter):
    _model.model_rebuild()
