"""Lists show the same of each thing as the thing itself, in pages that miss nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from rapidata_mcp.database import open_database
from rapidata_mcp.database.tables import jobs
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.contract.caller import Caller, datapoint, opened


@pytest.fixture
async def call(settings: Settings, clock: MovingClock) -> AsyncIterator[Caller]:
    async with opened(settings, clock) as caller:
        yield caller


async def test_a_list_of_audiences_tells_how_recruiting_goes_on(assistant: Assistant) -> None:
    """Also where nobody has looked at the audience itself since it began."""
    audience_id = await assistant.audience()
    await assistant.call("start_recruiting", audience_id=audience_id)
    assistant.clock.time += 30
    [listed] = (await assistant.call("find_audiences", name="Readers"))["audiences"]
    one = await assistant.call("get_audience", audience_id=audience_id)
    assert {name: listed[name] for name in ("status", "graduated")} == {
        name: one[name] for name in ("status", "graduated")
    }
    assert one["status"] == "Ready"


async def test_what_moves_is_told_without_moving_the_rest(call: Caller, settings: Settings) -> None:
    """A page that stays open lets time pass for what it shows alone."""
    shown, other = [(await call.job())["jobId"] for _ in range(2)]
    call.clock.time += 60
    live = (await call.client.get(f"/live?id={shown}")).json()
    async with open_database(settings.database) as database, database.read() as connection:
        rows = await connection.execute(select(jobs.c.id, jobs.c.response_count))
        counts = {row.id: row.response_count for row in rows}
    assert (live[f"{shown}.state"], live[f"{shown}.simulated"]) == ("complete", str(counts[shown]))
    assert counts[shown] >= 10
    assert counts[other] == 0


@pytest.mark.parametrize("sort", ["state", "-state", "owner_mail"])
async def test_pages_of_equals_miss_nothing(call: Caller, sort: str) -> None:
    """Rows that are equal in a sort are in the order of their ids, one page after the other."""
    made = [(await call.job())["jobId"] for _ in range(7)]
    pages = [await call("GET", f"/jobs?sort={sort}&page_size=2&page={number}") for number in (1, 2, 3, 4)]
    assert [job["jobId"] for page in pages for job in page["items"]] == sorted(made)


async def test_datapoints_are_in_the_order_of_their_jobs(call: Caller) -> None:
    """Without an index of their own in the order in which they arrived."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    made = []
    for number in range(5):
        call.clock.time += 1 if number < 3 else -2
        given = datapoint(number) | {"sortIndex": None}
        arrived = (await call("POST", f"/dataset/{dataset}/datapoint", given))["datapointId"]
        made.append((call.clock.time, arrived))
    read = await call("GET", f"/dataset/{dataset}/datapoints")
    assert [item["id"] for item in read["items"]] == [arrived for _, arrived in sorted(made)]
