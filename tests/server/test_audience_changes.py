"""A custom audience can be renamed, and a wrong example can be removed."""

from __future__ import annotations

from tests.conftest import OpenAssistant


async def test_an_audience_is_renamed(open_assistant: OpenAssistant) -> None:
    """A change without arguments, and a change of an audience that is not custom, are refused."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id = await assistant.audience()
        changed = await assistant.call("update_audience", audience_id=audience_id, name="Readers of letters")
        empty = await assistant.refusal("update_audience", audience_id=audience_id)
        foreign = await assistant.refusal("update_audience", audience_id="global", name="Mine")
    assert changed["name"] == "Readers of letters"
    assert "nothing to change" in empty
    assert "global audience cannot be changed" in foreign


async def test_an_example_is_removed_once(open_assistant: OpenAssistant) -> None:
    """An example that the audience does not have is refused with the tool that lists the examples."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id = await assistant.audience(examples=3)
        examples = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
        example = {"audience_id": audience_id, "example_id": examples[1]["example_id"]}
        assert (await assistant.call("remove_example", **example))["example_count"] == 2
        assert f"get_audience(audience_id='{audience_id}')" in await assistant.refusal("remove_example", **example)
