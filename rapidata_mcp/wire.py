"""The base of all shapes of the REST API: camelCase names, unknown fields ignored (contract A.9).

A field of an answer with a fixed set of values has the type `Literal[…] | str`, because the platform may add values
later. The fields of requests are strict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Union

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Whole = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
"""An integer of a request, within the range of the integers of all databases."""


class WireModel(BaseModel):
    """A JSON object of the REST API. Python names are snake_case, JSON names camelCase."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", protected_namespaces=()
    )

    def model_post_init(self, _context: Any, /) -> None:
        """Mark the discriminator as set, so that it is always sent."""
        if "t" in type(self).model_fields:
            self.model_fields_set.add("t")

    def to_json(self, **options: Any) -> dict[str, Any]:
        """Return the object as JSON types, with the names of the REST API."""
        return self.model_dump(mode="json", by_alias=True, **options)


def one_of(models: Sequence[type[WireModel]]) -> Any:
    """Return the type of a field that is one of these models, with the discriminator `_t`."""
    return Annotated[Union[tuple(models)], Field(discriminator="t")] if len(models) > 1 else models[0]  # noqa: UP007


class TextBinding(WireModel):
    """A text of a task: a `literal` for all datapoints, or the name of a `segment` of each (contract F.3)."""

    literal: str | None = None
    segment: str | None = None
    language: str | None = None


class AssetBinding(WireModel):
    """The name of the segment of each datapoint that has the asset to show (contract F.3)."""

    segment: str


class RapidModel(WireModel):
    """The spec of a question about one datapoint (contract F.3). Each task type adds its own members."""

    asset: AssetBinding = AssetBinding(segment="asset")
    context: TextBinding | None = None
    context_assets: list[AssetBinding] | None = None
