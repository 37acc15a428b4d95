"""Audiences, jobs and drafts can be deleted without each other."""

from __future__ import annotations

import pytest

from tests.conftest import OpenAssistant


@pytest.mark.parametrize("filtered", [False, True])
async def test_an_audience_that_an_unfinished_job_needs_is_not_deleted(
    open_assistant: OpenAssistant, *, filtered: bool
) -> None:
    """The job may run on a part of it. Without the job, the audience can be deleted."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id = base_id = await assistant.audience()
        if filtered:
            filters = [{"not_country": ["VA"]}]
            audience_id = (await assistant.call("filter_audience", audience_id=base_id, filters=filters))["audience_id"]
        job_id = await assistant.job(audience_id)
        await assistant.call("pause_job", job_id=job_id)
        refusal = await assistant.refusal("delete_audience", audience_id=base_id)
        assert f"nobody could answer {job_id} (Paused)" in refusal
        assert f"delete_job(job_id='{job_id}')" in refusal
        await assistant.call("delete_job", job_id=job_id)
        deleted = await assistant.call("delete_audience", audience_id=base_id)
    assert "filtered audiences that are parts of it" in deleted["summary"]


async def test_nothing_starts_on_a_part_of_a_deleted_audience(open_assistant: OpenAssistant) -> None:
    """Its description says why nobody can answer."""
    async with open_assistant(toolsets="manage") as assistant:
        base_id = await assistant.audience()
        filters = [{"not_country": ["VA"]}]
        part = await assistant.call("filter_audience", audience_id=base_id, filters=filters)
        await assistant.call("delete_audience", audience_id=base_id)
        audience = await assistant.call("get_audience", audience_id=part["audience_id"])
        order = {"job_definition_id": await assistant.draft(), "audience_id": part["audience_id"]}
        refusal = await assistant.refusal("assign_job", **order)
    assert "was deleted" in audience["summary"]
    assert "was deleted, so nobody can answer. Nothing was started" in refusal


async def test_a_deletion_leaves_everything_else(open_assistant: OpenAssistant) -> None:
    """A deleted thing is unknown afterwards, and its results remain until its job is deleted."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id, definition_id = await assistant.audience(), await assistant.draft()
        order = {"job_definition_id": definition_id, "audience_id": audience_id}
        job_id = (await assistant.call("assign_job", **order))["job_id"]
        await assistant.finished(job_id)
        await assistant.call("delete_job_definition", job_definition_id=definition_id)
        await assistant.call("delete_audience", audience_id=audience_id)
        assert (await assistant.call("get_results", job_id=job_id))["completeness"] == "final"
        assert "responses" in (await assistant.call("delete_job", job_id=job_id))["summary"]
        for tool, argument, deleted_id in (
            ("get_job", "job_id", job_id),
            ("delete_job", "job_id", job_id),
            ("delete_job_definition", "job_definition_id", definition_id),
            ("delete_audience", "audience_id", audience_id),
        ):
            assert deleted_id in await assistant.refusal(tool, **{argument: deleted_id})
        assert await assistant.draft() != definition_id
