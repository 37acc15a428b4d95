"""Contracts over all tools, for an assistant that sees only the tool list."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mcp.types import Tool

from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.server import registry
from rapidata_mcp.tasks import TASK_TYPES
from rapidata_mcp.tasks.task import TaskType, TaskTypeWithExamples
from tests.assistant import Assistant
from tests.conftest import OpenAssistant
from tests.task_samples import SAMPLES

ROOT = Path(__file__).parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"
NAMES = [entry.name for entry in registry.TOOLS]
CORE = [entry.name for entry in registry.offered("full")]
CORE_INPUT_TOKENS = 4200
"""Limit for names, descriptions and input schemas of the core tools."""
CORE_OUTPUT_TOKENS = 3500
"""Limit for output schemas of the core tools."""
ALL_INPUT_TOKENS = 9000
"""Limit for names, descriptions and input schemas of all tools."""
FIRST = 12
FIRST_TOKENS = 2800
"""Limit for the input, and for the output, of the twelve oldest tools: later tools must not make them longer."""
MODEL_DIRECTING = re.compile(r"\b(must always|always call|never call|you must|you should|important:)\b", re.IGNORECASE)


def tokens(value: Any) -> float:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) / 4


def listed(tool: Tool) -> dict[str, Any]:
    return {"name": tool.name, "description": tool.description, "inputSchema": tool.input_schema}


@pytest.fixture
async def tools(open_assistant: OpenAssistant) -> dict[str, Tool]:
    async with open_assistant(toolsets="all") as assistant:
        return {tool.name: tool for tool in (await assistant.client.list_tools()).tools}


async def test_the_list_is_the_registry(tools: dict[str, Tool]) -> None:
    """In its order, with the six tools of the mission."""
    assert list(tools) == NAMES
    mission = "create_audience add_compare_example find_audiences create_compare_job assign_job get_results"
    assert set(mission.split()) < set(CORE)


async def test_a_setting_switches_on_other_toolsets(open_assistant: OpenAssistant) -> None:
    """Without it only the core is listed, and the instructions name the other tools."""
    for toolsets in ("", "core", "tasks", "tasks, manage", "all"):
        async with open_assistant(toolsets=toolsets) as assistant:
            names = [tool.name for tool in (await assistant.client.list_tools()).tools]
            instructions = assistant.client.instructions or ""
        entries = registry.offered("full", {"core", *toolsets.split(", ")})
        assert names == [entry.name for entry in entries]
        assert all(name in instructions for name in set(NAMES) - set(names))
        assert ("RAPIDATA_MCP_TOOLSETS" in instructions) == (len(names) < len(NAMES))


async def test_a_next_step_says_which_of_its_tools_are_switched_off(open_assistant: OpenAssistant) -> None:
    """In replies and in refusals. The instructions name the limits of the mode."""
    async with open_assistant(mode="draft") as assistant:
        draft = await assistant.call("create_compare_job", **SAMPLES["compare"].job, name="Texts")
        assert "assign_job and resume_job are not offered" in (assistant.client.instructions or "")
    assert "Not offered here: assign_job. Only the user can change that" in draft["next_step"]
    async with open_assistant(mode="read-only") as assistant:
        assert "nothing can be created, changed or started" in (assistant.client.instructions or "")
    async with open_assistant() as assistant:
        assert (
            "Not offered"
            not in (await assistant.call("get_job", job_definition_id=draft["job_definition_id"]))["next_step"]
        )
        first, second = await assistant.job(pairs=50, name="First"), await assistant.draft(name="Second")
        order = {"job_definition_id": second, "audience_id": "global", "run_after": first}
        waiting = (await assistant.call("assign_job", **order))["job_id"]
        assert "Not offered here: delete_job." in await assistant.refusal("pause_job", job_id=waiting)


async def test_the_list_is_cheap(tools: dict[str, Tool]) -> None:
    """Tokens counted as bytes / 4."""
    assert sum(tokens(listed(tool)) for tool in tools.values()) <= ALL_INPUT_TOKENS
    inputs = [tokens(listed(tools[name])) for name in CORE]
    outputs = [tokens(tools[name].output_schema) for name in CORE]
    assert sum(inputs) <= CORE_INPUT_TOKENS
    assert sum(outputs) <= CORE_OUTPUT_TOKENS
    assert sum(inputs[:FIRST]) <= FIRST_TOKENS
    assert sum(outputs[:FIRST]) <= FIRST_TOKENS


def missing(kind: TaskType) -> list[str]:
    """The parts that a task type lacks, by file."""
    made, readme = f"create_{kind.slug}_job", (ROOT / "README.md").read_text()
    page = f"rapidata_mcp/local/pages/tasks/{kind.slug}.html"
    needed = {
        page: (ROOT / page).exists(),
        f"{made} in rapidata_mcp/server/registry.py": made in NAMES,
        f"a row for {made} in README.md": f"`{made}`" in readme,
        f"{kind.slug} in tests/task_samples.py, for its way over the wire": kind.slug in SAMPLES,
    }
    if isinstance(kind, TaskTypeWithExamples):
        needed[f"add_{kind.slug}_example in rapidata_mcp/server/registry.py"] = f"add_{kind.slug}_example" in NAMES
    return [name for name, there in needed.items() if not there]


@pytest.mark.parametrize("kind", TASK_TYPES, ids=lambda kind: kind.slug)
def test_no_task_type_lacks_anything(kind: TaskType) -> None:
    """It needs a tool, a page fragment, a README row, and task samples, which the tests of all task types use."""
    assert missing(kind) == []


def test_missing_parts_of_a_task_type_are_named_by_file() -> None:
    """An unfinished task type lacks all of them."""
    unfinished = SimpleNamespace(slug="guess", name="Guess")
    lacks = missing(cast("TaskType", unfinished))
    assert lacks[0] == "rapidata_mcp/local/pages/tasks/guess.html"
    for file in ("rapidata_mcp/server/registry.py", "README.md", "tests/task_samples.py"):
        assert any(file in name for name in lacks)


@pytest.mark.parametrize("name", NAMES)
async def test_every_tool(tools: dict[str, Tool], name: str) -> None:
    """Arguments have descriptions, the result is typed and has a next step, and the annotations are true."""
    tool = tools[name]
    entry = next(entry for entry in registry.TOOLS if entry.name == name)
    assert re.fullmatch(r"[a-z_]{1,40}", name)
    assert tool.title
    assert tool.description
    assert not MODEL_DIRECTING.search(tool.description)
    assert tool.input_schema["type"] == "object"
    assert tool.input_schema["additionalProperties"] is False
    assert not {"anyOf", "oneOf", "allOf"} & set(tool.input_schema)
    for argument, schema in tool.input_schema["properties"].items():
        assert schema.get("description"), f"{argument} has no description"
        assert {"type", "enum"} & set(schema), f"{argument} has no plain type"
    assert "title" not in json.dumps(tool.input_schema)
    assert tool.output_schema is not None
    assert {"summary", "next_step"} <= set(tool.output_schema["required"])
    hints = tool.annotations
    assert hints is not None
    assert hints.read_only_hint == (entry.effect == "read")
    assert hints.destructive_hint == (entry.effect == "spends" or name.startswith(("delete_", "remove_")))
    assert hints.idempotent_hint is not None
    assert ("spends" in tool.description or "spends" in (tool.title or "")) or entry.effect != "spends"


@pytest.mark.parametrize("name", NAMES)
async def test_the_schema_of_a_tool_matches_its_snapshot(tools: dict[str, Tool], name: str) -> None:
    """UPDATE_SNAPSHOTS=1 writes the snapshots, and the diff shows the changes."""
    tool = tools[name]
    schema = listed(tool) | {"outputSchema": tool.output_schema, "title": tool.title}
    current = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    snapshot = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(current)
    assert snapshot.read_text() == current


async def test_read_only_tools_change_nothing(assistant: Assistant) -> None:
    """Except that due answers of the simulated labelers are stored."""
    audience_id = await assistant.audience(examples=1)
    job_id = await assistant.job()
    await assistant.finished(job_id)

    async def state() -> list[dict[str, Any]]:
        return [
            await assistant.call("find_audiences"),
            await assistant.call("find_jobs"),
            await assistant.call("get_audience", audience_id=audience_id),
            await assistant.call("get_job", job_id=job_id),
            await assistant.call("get_results", job_id=job_id),
        ]

    assert await state() == await state()


async def test_an_unknown_tool_is_a_protocol_error(assistant: Assistant) -> None:
    """The error is "invalid parameters", as the protocol demands."""
    from mcp import MCPError

    with pytest.raises(MCPError, match="Unknown tool: assign_jobs"):
        await assistant.client.call_tool("assign_jobs", {})


async def test_replies_stay_small(assistant: Assistant) -> None:
    """Text and structure have at most 2,500 tokens each, even with the longest texts that are allowed."""
    long = [["a" * 9_000 + str(n), "b" * 9_000 + str(n)] for n in range(60)]
    job_id = await assistant.job(datapoints=long, contexts=["c" * 400] * 60, name="n" * 200, instruction="i" * 250)
    for text, structure in [
        (await assistant.text(name, **arguments), await assistant.call(name, **arguments))
        for name, arguments in [("get_results", {"job_id": job_id}), ("get_job", {"job_id": job_id}), ("find_jobs", {})]
    ]:
        assert len(text.encode()) / 4 <= 2500
        assert tokens(structure) <= 2500


async def test_an_audience_with_many_problems_fits_in_a_reply(open_assistant: OpenAssistant) -> None:
    """It has twenty long examples, and labelers fail most of them."""
    wrong = frozenset(f"{number} {'a' * 900}" for number in range(15))
    async with open_assistant(scenario=Scenario(wrong)) as assistant:
        audience_id = await assistant.audience(0, name="n" * 200, target_accuracy=1.0, min_tasks=20)
        for number in range(20):
            pair = [f"{number} {'a' * 900}", f"{number} {'b' * 900}"]
            question = {"instruction": f"{number} {'i' * 240}", "context": "c" * 400, "data_type": "text"}
            await assistant.example(audience_id, datapoint=pair, truth=pair[0], **question)
        await assistant.job(audience_id)
        assistant.clock.time += 60
        structure = await assistant.call("get_audience", audience_id=audience_id)
        assert "Hardly anyone passes" in structure["problems"][0]
        assert tokens(structure) <= 2500
        assert len((await assistant.text("get_audience", audience_id=audience_id)).encode()) / 4 <= 2500
