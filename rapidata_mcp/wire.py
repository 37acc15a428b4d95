"""The base of everything that crosses the REST API: camelCase names, unknown members ignored (contract A.9).

Where an answer names one of some values, its type is written `Literal[…] | str`: a value that the platform adds later
is told as it is, and breaks nothing. What is asked for stays strict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Union

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Whole = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
"""A whole number of a request, as large as every database keeps one."""


class WireModel(BaseModel):
    """A JSON object of the REST API. Python names are snake_case, JSON names camelCase."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", protected_namespaces=()
    )

    def model_post_init(self, _context: Any, /) -> None:
        """A discriminator is always sent, although nobody sets it."""
        if "t" in type(self).model_fields:
            self.model_fields_set.add("t")

    def to_json(self, **options: Any) -> dict[str, Any]:
        """The object as it is sent: JSON types, names of the wire."""
        return self.model_dump(mode="json", by_alias=True, **options)


def one_of(models: Sequence[type[WireModel]]) -> Any:
    """The type of a member that is one of these models, told apart by `_t`."""
    return Annotated[Union[tuple(models)], Field(discriminator="t")] if len(models) > 1 else models[0]  # noqa: UP007


class TextBinding(WireModel):
    """A text of a task: the same for all datapoints (`literal`) or a segment of each (contract F.3)."""

    literal: str | None = None
    segment: str | None = None
    language: str | None = None


class AssetBinding(WireModel):
    """The segment of a datapoint that holds the asset to show (contract F.3)."""

    segment: str


class RapidModel(WireModel):
    """The spec of a question about one datapoint (contract F.3). Each task type adds its own members."""

    asset: AssetBinding = AssetBinding(segment="asset")
    context: TextBinding | None = None
    context_assets: list[AssetBinding] | None = None
