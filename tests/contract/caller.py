"""Requests to a platform in memory, each answer read as strictly as the SDK declares it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.contract.declared import check_answer


class Caller:
    """Sends requests to a platform in memory, and reads each answer as strictly as the SDK declares it."""

    def __init__(self, client: httpx.AsyncClient, clock: MovingClock, app: Any = None) -> None:
        self.client = client
        self.app = app
        self.clock = clock

    async def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any) -> Any:
        content = {} if body is None else {"json": body}
        answer = await self.client.request(method, path, **content, **more)
        assert answer.status_code == status, answer.text
        check_answer(method, answer.request.url.path, status, answer.content)
        return answer.json() if answer.content else None

    async def draft(self, pairs: int = 2) -> str:
        """A definition on texts; its id."""
        dataset = (await self("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
        for number in range(pairs):
            await self("POST", f"/dataset/{dataset}/datapoint", datapoint(number))
        created = await self("POST", "/job/definition", {"definitionName": "Draft", **revision(dataset)})
        return str(created["definitionId"])

    async def job(self, **changes: Any) -> dict[str, Any]:
        """A started job."""
        given = {"jobDefinitionId": await self.draft(), "audienceId": "global", "precedingJobId": None}
        created: dict[str, Any] = await self("POST", "/job", given | changes)
        return created


def datapoint(number: int) -> dict[str, Any]:
    texts = [{"_t": "TextAssetInput", "text": f"{side} {number}"} for side in ("first", "second")]
    asset = {"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": texts}}
    return {"segments": [asset], "sortIndex": number, "group": None, "privateMetadata": {"id": str(number)}}


def revision(dataset_id: str) -> dict[str, Any]:
    rapid = {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which?"}}
    return {
        "workflow": {"_t": "SimpleWorkflow", "rapid": rapid},
        "referee": {"_t": "NaiveReferee", "totalVotes": 5},
        "datasetId": dataset_id,
    }


EXAMPLE = {
    "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": text} for text in ("good", "bad")]},
    "payload": {"_t": "CompareExamplePayload", "criteria": "Which?"},
    "truth": {"_t": "CompareExampleTruth", "winnerId": "good"},
    "randomCorrectProbability": 0.5,
    "featureFlags": [{"key": "no_shuffle", "value": "true"}],
}
EVERY_FILTER = [
    {"_t": "CountryFilter", "countries": ["US", "DE"]},
    {"_t": "LanguageFilter", "languages": ["en"]},
    {"_t": "DemographicFilter", "identifier": "age", "values": ["18-29", "65+"]},
    {"_t": "DemographicFilter", "identifier": "gender", "values": ["Female"]},
    {"_t": "DeviceFilter", "deviceTypes": ["Phone"]},
    {"_t": "NotFilter", "filter": {"_t": "CountryFilter", "countries": ["FR"]}},
    {
        "_t": "OrFilter",
        "filters": [
            {"_t": "LanguageFilter", "languages": ["de"]},
            {"_t": "AndFilter", "filters": [{"_t": "CountryFilter", "countries": ["CH"]}]},
        ],
    },
]


@asynccontextmanager
async def opened(settings: Settings, clock: MovingClock, **states: JobScript) -> AsyncIterator[Caller]:
    async with open_database(settings.database) as database:
        app = await open_local(settings, database, clock, Scenario(job_states=states))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            yield Caller(client, clock, app)
