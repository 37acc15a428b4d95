"""Every call that writes is a line in the audit log, whatever its outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.types import ElicitResult

from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.cloud import serve_cloud
from tests.conftest import OpenAssistant
from tests.faulty_platform import Ailing
from tests.spending.test_approval import NOES, PRICED, YES, User, priced_draft
from tests.spending.test_lost_answers import GivesUp, assistant_of


async def log_of(settings: Settings) -> list[dict[str, Any]]:
    path = anyio.Path(settings.audit_log)
    return [json.loads(line) for line in (await path.read_text()).splitlines()] if await path.exists() else []


@pytest.mark.parametrize("gives_up", [True, False])
async def test_a_start_without_an_answer_is_a_line(tmp_path: Path, clock: MovingClock, gives_up: bool) -> None:
    """After a cancellation or a lost answer the outcome is unknown. The line has estimate, ids and approval."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        arguments = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        clock.time += 5
        whole = cloud.answers.app
        if gives_up:
            stalling = cloud.answers.app = Ailing(whole, stalls="POST /job$")
            async with anyio.create_task_group() as group:
                group.start_soon(lambda: assistant.call("assign_job", **arguments))
                await stalling.stalled.wait()
                group.cancel_scope.cancel()
        else:
            cloud.answers.app = Ailing(whole, fails="POST /job$", status=504)
            await assistant.refusal("assign_job", **arguments)
    line = (await log_of(cloud.settings))[-1]
    assert (line["outcome"], line["estimate_usd"]) == ("unknown", 0.3)
    assert line["approved_by"] == "the user, asked through the client"
    assert line["ids"] == arguments


async def test_a_start_that_is_found_later_names_its_approval(tmp_path: Path, clock: MovingClock) -> None:
    """The line of the call that finds the job refers to the earlier call, which has a line of its own."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        arguments = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        clock.time += 5
        gateway = cloud.answers.app = GivesUp(cloud.answers.app)
        await assistant.refusal("assign_job", **arguments)
        await gateway.let_through()
        job = await assistant.call("assign_job", **arguments)
        lines = (await log_of(cloud.settings))[-2:]
    assert [line["outcome"] for line in lines] == ["unknown", "done"]
    assert [line["approved_by"] for line in lines] == [
        "the user, asked through the client",
        "an earlier call, whose answer was lost",
    ]
    assert lines[1]["ids"] == arguments | {"job_id": job["job_id"]}


async def test_the_outcome_of_a_refusal_is_not_unknown(tmp_path: Path, clock: MovingClock) -> None:
    """A refusal by the platform has the estimate and the approval; a refusal before the request has neither."""
    async with serve_cloud(tmp_path, clock) as cloud, assistant_of(cloud, clock) as assistant:
        arguments = {"job_definition_id": await assistant.draft(), "audience_id": "global"}
        await assistant.refusal("assign_job", **arguments)
        clock.time += 5
        cloud.answers.app = Ailing(cloud.answers.app, fails="POST /job$", status=400)
        await assistant.refusal("assign_job", **arguments)
        lines = (await log_of(cloud.settings))[-2:]
    assert [line["outcome"] for line in lines] == ["refused", "refused"]
    assert [line["estimate_usd"] for line in lines] == [None, 0.3]
    assert [bool(line["approved_by"]) for line in lines] == [False, True]


async def test_a_resumption_that_did_not_happen_is_not_called_done(
    open_assistant: OpenAssistant, settings: Settings
) -> None:
    """The line says declined, with the estimate, or that there was nothing to resume."""
    async with open_assistant() as free:
        job_id = await free.job(pairs=20)
        await free.call("pause_job", job_id=job_id)
        free.clock.time += 5
    async with open_assistant(user=User(NOES["no"], YES), **PRICED) as assistant:
        for _ in range(3):
            await assistant.call("resume_job", job_id=job_id)
    lines = [line for line in await log_of(settings) if line["tool"] == "resume_job"]
    assert [line["outcome"] for line in lines] == ["declined", "done", "nothing to resume"]
    assert [line["estimate_usd"] for line in lines] == [2.0, 2.0, None]
    assert [line["approved_by"] for line in lines] == [None, "the user, asked through the client", None]


async def test_a_call_that_is_cancelled_before_it_sent_anything_spent_nothing(
    open_assistant: OpenAssistant, settings: Settings
) -> None:
    """The caller gives up while the user is asked."""

    asked = anyio.Event()

    async def never(_context: Any, _params: Any) -> ElicitResult:
        asked.set()
        await anyio.sleep_forever()
        raise AssertionError

    async with open_assistant("legacy", user=never, **PRICED) as assistant:
        definition_id = await priced_draft(assistant)
        arguments = {"job_definition_id": definition_id, "audience_id": "global"}
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: assistant.call("assign_job", **arguments))
            await asked.wait()
            group.cancel_scope.cancel()
    line = (await log_of(settings))[-1]
    assert (line["outcome"], line["approved_by"]) == ("cancelled", None)
