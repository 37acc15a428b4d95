"""The brake: a job that may collect is stopped, whatever cannot be read; or it is said that it is not."""

from __future__ import annotations

import anyio
import pytest

from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.server.jobs import reading
from tests.conftest import OpenAssistant
from tests.faulty_platform import Started


@pytest.mark.parametrize("fails", ["GET .*/progress", "GET .*/user-metrics", "GET /job/", "GET "])
async def test_a_job_is_paused_though_it_cannot_be_read(started: Started, fails: str) -> None:
    """The pause is sent, taken and told; what could not be read is said, and nothing is made up for it."""
    started.platform.fails = fails
    paused = await started.assistant.call("pause_job", job_id=started.job_id)
    assert "took the pause" in paused["summary"]
    if paused["progress"] is None:
        assert "cannot be read" in paused["summary"]
        assert paused["human_responses"] is None
    started.platform.fails = "never"
    assert (await started.assistant.call("get_job", job_id=started.job_id))["state"] == "Paused"


async def test_a_platform_that_is_slow_to_tell_does_not_hold_up_the_pause(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look ends before the next step, here almost at once."""
    monkeypatch.setattr(reading, "ANSWER_TIMEOUT_S", 0.05)
    started.platform.stalls = "GET /job/"
    with anyio.fail_after(3):
        await started.assistant.call("pause_job", job_id=started.job_id)
    started.platform.stalls = "never"
    assert (await started.assistant.call("get_job", job_id=started.job_id))["state"] == "Paused"


async def test_a_state_that_is_new_here_is_told_as_it_is(started: Started) -> None:
    """It breaks no tool, and least of all the brake."""
    started.platform.renames = {b'"Running"': b'"Napping"', b'"Labeling"': b'"Dozing"', b'"Ready"': b'"Cold"'}
    call, job_id = started.assistant.call, started.job_id
    assert (await call("find_jobs"))["jobs"][0]["state"] == "Napping"
    status = await call("get_job", job_id=job_id)
    assert status["state"] == "Napping"
    assert "is in the state “Napping”" in status["summary"]
    assert (await call("get_results", job_id=job_id))["completeness"] != "final"
    assert (await call("get_audience", audience_id="global"))["status"] == "Cold"
    assert (await call("pause_job", job_id=job_id))["state"] == "Paused"


@pytest.mark.parametrize("state", ["Submitted", "ManualApproval", "Queued"])
async def test_a_job_that_will_start_by_itself_is_not_called_stopped(open_assistant: OpenAssistant, state: str) -> None:
    """Where the platform pauses only what has begun: the error says so, and which call keeps it from starting."""
    script = {"Waits": JobScript(state)} if state != "Queued" else {}  # type: ignore[arg-type]
    async with open_assistant(scenario=Scenario(job_states=script), toolsets="all") as assistant:
        first = await assistant.job(pairs=50, name="First") if state == "Queued" else ""
        draft = await assistant.draft(pairs=50, name="Waits")
        order = {"job_definition_id": draft, "audience_id": "global"} | ({"run_after": first} if first else {})
        job_id = (await assistant.call("assign_job", **order))["job_id"]
        refusal = await assistant.refusal("pause_job", job_id=job_id)
        assert "was not paused" in refusal
        assert "start by itself" in refusal
        assert f"delete_job(job_id='{job_id}')" in refusal
        if state == "Submitted":
            assistant.clock.time += 4
            assert (await assistant.call("pause_job", job_id=job_id))["state"] == "Paused"
        else:
            await assistant.call("delete_job", job_id=job_id)
            assert job_id not in str((await assistant.call("find_jobs"))["jobs"])


@pytest.mark.parametrize("state", ["SpendLimited", "Blocked", "Failed"])
async def test_a_job_that_stands_still_needs_no_pause(open_assistant: OpenAssistant, state: str) -> None:
    """It is said in which state it stands."""
    scenario = Scenario(job_states={"Stands": JobScript(state)})  # type: ignore[arg-type]
    async with open_assistant(scenario=scenario) as assistant:
        paused = await assistant.call("pause_job", job_id=await assistant.job(name="Stands"))
    assert paused["state"] == state
    assert "nothing to pause" in paused["summary"]
