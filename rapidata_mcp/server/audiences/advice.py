"""Advice on an audience: the calls that bring it further."""

from __future__ import annotations

from rapidata_mcp.calls import UNKNOWN, Argument, Call, NextStep
from rapidata_mcp.errors import Refused
from rapidata_mcp.server.audiences.example_checks import contradictions, describe_contradictions
from rapidata_mcp.server.audiences.problems import describe_low_pass_rate
from rapidata_mcp.server.audiences.replacement import Replacement
from rapidata_mcp.server.audiences.state import AudienceState
from rapidata_mcp.server.replies import clean, quoted


def next_step(state: AudienceState, definition_id: str = "") -> NextStep:
    """Return the calls that bring an audience further, or replace it. `definition_id` is a draft to run, if any."""
    if state.audience.kind == "filtered" and state.base is None:
        return NextStep(Call("find_audiences", why="lists audiences to use instead"))
    for _, later in contradictions(state.examples):
        example = {"audience_id": state.audience_id, "example_id": later.id}
        return NextStep(
            Call("remove_example", example, "removes one of them; remove the other one if its truth is wrong"),
            Call("create_audience", {"name": UNKNOWN}, "starts again without it", lead="or"),
        )
    if state.missing_examples:
        return NextStep(add_example_call(state))
    if state.audience.kind == "custom" and state.audience.status == "Created":
        return NextStep(
            Call("start_recruiting", {"audience_id": state.audience_id}, "lets labelers qualify now"),
            *_job_calls(state, "runs it and starts recruiting too"),
        )
    if describe_low_pass_rate(state):
        return Replacement.of(state).next_step(definition_id)
    return NextStep(*_job_calls(state, "runs it"))


def add_example_call(state: AudienceState) -> Call:
    """Return the call that adds an example of the audience's task type; it says how many are missing."""
    arguments: dict[str, Argument] = {"audience_id": state.audience_id}
    arguments |= dict.fromkeys(("instruction", "datapoint", "truth"), UNKNOWN)
    missing = state.missing_examples
    why = f"adds an example: {missing} more needed, different ones are best" if missing else "adds an example"
    return Call(state.task_type.example_tool, arguments, why)


def _job_calls(state: AudienceState, why: str) -> tuple[Call, Call]:
    """The calls that draft a job and run it on the audience."""
    draft = dict.fromkeys(("name", "instruction", "datapoints"), UNKNOWN)
    start: dict[str, Argument] = {"job_definition_id": UNKNOWN, "audience_id": state.audience_id}
    return (
        Call(state.task_type.job_tool, draft, "drafts a job"),
        Call("assign_job", start, why),
    )


def require_examples(state: AudienceState) -> None:
    """Check that labelers can qualify for an audience.

    Raises:
        Refused: if examples are missing, or contradict each other.
    """
    for contradiction in describe_contradictions(state.examples):
        raise Refused(f"{contradiction} Nothing was started.", next_step(state))
    if state.missing_examples:
        raise Refused(
            f"Nobody could qualify: the audience {quoted(clean(state.audience.name))} has {len(state.examples)} of the "
            f"{state.audience.examples_needed} examples that its admission bar needs. Nothing was started.",
            add_example_call(state),
        )
