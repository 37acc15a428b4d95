"""Filters at work: to which simulated labelers they apply (contract B.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from rapidata_mcp.local.audiences.crowd import SimulatedLabeler, simulated_labeler
from rapidata_mcp.models.filters import (
    AndFilter,
    AudienceFilter,
    CountryFilter,
    DemographicFilter,
    DeviceFilter,
    LanguageFilter,
    NotFilter,
    OrFilter,
)

CROWD_SEARCHED = 10_000
"""Simulated labelers among whom those are looked for to whom filters apply; where they are too few, fewer come."""

_ADAPTER: TypeAdapter[list[AudienceFilter]] = TypeAdapter(list[AudienceFilter])


def read_filters(stored: Sequence[dict[str, Any]]) -> list[AudienceFilter]:
    """An audience's filters, from its row."""
    return _ADAPTER.validate_python(stored)


def applies(wanted: AudienceFilter, labeler: SimulatedLabeler) -> bool:
    """Whether one filter applies to a labeler."""
    match wanted:
        case CountryFilter():
            return labeler.country in wanted.countries
        case LanguageFilter():
            return labeler.language in wanted.languages
        case DemographicFilter():
            return (labeler.age if wanted.identifier == "age" else labeler.gender) in wanted.values
        case DeviceFilter():
            return labeler.device in wanted.device_types
        case NotFilter():
            return not applies(wanted.filter, labeler)
        case AndFilter():
            return all(applies(part, labeler) for part in wanted.filters)
        case OrFilter():
            return any(applies(part, labeler) for part in wanted.filters)


def all_apply(filters: Sequence[AudienceFilter], labeler: SimulatedLabeler) -> bool:
    """Whether a labeler belongs to an audience with these filters; they are ANDed (contract B.2)."""
    return all(applies(wanted, labeler) for wanted in filters)


def members(filters: Sequence[AudienceFilter], excluded: Collection[int] = ()) -> Iterator[int]:
    """Yield the numbers of the simulated labelers to whom all filters apply, without the excluded ones."""
    for number in range(CROWD_SEARCHED) if filters else count():
        if number not in excluded and all_apply(filters, simulated_labeler(number)):
            yield number
