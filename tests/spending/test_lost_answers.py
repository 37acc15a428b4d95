"""Answers get lost; things are still made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2 as httpx
import pytest
from mcp import Client
from mcp.types import ElicitResult
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapidata_mcp.client import jobs
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.cloud import Cloud, Loss, serve_cloud
from tests.faulty_platform import Ailing

POSTS = 19
"""The number of POSTs in the workflow and in reading its results. The last case proves that no POST is missing."""


class SaysYes:
    """A user who approves everything and keeps the questions."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    async def __call__(self, _context: Any, params: Any) -> ElicitResult:
        self.questions.append(params.message)
        return ElicitResult(action="accept", content={"approve": True})


@asynccontextmanager
async def assistant_of(
    cloud: Cloud, clock: MovingClock, user: SaysYes | None = None, **changes: Any
) -> AsyncIterator[Assistant]:
    server = build_server(Settings(**cloud.settings.model_dump() | changes), clock, pages=False)
    with anyio.fail_after(60):
        async with Client(server, elicitation_callback=user or SaysYes()) as client:
            yield Assistant(client, clock)


async def run_workflow(assistant: Assistant) -> str:
    """Run the workflow as an assistant that calls again after a failure. Return the id of the job."""
    audience = await again(assistant, "create_audience", name="Once")
    for number in range(3):
        pair = [f"https://a.test/good{number}.jpg", f"https://a.test/bad{number}.jpg"]
        arguments = {"instruction": "Which?", "datapoint": pair, "truth": pair[0]}
        await again(assistant, "add_compare_example", audience_id=audience["audience_id"], **arguments)
    draft = await again(
        assistant,
        "create_compare_job",
        name="Once",
        instruction="Which?",
        datapoints=[[f"https://a.test/{n}a.jpg", f"https://a.test/{n}b.jpg"] for n in range(2)],
    )
    assistant.clock.time += 5  # until it is priced
    job = await again(
        assistant, "assign_job", job_definition_id=draft["job_definition_id"], audience_id=audience["audience_id"]
    )
    return str(job["job_id"])


async def again(assistant: Assistant, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await assistant.client.call_tool(tool, arguments)
    if result.is_error:
        return await assistant.call(tool, **arguments)
    assert result.structured_content is not None
    return result.structured_content


LOSSES: list[tuple[Loss, int]] = [
    *(("reset", lost) for lost in range(POSTS)),
    # An answer with an error status, and none until the deadline, differ by the kind of request, not by its number:
    # audience, asset, example, data set, batch, datapoint, definition, recruiting, start, and snapshot.
    *(("503", lost) for lost in (0, 1, 3, 10, 11, 12, 14, 15, 16, 17)),
    *(("stall", lost) for lost in (0, 11, 16)),
]


@pytest.mark.parametrize(("how", "lost"), LOSSES)
async def test_any_lost_answer_makes_nothing_twice(tmp_path: Path, clock: MovingClock, how: Loss, lost: int) -> None:
    """Whichever answer is lost, there is one audience with three examples, one definition and one job."""
    async with serve_cloud(tmp_path, clock, deadline_s=3 if how == "stall" else 30) as cloud:
        cloud.answers.how, cloud.answers.lose = how, lost
        async with assistant_of(cloud, clock) as assistant:
            job_id = await run_workflow(assistant)
            audiences = (await assistant.call("find_audiences", name="Once"))["audiences"]
            assert len(audiences) == 1
            audience = await assistant.call("get_audience", audience_id=audiences[0]["audience_id"])
            assert (audience["example_count"], audience["distinct_examples"]) == (3, 3)
            rows = await assistant.call("find_jobs")
            assert [job["job_id"] for job in rows["jobs"]] == [job_id]
            assert rows["total_drafts"] == 1
            assert (await assistant.call("get_results", job_id=job_id))["total_pairs"] == 2
        if lost == POSTS - 1:
            assert len(cloud.answers.posts) <= POSTS, "the workflow makes more POSTs than are tried here"


@pytest.mark.parametrize("late", [True, False])
async def test_a_start_that_may_still_take_effect_is_not_repeated(
    tmp_path: Path, clock: MovingClock, late: bool
) -> None:
    """A gateway gives up first. There is one job, whether the lost request takes effect late or never."""
    async with serve_cloud(tmp_path, clock) as cloud:
        gateway = GivesUp(cloud.answers.app)
        cloud.answers.app = gateway
        async with assistant_of(cloud, clock) as assistant:
            definition_id = await assistant.draft()
            order = {"job_definition_id": definition_id, "audience_id": "global"}
            clock.time += 5
            assert "Call again in 60 seconds" in await assistant.refusal("assign_job", **order)
            assert "may still take effect" in await assistant.refusal("assign_job", **order)
            if late:
                await gateway.let_through()
            clock.time += 0 if late else 60
            job = await assistant.call("assign_job", **order)
            rows = (await assistant.call("find_jobs"))["jobs"]
        assert [row["job_id"] for row in rows] == [job["job_id"]]


@pytest.mark.parametrize("status", [400, 504])
async def test_a_refused_resumption_releases_its_reservation(tmp_path: Path, clock: MovingClock, status: int) -> None:
    """A refusal releases the reservation; after a lost answer the reservation stays."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock, max_spend_per_day=0.4) as assistant:
        order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        other = {"job_definition_id": await assistant.draft(name="Other"), "audience_id": "global"}
        clock.time += 5
        job_id = (await assistant.call("assign_job", **order))["job_id"]
        await assistant.call("pause_job", job_id=job_id)
        clock.time += 86_400
        whole, cloud.answers.app = cloud.answers.app, Ailing(cloud.answers.app, fails="/resume$", status=status)
        await assistant.refusal("resume_job", job_id=job_id)
        cloud.answers.app = whole
        if status == 400:
            await assistant.call("assign_job", **other)
        else:
            assert "$0.10 of $0.40" in await assistant.refusal("assign_job", **other)


@asynccontextmanager
async def in_the_app(cloud: Cloud) -> AsyncIterator[httpx.AsyncClient]:
    """Use the account in the platform's own app, which the ledger does not see."""
    headers = {"Authorization": "Bearer secret-token"}
    async with httpx.AsyncClient(base_url=str(cloud.settings.api_url), headers=headers, trust_env=False) as app:
        yield app


@pytest.mark.parametrize("late", [True, False])
async def test_a_repeat_with_a_lost_start_is_one_job(tmp_path: Path, clock: MovingClock, late: bool) -> None:
    """The next call looks for the lost job, and asks the user again only if there is none."""
    async with serve_cloud(tmp_path, clock) as cloud:
        user = SaysYes()
        async with assistant_of(cloud, clock, user) as assistant:
            order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
            clock.time += 5
            first = await assistant.call("assign_job", **order)
            gateway = cloud.answers.app = GivesUp(cloud.answers.app)
            assert "Call again in 60 seconds" in await assistant.refusal("assign_job", **order, repeat=True)
            clock.time += 30
            assert "Call again in 29 seconds" in await assistant.refusal("assign_job", **order, repeat=True)
            if late:
                await gateway.let_through()
            clock.time += 30
            second = await assistant.call("assign_job", **order, repeat=True)
            rows = (await assistant.call("find_jobs"))["jobs"]
        assert {row["job_id"] for row in rows} == {first["job_id"], second["job_id"]}
        assert (len(rows), len(user.questions)) == (2, 2 if late else 3)


@pytest.mark.parametrize("counted_on_the_first_day", [True, False])
async def test_a_lost_start_counts_on_the_day_on_which_it_took_effect(
    tmp_path: Path, clock: MovingClock, counted_on_the_first_day: bool
) -> None:
    """The call is repeated a day later. A found job counts on its own day; a job that is sent again counts today."""
    async with serve_cloud(tmp_path, clock) as cloud:
        gateway = cloud.answers.app = GivesUp(cloud.answers.app)
        async with assistant_of(cloud, clock, max_spend_per_day=0.4) as assistant:
            order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
            other = {"job_definition_id": await assistant.draft(name="Other"), "audience_id": "global"}
            clock.time += 5
            await assistant.refusal("assign_job", **order)
            if counted_on_the_first_day:
                await gateway.let_through()
            clock.time += 86_400
            await assistant.call("assign_job", **order)
            if counted_on_the_first_day:
                await assistant.call("assign_job", **other)
            else:
                assert "$0.10 of $0.40" in await assistant.refusal("assign_job", **other)


async def test_a_start_that_is_refused_after_a_lost_one_releases_its_reservation(
    tmp_path: Path, clock: MovingClock
) -> None:
    """Once both requests are known to have had no effect, the reservation is released."""
    async with serve_cloud(tmp_path, clock) as cloud:
        cloud.answers.app = GivesUp(cloud.answers.app)
        async with assistant_of(cloud, clock, max_spend_per_day=0.4) as assistant:
            order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
            other = {"job_definition_id": await assistant.draft(name="Other"), "audience_id": "global"}
            clock.time += 5
            await assistant.refusal("assign_job", **order)
            clock.time += 60
            whole, cloud.answers.app = cloud.answers.app, Ailing(cloud.answers.app, fails="POST /job$", status=400)
            assert "Call again" not in await assistant.refusal("assign_job", **order)
            cloud.answers.app = whole
            await assistant.call("assign_job", **other)


@pytest.mark.parametrize("applied", [True, False])
async def test_a_job_that_was_there_before_is_not_taken_for_a_lost_start(
    tmp_path: Path, clock: MovingClock, applied: bool
) -> None:
    """It has the same draft and audience. Whether the lost request took effect or not, the start is another job."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        clock.time += 5
        async with in_the_app(cloud) as app:
            older = await app.post("/job", json={"jobDefinitionId": order["job_definition_id"], "audienceId": "global"})
        gateway = cloud.answers.app = GivesUp(cloud.answers.app)
        assert "Call again in 60 seconds" in await assistant.refusal("assign_job", **order)
        if applied:
            await gateway.let_through()
        clock.time += 60
        job = await assistant.call("assign_job", **order)
        rows = (await assistant.call("find_jobs"))["jobs"]
    assert {row["job_id"] for row in rows} == {job["job_id"], older.json()["jobId"]}
    assert len(rows) == 2


async def test_a_lost_start_is_found_among_many_later_ones(
    tmp_path: Path, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the global audience, a day later, with more newer jobs than fit on a page."""
    monkeypatch.setattr(jobs, "PAGE_SIZE", 2)
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        other = {"jobDefinitionId": await assistant.draft(name="Other"), "audienceId": "global"}
        clock.time += 5
        gateway = cloud.answers.app = GivesUp(cloud.answers.app)
        assert "Call again in 60 seconds" in await assistant.refusal("assign_job", **order)
        await gateway.let_through()
        clock.time += 86_400
        async with in_the_app(cloud) as app:
            for _ in range(4):
                assert (await app.post("/job", json=other)).status_code == 200
        job = await assistant.call("assign_job", **order)
        draft = await assistant.call("get_job", job_definition_id=order["job_definition_id"])
    assert job["already_existed"] is False
    assert draft["summary"].count("job_") == draft["summary"].count(job["job_id"]) == 1


async def test_an_audience_that_was_there_before_is_not_taken_for_a_lost_one(
    tmp_path: Path, clock: MovingClock
) -> None:
    """It has the same name and bar. A new audience is made, once."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        async with in_the_app(cloud) as app:
            rule = {"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}
            older = (await app.post("/audience", json={"name": "Once", "graduationRule": rule})).json()["audienceId"]
        cloud.answers.app = GivesUp(cloud.answers.app, "/audience")
        made = await assistant.call("create_audience", name="Once")
        rows = (await assistant.call("find_audiences", name="Once"))["audiences"]
    assert [row["audience_id"] for row in rows] == [made["audience_id"], older]


async def test_a_refused_start_leaves_nothing_to_wait_for(tmp_path: Path, clock: MovingClock) -> None:
    """A refused request cannot take effect late, so the next call starts at once."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        order = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        clock.time += 5
        whole = cloud.answers.app
        cloud.answers.app = Ailing(whole, fails="POST /job$", status=400)
        await assistant.refusal("assign_job", **order)
        cloud.answers.app = whole
        assert (await assistant.call("assign_job", **order))["status"] == "started"


class GivesUp:
    """Answers the first POST to a path with 504, and lets it through later."""

    def __init__(self, app: ASGIApp, path: str = "/job") -> None:
        self.app = app
        self.path = path
        self.held: tuple[Scope, bytes] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("POST", self.path) or self.held is not None:
            await self.app(scope, receive, send)
            return
        self.held = (scope, (await receive())["body"])
        await send({"type": "http.response.start", "status": 504, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def let_through(self) -> None:
        assert self.held is not None
        scope, body = self.held

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(_message: Message) -> None:
            """Drop the answer."""

        await self.app(scope, receive, send)
