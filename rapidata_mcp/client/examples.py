"""Qualification examples (contract C)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidata_mcp.client.assets import Assets, asset_input
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.client.idempotency import FirstAttempt, send_once
from rapidata_mcp.clock import Clock
from rapidata_mcp.models.assets import items_of
from rapidata_mcp.models.examples import Example, ExampleAdded, FeatureFlag, NewExample
from rapidata_mcp.models.paging import Page
from rapidata_mcp.tasks.drafts import ExampleDraft

PAGE = 200


@dataclass(frozen=True)
class Added:
    """An example that was added: its id, where the platform tells it, and what was asked for."""

    example_id: str | None
    body: NewExample

    def among(self, arrived: Sequence[Example]) -> Example | None:
        """Which it is of those that arrived meanwhile, perhaps added by others; None where that cannot be told."""
        for known in reversed(arrived):
            alike = same(known, self.body) and known.truth in (None, self.body.truth)
            if known.id == self.example_id or (self.example_id is None and alike):
                return known
        return arrived[0] if len(arrived) == 1 else None


class Examples:
    """Questions with a known answer."""

    def __init__(self, http: Http, clock: Clock, assets: Assets) -> None:
        self._http = http
        self._clock = clock
        self._assets = assets

    async def add(self, audience_id: str, example: ExampleDraft, before: Sequence[Example] = ()) -> Added:
        """Add one to an audience that has the examples `before`.

        A deliberate repeat is added; only a lost answer is not repeated, which is why `before` matters.
        """
        body = await self._body(example)
        path = f"/audience/{segment(audience_id)}/example"
        alike = sum(same(known, body) for known in before)

        async def send() -> str:
            return (await self._http.send("POST", path, ExampleAdded, body=body)).example_id or ""

        async def find() -> str | None:
            found = [known.id for known in await self.all(audience_id) if same(known, body)]
            return found[-1] if len(found) > alike else None

        return Added(await send_once(send, find, FirstAttempt(), self._clock) or None, body)

    async def _body(self, example: ExampleDraft) -> NewExample:
        items, media_context = example.content.datapoint.items, example.content.datapoint.media_context
        media = [*([] if example.content.data_type == "text" else items), *media_context]
        names = await self._assets.store_one_by_one(media, example.content.files)
        body = NewExample(
            asset=asset_input(items, example.content.data_type, names),
            payload=example.payload(),
            truth=example.wire_truth([names.get(item, item) for item in items]),
            random_correct_probability=example.guess,
            explanation=example.content.explanation,
            feature_flags=[FeatureFlag(key=key, value=value) for key, value in example.content.settings] or None,
        )
        if example.takes_context:
            body.context = example.content.datapoint.context
        if media_context:
            body.context_asset = asset_input(media_context, "media", names)
        return body

    async def delete(self, example_id: str) -> None:
        """Delete an example (contract C.5: without its audience in the path)."""
        await self._http.send("DELETE", f"/audience/example/{segment(example_id)}")

    async def all(self, audience_id: str) -> list[Example]:
        """All examples of an audience, in the order in which they were added."""
        found: list[Example] = []
        page = 1
        while True:
            query = {"page": page, "page_size": PAGE}
            path = f"/audience/{segment(audience_id)}/examples"
            part = await self._http.send("GET", path, Page[Example], query=query)
            found += part.items
            if not part.items or len(found) >= part.total:
                return found
            page += 1


def same(known: Example, body: NewExample) -> bool:
    """Whether an example that is there has the content of one to be added."""
    asked = [
        part.text if part.t == "TextAssetInput" else part.name for part in getattr(body.asset, "assets", [body.asset])
    ]
    there = [item.name for item in items_of(known.asset)]
    return asked == there and known.payload == body.payload and (known.context or None) == body.context
