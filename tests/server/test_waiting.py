"""get_job waits for a change worth telling, says that it is alive meanwhile, and can be given up."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant
from tests.faulty_platform import Started


async def test_each_change_worth_telling_ends_the_wait(assistant: Assistant) -> None:
    """The first graduate, the first response, each quarter, the end; never later than told, and with what is next."""
    job_id = await assistant.job(await assistant.audience(), pairs=600)
    told: list[tuple[bool, bool, int, str]] = []
    while not told or told[-1][3] != "Completed":
        began = assistant.clock.time
        status = await assistant.call("get_job", job_id=job_id, wait_seconds=50)
        assert assistant.clock.time - began <= 50
        assert job_id in status["next_step"]
        quarter = int(status["progress"] // 25)
        told.append((status["graduated"] > 0, status["simulated_responses"] > 0, quarter, status["state"]))
    assert told == sorted(set(told))
    assert 3 <= len(told) <= 8


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_progress_of_the_wait_rises(open_assistant: OpenAssistant, era: str) -> None:
    """In seconds, with what is going on in words; the pauses between looks grow."""
    seen: list[tuple[float, Any, Any]] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        seen.append((progress, total, message))

    async with open_assistant(era, crowd=0) as assistant:
        job_id = await assistant.job()
        began = assistant.clock.time
        await assistant.client.call_tool("get_job", {"job_id": job_id, "wait_seconds": 50}, progress_callback=note)
        assert assistant.clock.time - began == pytest.approx(50)
    moments = [progress for progress, _, _ in seen]
    assert moments == sorted(set(moments))
    assert 8 < len(moments) < 20
    assert {total for _, total, _ in seen} == {50}
    assert seen[0][2] == "Running: 0 %, 0 responses"


async def test_nothing_is_waited_for_that_time_does_not_mend(assistant: Assistant) -> None:
    """A paused job is told at once."""
    job_id = await assistant.job()
    await assistant.call("pause_job", job_id=job_id)
    began = assistant.clock.time
    assert (await assistant.call("get_job", job_id=job_id, wait_seconds=50))["why"] == "It was paused."
    assert assistant.clock.time == began


async def test_a_wait_can_be_given_up(open_assistant: OpenAssistant) -> None:
    """The next call is answered as if there had been none."""
    async with open_assistant(crowd=0) as assistant:
        job_id = await assistant.job()
        looks = anyio.Event()

        async def note(*_: Any) -> None:
            looks.set()

        async with anyio.create_task_group() as group:
            arguments = {"job_id": job_id, "wait_seconds": 50}
            call = lambda: assistant.client.call_tool("get_job", arguments, progress_callback=note)  # noqa: E731
            group.start_soon(call)
            await looks.wait()
            group.cancel_scope.cancel()
        assert (await assistant.call("get_job", job_id=job_id))["state"] == "Running"


async def test_a_look_that_takes_too_long_does_not_prolong_the_wait(started: Started) -> None:
    """What was known before is told, in the time that was asked for; the look would have failed later."""

    async def stall(*_: Any) -> None:
        started.platform.stalls = "GET /job/"

    arguments = {"job_id": started.job_id, "wait_seconds": 1}
    status = await started.assistant.client.call_tool("get_job", arguments, progress_callback=stall)
    assert status.structured_content is not None
    assert (status.structured_content["state"], status.structured_content["simulated_responses"]) == ("Running", 0)


async def test_a_job_that_is_deleted_meanwhile_is_named(started: Started) -> None:
    """With the call that shows what is left."""

    async def delete(*_: Any) -> None:
        started.platform.fails, started.platform.status = "GET /job/", 404

    arguments = {"job_id": started.job_id, "wait_seconds": 50}
    status = await started.assistant.client.call_tool("get_job", arguments, progress_callback=delete)
    assert status.is_error
    assert f"'{started.job_id}' was deleted meanwhile" in status.content[0].text
    assert "find_jobs()" in status.content[0].text
