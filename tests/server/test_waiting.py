"""get_job waits for a notable change, reports progress meanwhile, and can be cancelled."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from tests.assistant import Assistant
from tests.conftest import OpenAssistant
from tests.faulty_platform import Started


async def test_each_notable_change_ends_the_wait(assistant: Assistant) -> None:
    """The first graduate, the first response, each quarter, and the end. No wait takes longer than allowed."""
    job_id = await assistant.job(await assistant.audience(), pairs=600)
    changes: list[tuple[bool, bool, int, str]] = []
    while not changes or changes[-1][3] != "Completed":
        start = assistant.clock.time
        status = await assistant.call("get_job", job_id=job_id, wait_seconds=50)
        assert assistant.clock.time - start <= 50
        assert job_id in status["next_step"]
        quarter = int(status["progress"] // 25)
        changes.append((status["graduated"] > 0, status["simulated_responses"] > 0, quarter, status["state"]))
    assert changes == sorted(set(changes))
    assert 3 <= len(changes) <= 8


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_progress_of_the_wait_rises(open_assistant: OpenAssistant, era: str) -> None:
    """It is measured in seconds, has a message, and comes at growing intervals."""
    reports: list[tuple[float, Any, Any]] = []

    async def report(progress: float, total: float | None, message: str | None) -> None:
        reports.append((progress, total, message))

    async with open_assistant(era, crowd=0) as assistant:
        job_id = await assistant.job()
        start = assistant.clock.time
        await assistant.client.call_tool("get_job", {"job_id": job_id, "wait_seconds": 50}, progress_callback=report)
        assert assistant.clock.time - start == pytest.approx(50)
    moments = [progress for progress, _, _ in reports]
    assert moments == sorted(set(moments))
    assert 8 < len(moments) < 20
    assert {total for _, total, _ in reports} == {50}
    assert reports[0][2] == "Running: 0 %, 0 responses"


async def test_get_job_does_not_wait_for_a_job_that_time_does_not_change(assistant: Assistant) -> None:
    """The status of a paused job comes at once."""
    job_id = await assistant.job()
    await assistant.call("pause_job", job_id=job_id)
    start = assistant.clock.time
    assert (await assistant.call("get_job", job_id=job_id, wait_seconds=50))["why"] == "It was paused."
    assert assistant.clock.time == start


async def test_a_wait_can_be_cancelled(open_assistant: OpenAssistant) -> None:
    """The next call has its answer as usual."""
    async with open_assistant(crowd=0) as assistant:
        job_id = await assistant.job()
        waiting = anyio.Event()

        async def report(*_: Any) -> None:
            waiting.set()

        async with anyio.create_task_group() as group:
            arguments = {"job_id": job_id, "wait_seconds": 50}
            call = lambda: assistant.client.call_tool("get_job", arguments, progress_callback=report)  # noqa: E731
            group.start_soon(call)
            await waiting.wait()
            group.cancel_scope.cancel()
        assert (await assistant.call("get_job", job_id=job_id))["state"] == "Running"


async def test_a_slow_reading_does_not_prolong_the_wait(started: Started) -> None:
    """The reply has the reading before it, within the time that was allowed."""

    async def stall(*_: Any) -> None:
        started.platform.stalls = "GET /job/"

    arguments = {"job_id": started.job_id, "wait_seconds": 1}
    status = await started.assistant.client.call_tool("get_job", arguments, progress_callback=stall)
    assert status.structured_content is not None
    assert (status.structured_content["state"], status.structured_content["simulated_responses"]) == ("Running", 0)


async def test_a_job_that_is_deleted_during_the_wait_is_an_error(started: Started) -> None:
    """It names the call that lists the rest."""

    async def delete(*_: Any) -> None:
        started.platform.fails, started.platform.status = "GET /job/", 404

    arguments = {"job_id": started.job_id, "wait_seconds": 50}
    status = await started.assistant.client.call_tool("get_job", arguments, progress_callback=delete)
    assert status.is_error
    assert f"'{started.job_id}' was deleted meanwhile" in status.content[0].text
    assert "find_jobs()" in status.content[0].text
