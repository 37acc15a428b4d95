"""A mistyped fact is an error of the type checker, and of the program.

mypy checks this file. Each `type: ignore` marks a line that mypy rejects; an ignore without an error is an error.
"""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.models.audiences import Audience, RecruitingMetrics
from rapidata_mcp.server.audiences.replies import AudienceReply, CreatedAudience, ExampleRow, audience_reply
from rapidata_mcp.server.audiences.state import AudienceState
from rapidata_mcp.server.replies import Reply

STATE = AudienceState(Audience(id="aud_1", name="Readers"), RecruitingMetrics(users_per_state={}), [])


def test_a_mistyped_field_of_a_reply_is_refused() -> None:
    """Also in a reply that takes the fields of another reply."""
    reply = audience_reply(STATE, "An audience.")
    with pytest.raises(ValidationError, match="exmaple_count"):
        AudienceReply(**dict(reply), exmaple_count=3)  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="label_ulr"):
        CreatedAudience(**dict(reply), already_existed=True, label_ulr="")  # type: ignore[call-arg]


def test_a_field_of_another_type_is_refused() -> None:
    """Here a count that is a text."""
    with pytest.raises(ValidationError, match="correct"):
        ExampleRow(example_id="exm_1", truth="a", other="b", correct="many", incorrect=0)  # type: ignore[arg-type]


def test_a_mistyped_fact_of_a_state_is_refused() -> None:
    """A state has typed properties, not keys."""
    with pytest.raises(AttributeError):
        _ = STATE.distinct_exmaples  # type: ignore[attr-defined]


def test_a_next_step_that_is_a_text_is_refused() -> None:
    """Its tools could not be looked up."""
    with pytest.raises(ValidationError, match="next_step"):
        Reply(summary="Done.", next_step="get_job() shows it.")  # type: ignore[arg-type]


def test_a_mistyped_part_of_a_call_is_refused() -> None:
    """So is an argument that a next step does not have."""
    with pytest.raises(TypeError):
        Call("get_job", argumnets={"job_id": "job_1"})  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        NextStep(steps=())  # type: ignore[call-arg]
