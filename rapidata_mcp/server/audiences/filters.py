"""Filters of audiences as an assistant writes them: any combination of country, language, age, gender and device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import Field, ValidationError

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.server.replies import clean

if TYPE_CHECKING:
    from rapidata_mcp.models.filters import AudienceFilter

Filters = Annotated[
    list[dict[str, list[str]]],
    Field(
        max_length=20,
        description="Who fits any entry, such as [{country: [DE, AT], language: [de]}]; within one all must hold. "
        "Also age, gender, device, and each with not_ before it",
    ),
]
NOT = "not_"
ALLOWED = {
    "country": "two-letter codes (ISO 3166), such as DE",
    "language": "two-letter codes (ISO 639-1), such as de",
    "age": "0-17, 18-29, 30-39, 40-49, 50-64, 65+",
    "gender": "Female, Male, Other",
    "device": "Phone, Tablet, Unknown",
}


def read_filters(given: Sequence[Mapping[str, Sequence[str]]]) -> list[AudienceFilter]:
    """The platform's filters, all of which must hold (contract B.2, B.3).

    Raises:
        InvalidArgument: names the place, and what may stand there.
    """
    from rapidata_mcp.models.filters import AndFilter, OrFilter  # costs more than a client that only lists tools needs

    entries = [
        [_one(f"filters.{at}", name, values) for name, values in entry.items()] for at, entry in enumerate(given)
    ]
    for at, entry in enumerate(entries):
        if not entry:
            raise InvalidArgument(f"filters.{at}", "is empty, which everyone fits.", "Leave it out.")
    if len(entries) <= 1:
        return entries[0] if entries else []
    return [OrFilter(filters=[parts[0] if len(parts) == 1 else AndFilter(filters=parts) for parts in entries])]


def told(filters: Sequence[Mapping[str, Any]]) -> str:
    """Filters that the platform tells, for people; all of them must hold."""
    return " and ".join(_told(one) for one in filters) or "any"


def _told(one: Mapping[str, Any]) -> str:
    """One filter; a kind that is not known here by its name."""
    kind = str(one.get("_t", "another filter"))
    parts = [_told(part) for part in one.get("filters") or ()]
    if kind in ("AndFilter", "OrFilter"):
        joined = (" and " if kind == "AndFilter" else " or ").join(parts)
        return f"({joined})" if len(parts) > 1 else joined
    if kind == "NotFilter":
        return f"not {_told(one.get('filter') or {})}"
    values: list[Any] = next(
        (one[key] for key in ("countries", "languages", "values", "deviceTypes") if key in one), []
    )
    name = str(one.get("identifier") or kind.removesuffix("Filter").lower())
    return clean(f"{name} {' or '.join(map(str, values))}", 200)


def _one(place: str, name: str, values: Sequence[str]) -> AudienceFilter:
    from rapidata_mcp.models.filters import NotFilter

    kind = name.removeprefix(NOT)
    if kind not in ALLOWED:
        names = ", ".join(ALLOWED)
        raise InvalidArgument(
            f"{place}.{name}", "is no filter.", f"These are: {names}, each also with {NOT} before it."
        )
    try:
        found = _of_kind(kind, list(values))
    except ValidationError:
        found = None
    if found is None or not values:
        raise InvalidArgument(f"{place}.{name}", f"must be one or more of: {ALLOWED[kind]}.")
    return NotFilter(filter=found) if name.startswith(NOT) else found


def _of_kind(kind: str, values: list[Any]) -> AudienceFilter | None:
    """One filter; None where an age or a gender is given that there is not."""
    from rapidata_mcp.models.filters import (
        AgeGroup,
        CountryFilter,
        DemographicFilter,
        DeviceFilter,
        Gender,
        LanguageFilter,
    )

    if kind == "country":
        return CountryFilter(countries=values)
    if kind == "language":
        return LanguageFilter(languages=values)
    if kind == "device":
        return DeviceFilter(device_types=values)
    known = get_args(AgeGroup if kind == "age" else Gender)
    identifier: Literal["age", "gender"] = "age" if kind == "age" else "gender"
    return DemographicFilter(identifier=identifier, values=values) if set(values) <= set(known) else None
