"""A job that does not move says why, and what mends it: a call that does, or the person who must."""

from __future__ import annotations

import pytest

from rapidata_mcp.local.scenario import JobScript, Scenario
from tests.assistant import Assistant
from tests.conftest import OpenAssistant


async def resume(assistant: Assistant, job_id: str) -> None:
    await assistant.call("resume_job", job_id=job_id)


@pytest.mark.parametrize(
    ("script", "why", "mend"),
    [
        (JobScript("Failed", failure_message="disk on fire"), "disk on fire", "resume_job(job_id="),
        (JobScript("StaleResults"), "must be made anew", "resume_job(job_id="),
    ],
)
async def test_what_a_call_mends_is_mended_by_the_call_it_names(
    open_assistant: OpenAssistant, script: JobScript, why: str, mend: str
) -> None:
    """The call is executed, and the job completes."""
    async with open_assistant(scenario=Scenario(job_states={"Stuck": script})) as assistant:
        job_id = await assistant.job(name="Stuck")
        status = await assistant.call("get_job", job_id=job_id, wait_seconds=50)
        assert why in status["why"]
        assert mend in status["next_step"]
        await resume(assistant, job_id)
        assert (await assistant.finished(job_id))["why"] is None


@pytest.mark.parametrize(
    ("script", "why", "who"),
    [
        (JobScript("ManualApproval", review_reason="ContentFlagged"), "content was flagged", "Look again in an hour"),
        (JobScript("Blocked"), "flagged item blocks it", "The user has to un-flag"),
        (JobScript("SpendLimited"), "balance is used up", "The user has to top it up"),
    ],
)
async def test_what_only_a_person_can_mend_names_the_step(
    open_assistant: OpenAssistant, script: JobScript, why: str, who: str
) -> None:
    """In review, blocked, out of money: waiting or calling tools does not help, and that is said."""
    async with open_assistant(scenario=Scenario(job_states={"Stuck": script})) as assistant:
        status = await assistant.call("get_job", job_id=await assistant.job(name="Stuck"))
    assert status["state"] == script.state
    assert why in status["why"]
    assert who in status["next_step"]


async def test_a_paused_job_says_how_it_goes_on(assistant: Assistant) -> None:
    """And goes on when that call is made."""
    job_id = await assistant.job()
    await assistant.call("pause_job", job_id=job_id)
    status = await assistant.call("get_job", job_id=job_id)
    assert (status["why"], "resume_job" in status["next_step"]) == ("It was paused.", True)
    await resume(assistant, job_id)
    await assistant.finished(job_id)


async def test_a_queued_job_names_the_one_before_it(assistant: Assistant) -> None:
    """It runs when that one has ended."""
    first = await assistant.job(pairs=20)
    definition_id = await assistant.draft(name="Second")
    second = await assistant.call("assign_job", job_definition_id=definition_id, audience_id="global", run_after=first)
    status = await assistant.call("get_job", job_id=second["job_id"])
    assert status["state"] == "Queued"
    assert first in status["why"]
    await assistant.finished(first)
    await assistant.finished(second["job_id"])


async def test_recruiting_is_told_from_labeling(assistant: Assistant) -> None:
    """A job that waits for its first graduates says so, and how many are qualifying."""
    job_id = await assistant.job(await assistant.audience())
    assistant.clock.time += 1
    status = await assistant.call("get_job", job_id=job_id)
    assert "Recruiting is under way" in status["why"]
    assert f"get_job(job_id='{job_id}', wait_seconds=" in status["next_step"]
    assert status["qualifying"] > 0
    assert (await assistant.finished(job_id))["graduated"] > 0


async def test_a_wrong_truth_that_lets_nobody_in_is_named(open_assistant: OpenAssistant) -> None:
    """The examples most failed are listed, since one of them is marked the wrong way round."""
    wrong = Scenario(wrong_truths=frozenset(f"clear answer {number}" for number in range(3)))
    async with open_assistant(scenario=wrong, crowd=12) as assistant:
        audience_id = await assistant.audience(target_accuracy=1.0)
        job_id = await assistant.job(audience_id)
        assistant.clock.time += 60
        status = await assistant.call("get_job", job_id=job_id)
        examples = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    if status["graduated"]:  # a guesser may have slipped in: then the job moves, however slowly
        assert status["simulated_responses"] > 0
        return
    assert "Nobody qualifies" in status["why"]
    assert any(example["example_id"] in status["why"] for example in examples)


async def test_time_left_is_told_when_it_can_be(assistant: Assistant) -> None:
    """Not at the beginning; later at the speed so far; not at the end."""
    job_id = await assistant.job(pairs=200)
    assert (await assistant.call("get_job", job_id=job_id))["minutes_left"] is None
    for _ in range(30):
        assistant.clock.time += 1
        status = await assistant.call("get_job", job_id=job_id)
        if status["progress"] >= 10:
            break
    assert 0 < status["minutes_left"] < 5
    assert (await assistant.finished(job_id))["minutes_left"] is None
