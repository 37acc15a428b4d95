"""Tools of the SDK from entries of the registry: strict about their arguments, with short schemas."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any, cast

from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from mcp.types import ToolAnnotations
from pydantic import ConfigDict

from rapidata_mcp.server.arguments import ID, OPTIONAL_ID
from rapidata_mcp.server.registry import SpendingTool, ToolEntry
from rapidata_mcp.server.signatures import return_reply_type

_LEFT_OUT: list[tuple[str, object]] = [
    *(("default", None), ("default", ""), ("default", []), ("default", 0)),
    *(("pattern", ID), ("pattern", OPTIONAL_ID)),  # ids come from other tools, which the descriptions name
]


@cache
def build_tool(entry: ToolEntry) -> Tool:
    """Return the SDK's tool with the argument model and the schemas replaced. Servers of one process share it.

    The SDK derives them from the function. It ignores unknown arguments, and turns "7" and true into numbers; an
    assistant should hear of its mistake. The SDK reads `parameters` and `fn_metadata` at each call, so a copy
    with other ones is a complete tool (tests/server/test_tool_schemas.py).
    """
    tool = Tool.from_function(
        return_reply_type(entry.function) if isinstance(entry, SpendingTool) else entry.function,
        title=entry.title,
        description=inspect.getdoc(entry.function),
        annotations=ToolAnnotations(
            read_only_hint=entry.effect == "read",
            destructive_hint=entry.effect == "spends" or entry.destroys,
            idempotent_hint=entry.repeatable,
            open_world_hint=True,  # the platform and its labelers
        ),
    )
    derived = tool.fn_metadata
    schema = lean(derived.output_schema or {}, null={"type": "null"}) | {"required": ["summary", "next_step"]}
    metadata = derived.model_copy(update={"arg_model": _strict(derived.arg_model), "output_schema": schema})
    parameters = lean({"type": "object", "additionalProperties": False} | tool.parameters, null=None)
    return tool.model_copy(update={"parameters": parameters, "fn_metadata": metadata})


def _strict(model: type[ArgModelBase]) -> type[ArgModelBase]:
    """The same model, but without conversions and unknown arguments."""
    config = ConfigDict(extra="forbid", strict=True, defer_build=True)
    return cast("type[ArgModelBase]", type(model.__name__, (model,), {"__module__": __name__, "model_config": config}))


def lean(schema: dict[str, Any], *, null: dict[str, str] | None) -> dict[str, Any]:
    """Return a schema without titles, class docstrings, empty defaults and patterns of ids.

    `null` is the schema of null, written in the shortest way. Without it, null is left out: an argument that is null
    counts as not given.
    """
    slim = {key: value for key, value in schema.items() if key != "title" and (key, value) not in _LEFT_OUT}
    choices = [choice for choice in slim.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del slim["anyOf"]
        slim |= _with_null(choices[0], null) if null else choices[0]
    elif choices and all(set(choice) == {"type"} for choice in choices):
        slim["type"] = [choice["type"] for choice in slim.pop("anyOf")]
    if null and slim.get("additionalProperties") is False:  # a later version may add fields
        del slim["additionalProperties"]
    for key in ("additionalProperties", "items"):
        if isinstance(slim.get(key), dict):
            slim[key] = lean(slim[key], null=null)
    for key in ("properties", "$defs"):
        if key in slim:
            slim[key] = {name: lean(part, null=null) for name, part in slim[key].items()}
    if "properties" in slim:
        slim.pop("description", None)
        if null:  # a reply has all of its fields; listing them would cost a sixth of its schema
            slim.pop("required", None)
    return slim


def _with_null(schema: dict[str, Any], null: dict[str, str]) -> dict[str, Any]:
    """A schema that also allows null."""
    kind = schema.get("type")
    if not kind:
        return {"anyOf": [schema, null]}
    enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [kind, "null"]} | enum
