"""The status of a job has an estimate of the time that is left."""

from __future__ import annotations

import pytest

from rapidata_mcp.client.response_rate import ResponseRate
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import JobProgress
from rapidata_mcp.server.jobs.status import job_status
from tests.assistant import Assistant
from tests.server.test_results import JOB as ENDED


async def test_the_time_left_is_estimated_from_the_pace(assistant: Assistant) -> None:
    """Once a twentieth of the responses is in, and until the job is complete."""
    job_id = await assistant.job(pairs=200)
    start, estimates = assistant.clock.time, 0
    while (status := await assistant.call("get_job", job_id=job_id))["state"] == "Running":
        answers, passed = status["simulated_responses"], (assistant.clock.time - start) / 60
        assert f"{answers:,} simulated responses of about 2,000" in status["summary"]
        if answers < 100:
            assert status["minutes_left"] is None
        else:
            estimates += 1
            assert status["minutes_left"] == pytest.approx(max(0, 2_000 - answers) * passed / answers, abs=0.06)
            assert "at this rate" in status["summary"]
        assistant.clock.time += 0.1
    assert estimates > 0
    assert (await assistant.finished(job_id))["minutes_left"] is None


@pytest.mark.parametrize(
    ("answers", "left"),
    [(40, "about 1.5 minutes are left"), (50, "about 1 minute is left"), (80, "less than a minute is left")],
)
def test_the_time_left_matches_the_pace(answers: int, left: str) -> None:
    """It is estimated from responses, many of which come before the first datapoint is done. One minute is singular."""
    job = ENDED.model_copy(update={"state": JobState.RUNNING})
    progress = JobProgress(completion_percentage=0, response_count=answers)
    summary = job_status(job, progress, rate=ResponseRate(per_minute=answers), expected=100).summary
    assert f"none of its datapoints is done, though {answers} % of its responses are in" in summary
    assert f"{answers} responses a minute came in; at this rate {left}" in summary
