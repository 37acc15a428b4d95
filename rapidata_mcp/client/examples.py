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

PAGE_SIZE = 200


@dataclass(frozen=True)
class CreatedExample:
    """An example that was added: its id, None if the platform does not return it, and the request."""

    example_id: str | None
    body: NewExample

    def find_among(self, new: Sequence[Example]) -> Example | None:
        """Find it among the examples that are new in the audience, some perhaps from others; None if it is unclear."""
        for example in reversed(new):
            same = same_content(example, self.body) and example.truth in (None, self.body.truth)
            if example.id == self.example_id or (self.example_id is None and same):
                return example
        return new[0] if len(new) == 1 else None


class Examples:
    """The qualification examples of a platform."""

    def __init__(self, http: Http, clock: Clock, assets: Assets) -> None:
        self._http = http
        self._clock = clock
        self._assets = assets

    async def add(self, audience_id: str, example: ExampleDraft, before: Sequence[Example] = ()) -> CreatedExample:
        """Add an example to an audience that has the examples `before`.

        An equal example may exist already and is added again. `before` sets it apart from one whose response was lost.
        """
        body = await self._body(example)
        path = f"/audience/{segment(audience_id)}/example"
        equal_before = sum(same_content(known, body) for known in before)

        async def send() -> str:
            return (await self._http.send("POST", path, ExampleAdded, body=body)).example_id or ""

        async def find() -> str | None:
            equal = [known.id for known in await self.all(audience_id) if same_content(known, body)]
            return equal[-1] if len(equal) > equal_before else None

        return CreatedExample(await send_once(send, find, FirstAttempt(), self._clock) or None, body)

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
        """Delete an example. The path does not name its audience (contract C.5)."""
        await self._http.send("DELETE", f"/audience/example/{segment(example_id)}")

    async def all(self, audience_id: str) -> list[Example]:
        """Return all examples of an audience, oldest first."""
        examples: list[Example] = []
        page = 1
        while True:
            query = {"page": page, "page_size": PAGE_SIZE}
            path = f"/audience/{segment(audience_id)}/examples"
            answer = await self._http.send("GET", path, Page[Example], query=query)
            examples += answer.items
            if not answer.items or len(examples) >= answer.total:
                return examples
            page += 1


def same_content(known: Example, body: NewExample) -> bool:
    """Whether an existing example has the content of a new one."""
    new_items = [
        part.text if part.t == "TextAssetInput" else part.name for part in getattr(body.asset, "assets", [body.asset])
    ]
    known_items = [item.name for item in items_of(known.asset)]
    return known_items == new_items and known.payload == body.payload and (known.context or None) == body.context
