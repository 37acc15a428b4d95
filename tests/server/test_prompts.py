"""Prompts describe themselves, are rendered with their arguments, and complete ids."""

from __future__ import annotations

import pytest
from mcp import MCPError
from mcp.types import PromptReference

from tests.assistant import Assistant


async def test_every_prompt_describes_itself_and_its_arguments(assistant: Assistant) -> None:
    """There are at least three: to build an audience, to compare two models, and to read results."""
    prompts = {prompt.name: prompt for prompt in (await assistant.client.list_prompts()).prompts}
    assert {"build_audience", "compare_models", "read_results"} <= set(prompts)
    for prompt in prompts.values():
        assert prompt.title
        assert prompt.description
        assert all(argument.description for argument in prompt.arguments or [])


async def test_a_prompt_shows_its_arguments_and_names_tools(assistant: Assistant) -> None:
    """An argument appears as it is, even if it looks like a placeholder."""
    rendered = await assistant.client.get_prompt("build_audience", {"task": "judge $examples {x}"})
    text = rendered.messages[0].content.text
    assert "judge $examples {x}" in text
    assert "create_audience" in text


async def test_a_missing_argument_and_an_unknown_prompt_are_named(assistant: Assistant) -> None:
    """The error is "invalid parameters", as the protocol demands."""
    with pytest.raises(MCPError, match="Missing prompt arguments: job_id"):
        await assistant.client.get_prompt("read_results", {})
    with pytest.raises(MCPError, match="Unknown prompt: nope"):
        await assistant.client.get_prompt("nope", {})


async def test_ids_are_completed_by_id_and_by_name(assistant: Assistant) -> None:
    """The text typed so far is the beginning of an id, or a part of a name."""
    audience_id = await assistant.audience(name="Sign readers")
    job_id = await assistant.job(name="Poems")
    for prompt, argument, typed, expected in [
        ("compare_models", "audience_id", "aud_", audience_id),
        ("compare_models", "audience_id", "sign", audience_id),
        ("read_results", "job_id", "job_", job_id),
        ("read_results", "job_id", "poe", job_id),
    ]:
        result = await assistant.client.complete(
            ref=PromptReference(name=prompt), argument={"name": argument, "value": typed}
        )
        assert expected in result.completion.values


async def test_raw_results_are_a_resource(assistant: Assistant) -> None:
    """They have the platform's own format 4.1.0. An unknown job is an error."""
    import json

    job_id = await assistant.job()
    await assistant.finished(job_id)
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document = json.loads(resource.contents[0].text)
    assert document["info"]["version"] == "4.1.0"
    assert document["results"][0]["detailedResults"][0]["userDetails"]["simulated"] is True
    with pytest.raises(MCPError, match="no job"):
        await assistant.client.read_resource("rapidata://jobs/job_unknown/results")
