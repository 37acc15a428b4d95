"""Filters of audiences as an assistant writes them: combinations of country, language, age, gender and device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args

from pydantic import Field, ValidationError

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.models.filters import (
    AgeGroup,
    AndFilter,
    AudienceFilter,
    CountryFilter,
    DemographicFilter,
    DeviceFilter,
    Gender,
    LanguageFilter,
    NotFilter,
    OrFilter,
)
from rapidata_mcp.server.replies import clean

Filters = Annotated[
    list[dict[str, list[str]]],
    Field(
        max_length=20,
        description="A labeler must match one entry, such as [{country: [DE, AT], language: [de]}], in all of its "
        "parts: country, language, age, gender, device, and each with not_ before it",
    ),
]
NOT = "not_"
VALUES = {
    "country": "two-letter codes (ISO 3166), such as DE",
    "language": "two-letter codes (ISO 639-1), such as de",
    "age": "0-17, 18-29, 30-39, 40-49, 50-64, 65+",
    "gender": "Female, Male, Other",
    "device": "Phone, Tablet, Unknown",
}
"""The allowed values of each kind of filter, for people."""


def parse_filters(filters: Sequence[Mapping[str, Sequence[str]]]) -> list[AudienceFilter]:
    """Return the platform's filters, all of which must match (contract B.2, B.3).

    Raises:
        InvalidArgument: names the place and the allowed values.
    """
    entries = [
        [_parse(f"filters.{position}.{name}", name, values) for name, values in entry.items()]
        for position, entry in enumerate(filters)
    ]
    for position, entry in enumerate(entries):
        if not entry:
            raise InvalidArgument(f"filters.{position}", "is empty, so everyone matches it.", "Leave it out.")
    if len(entries) <= 1:
        return entries[0] if entries else []
    return [OrFilter(filters=[parts[0] if len(parts) == 1 else AndFilter(filters=parts) for parts in entries])]


def describe_filters(filters: Sequence[Mapping[str, Any]]) -> str:
    """The platform's filters for people; all of them must match."""
    return " and ".join(_describe(each) for each in filters) or "any"


def _describe(audience_filter: Mapping[str, Any]) -> str:
    """A filter for people. A kind of filter that is new on the platform is described by its name."""
    kind = str(audience_filter.get("_t", "another filter"))
    parts = [_describe(part) for part in audience_filter.get("filters") or ()]
    if kind in ("AndFilter", "OrFilter"):
        joined = (" and " if kind == "AndFilter" else " or ").join(parts)
        return f"({joined})" if len(parts) > 1 else joined
    if kind == "NotFilter":
        return f"not {_describe(audience_filter.get('filter') or {})}"
    keys = ("countries", "languages", "values", "deviceTypes")
    values: list[Any] = next((audience_filter[key] for key in keys if key in audience_filter), [])
    name = str(audience_filter.get("identifier") or kind.removesuffix("Filter").lower())
    return clean(f"{name} {' or '.join(map(str, values))}", 200)


def _parse(place: str, name: str, values: Sequence[str]) -> AudienceFilter:
    kind = name.removeprefix(NOT)
    if kind not in VALUES:
        raise InvalidArgument(place, "is not a filter.", f"Use {', '.join(VALUES)}, each also with {NOT} before it.")
    try:
        parsed = _of_kind(kind, list(values)) if values else None
    except ValidationError:
        parsed = None
    if parsed is None:
        raise InvalidArgument(place, f"must be one or more of: {VALUES[kind]}.")
    return NotFilter(filter=parsed) if name.startswith(NOT) else parsed


def _of_kind(kind: str, values: list[Any]) -> AudienceFilter | None:
    """Return the filter; None for an age group or a gender that does not exist.

    Raises:
        ValidationError: for values that the platform does not take.
    """
    if kind == "country":
        return CountryFilter(countries=values)
    if kind == "language":
        return LanguageFilter(languages=values)
    if kind == "device":
        return DeviceFilter(device_types=values)
    if kind == "age":
        return DemographicFilter(identifier="age", values=values) if set(values) <= set(get_args(AgeGroup)) else None
    return DemographicFilter(identifier="gender", values=values) if set(values) <= set(get_args(Gender)) else None
