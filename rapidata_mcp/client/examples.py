"""Qualification examples (contract C)."""

from __future__ import annotations

from rapidata_mcp.client.assets import Assets, asset_input
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.models.examples import Example, ExampleAdded, NewExample
from rapidata_mcp.models.paging import Page
from rapidata_mcp.tasks.compare import GUESS, CompareExample

PAGE = 200


class Examples:
    """Questions with a known answer."""

    def __init__(self, http: Http, assets: Assets) -> None:
        self._http = http
        self._assets = assets

    async def add_compare(self, audience_id: str, example: CompareExample) -> str | None:
        """Add one to an audience. Its id is returned where the platform tells it."""
        items = example.datapoint.items
        names = {} if example.data_type == "text" else {item: await self._assets.store_url(item) for item in items}
        stored = [names.get(item, item) for item in items]
        body = NewExample(
            asset=asset_input(items, example.data_type, names),
            payload=example.payload(),
            truth=example.wire_truth(stored),
            random_correct_probability=GUESS,
            explanation=example.explanation,
            context=example.datapoint.context,
            feature_flags=None,
        )
        added = await self._http.send("POST", f"/audience/{segment(audience_id)}/example", ExampleAdded, body=body)
        return added.example_id

    async def all(self, audience_id: str) -> list[Example]:
        """All examples of an audience, in the order in which they were added."""
        found: list[Example] = []
        page = 1
        while True:
            query = {"page": page, "page_size": PAGE}
            part = await self._http.send(
                "GET", f"/audience/{segment(audience_id)}/examples", Page[Example], query=query
            )
            found += part.items
            if not part.items or len(found) >= part.total:
                return found
            page += 1
