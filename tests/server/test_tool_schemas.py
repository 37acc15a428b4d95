"""The SDK lists and applies the schemas and the argument model that replace its own."""

from __future__ import annotations

import pytest
from mcp import Client
from mcp.server import MCPServer
from mcp.server.mcpserver import Context

from rapidata_mcp.calls import NextStep
from rapidata_mcp.server.registry import ToolEntry
from rapidata_mcp.server.replies import Reply
from rapidata_mcp.server.tool_schemas import build_tool


async def double(ctx: Context, number: int = 1) -> Reply:
    """Doubles a number."""
    return Reply(summary=str(2 * number), next_step=NextStep())


def server() -> MCPServer[None]:
    return MCPServer("test", tools=[build_tool(ToolEntry(double, "Double", "read"))])


async def test_the_replaced_schemas_are_listed() -> None:
    """Without titles and defaults, and with a next step that is one string."""
    async with Client(server()) as client:
        (tool,) = (await client.list_tools()).tools
    number = {"type": "integer", "default": 1}
    assert tool.input_schema == {"type": "object", "additionalProperties": False, "properties": {"number": number}}
    assert tool.output_schema is not None
    assert tool.output_schema["properties"] == {"summary": {"type": "string"}, "next_step": {"type": "string"}}


@pytest.mark.parametrize("arguments", [{"number": "7"}, {"number": True}, {"numbr": 7}])
async def test_the_replaced_argument_model_is_strict(arguments: dict[str, object]) -> None:
    """Nothing is converted, and nothing unknown is ignored."""
    async with Client(server()) as client:
        assert (await client.call_tool("double", arguments)).is_error
        assert not (await client.call_tool("double", {"number": 7})).is_error
