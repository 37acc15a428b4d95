"""pause_job stops a job even if the platform answers little else, or says that it did not."""

from __future__ import annotations

import anyio
import pytest

from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.server.jobs import reading
from tests.conftest import OpenAssistant
from tests.faulty_platform import Started


@pytest.mark.parametrize("fails", ["GET .*/progress", "GET .*/user-metrics", "GET /job/", "GET "])
async def test_a_job_that_cannot_be_read_is_paused(started: Started, fails: str) -> None:
    """The reply says which facts could not be read, and invents none."""
    started.platform.fails = fails
    paused = await started.assistant.call("pause_job", job_id=started.job_id)
    assert "took the pause" in paused["summary"]
    if paused["progress"] is None:
        assert "cannot be read" in paused["summary"]
        assert paused["human_responses"] is None
    started.platform.fails = "never"
    assert (await started.assistant.call("get_job", job_id=started.job_id))["state"] == "Paused"


async def test_a_platform_that_answers_slowly_does_not_delay_the_pause(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each reading has a short timeout."""
    monkeypatch.setattr(reading, "ANSWER_TIMEOUT_S", 0.05)
    started.platform.stalls = "GET /job/"
    with anyio.fail_after(20):
        await started.assistant.call("pause_job", job_id=started.job_id)
    started.platform.stalls = "never"
    assert (await started.assistant.call("get_job", job_id=started.job_id))["state"] == "Paused"


async def test_an_unknown_state_is_shown_as_it_is(started: Started) -> None:
    """It breaks no tool, and pause_job least of all."""
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
async def test_a_job_that_has_not_started_is_not_paused(open_assistant: OpenAssistant, state: str) -> None:
    """The platform pauses only running jobs. The error names the call that keeps the job from starting."""
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
async def test_a_job_that_collects_nothing_needs_no_pause(open_assistant: OpenAssistant, state: str) -> None:
    """The reply has its state."""
    scenario = Scenario(job_states={"Idle": JobScript(state)})  # type: ignore[arg-type]
    async with open_assistant(scenario=scenario) as assistant:
        paused = await assistant.call("pause_job", job_id=await assistant.job(name="Idle"))
    assert paused["state"] == state
    assert "nothing to pause" in paused["summary"]
