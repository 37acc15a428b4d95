"""What a state of a job means is written once, and a state nobody knows means nothing."""

from __future__ import annotations

import re
from pathlib import Path

from rapidata_mcp.models.job_states import JobState, Phase
from rapidata_mcp.models.jobs import JobListItem

PACKAGE = Path(__file__).parent.parent / "rapidata_mcp"
ITEM = {"jobId": "job_1", "name": "J", "jobDefinitionId": "jdf_1", "audienceId": "global", "pipelineId": "ppl_1"}


def test_an_unknown_state_is_readable_and_allows_nothing() -> None:
    """The platform may add states: they are shown by name and are neither resumable nor ended."""
    item = JobListItem.model_validate(ITEM | {"state": "Archiving", "createdAt": "2026-01-01T00:00:00Z"})
    state = item.state
    assert state is not None
    assert (state, state.label, state.phase) == ("Archiving", "Archiving", Phase.UNKNOWN)
    allowed = [state.changes_by_itself, state.has_ended, state.is_idle, state.has_all_responses]
    assert allowed == [False] * 4
    assert state.resumption is None


def test_states_are_grouped_in_one_place() -> None:
    """No other file has a set or a tuple of state names of its own."""
    name = rf"[\"'](?:{'|'.join(JobState.known())})[\"']"
    three_states = re.compile(rf"{name},\s*{name},\s*{name}")
    files = [path for path in PACKAGE.rglob("*.py") if path.name != "scenario.py"]  # scripts may stop in any of them
    assert [str(path.relative_to(PACKAGE)) for path in files if three_states.search(path.read_text())] == []
