"""`rapidata-mcp demo`: the whole workflow on the local platform, driven by an MCP client over stdio."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from rapidata_mcp.errors import PlatformFailure, RapidataError

INSTRUCTION = "Which image follows the prompt more accurately?"
EXAMPLE = ("https://assets.rapidata.ai/flux_sign_diffusion.jpg", "https://assets.rapidata.ai/mj_sign_diffusion.jpg")
PAIR = ("https://assets.rapidata.ai/flux_flower.jpg", "https://assets.rapidata.ai/mj_flower.jpg")
DEADLINE_S = 120


def run(*, as_json: bool, keep: bool) -> None:
    """Run the demo in a temporary directory. `keep` keeps the directory.

    Raises:
        RapidataError: if a step of the workflow fails.
    """
    console = Console(stderr=as_json, highlight=False)
    with ExitStack() as stack:
        if keep:
            directory = tempfile.mkdtemp(prefix="rapidata-demo-")
        else:
            directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="rapidata-demo-"))
        document = anyio.run(_workflow, console, Path(directory))
        if as_json:
            sys.stdout.write(json.dumps(document, indent=2) + "\n")
        if keep:
            console.print(
                f"The data is kept in {directory}. Use it with RAPIDATA_MCP_DATA_DIR={directory} rapidata-mcp"
            )


class _Assistant:
    """An assistant that prints its tool calls."""

    def __init__(self, client: Client, console: Console) -> None:
        self._client = client
        self._console = console

    async def call(self, tool: str, *, quiet: bool = False, **arguments: Any) -> dict[str, Any]:
        """Call a tool and return its structured content."""
        result = await self._client.call_tool(tool, arguments)
        content: dict[str, Any] | None = result.structured_content
        if result.is_error or content is None:
            text = " ".join(getattr(block, "text", "") for block in result.content)
            raise RapidataError(f"{tool} failed: {text}", "Run `rapidata-mcp doctor`.")
        if not quiet:
            self._console.print(f"[bold cyan]{tool}[/]  ", end="")
            self._console.print(content["summary"], markup=False)
        return content


async def _workflow(console: Console, directory: Path) -> dict[str, Any]:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "rapidata_mcp"],
        env={"RAPIDATA_MCP_DATA_DIR": str(directory), "RAPIDATA_MCP_PLATFORM": "local"},
    )
    console.print("An MCP client talks to `rapidata-mcp` over stdio. Everything stays on this computer.\n")
    with anyio.fail_after(DEADLINE_S):
        async with Client(server) as client:
            assistant = _Assistant(client, console)
            audience_id = await _build_audience(assistant, console)
            job = await _run_job(assistant, console, audience_id)
            results = await assistant.call("get_results", quiet=True, job_id=job["job_id"])
            raw = await client.read_resource(f"rapidata://jobs/{job['job_id']}/results")
    _show_winners(console, results)
    document: dict[str, Any] = json.loads(getattr(raw.contents[0], "text", "null"))
    return document


async def _build_audience(assistant: _Assistant, console: Console) -> str:
    audience = await assistant.call("create_audience", name="Prompt Alignment Audience")
    audience_id: str = audience["audience_id"]
    for _ in range(3):
        await assistant.call(
            "add_compare_example",
            audience_id=audience_id,
            instruction=INSTRUCTION,
            datapoint=EXAMPLE,
            truth=EXAMPLE[0],
            context="A sign that says 'Diffusion'.",
        )
    await assistant.call("start_recruiting", audience_id=audience_id)
    with _bar(console, "{task.fields[funnel]}") as bar:
        task = bar.add_task("Recruiting", total=100, funnel="")
        state: dict[str, Any] = {"status": "Recruiting"}
        while state["status"] != "Ready":
            await anyio.sleep(0.25)
            state = await assistant.call("get_audience", quiet=True, audience_id=audience_id)
            decided = state["graduated"] + state["dropped"]
            funnel = f"{state['qualifying']} qualifying, {state['graduated']} graduated, {state['dropped']} dropped"
            bar.update(task, completed=100 * decided / max(1, decided + state["qualifying"]), funnel=funnel)
        bar.update(task, completed=100)
    return audience_id


async def _run_job(assistant: _Assistant, console: Console, audience_id: str) -> dict[str, Any]:
    draft = await assistant.call(
        "create_compare_job",
        name="Prompt Alignment Job",
        instruction=INSTRUCTION,
        datapoints=[PAIR],
        contexts=["A yellow flower sticking out of a green pot."],
    )
    console.print(f"Preview: {draft['preview_url']}   Price: ${draft['estimated_cost_usd']:.2f}")
    job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id=audience_id)
    with _bar(console, "{task.fields[responses]} responses") as bar:
        task = bar.add_task("Labeling", total=100, responses=0)
        state: dict[str, Any] = {"state": "Running"}
        while state["state"] == "Running":
            await anyio.sleep(0.25)
            state = await assistant.call("get_job", quiet=True, job_id=job["job_id"])
            responses = state["human_responses"] + state["simulated_responses"]
            bar.update(task, completed=state["progress"], responses=responses)
    if state["state"] != "Completed":
        raise PlatformFailure(f"The job ended as {state['state']}.", "Run `rapidata-mcp doctor`.")
    return state


def _bar(console: Console, detail: str) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(detail))
    return Progress(*columns, console=console)


def _show_winners(console: Console, results: dict[str, Any]) -> None:
    table = Table(title=results["instruction"])
    for heading in ("Prompt", "First image", "Second image", "Votes", "Winner"):
        table.add_column(heading, overflow="fold")
    for pair in results["pairs"]:
        votes = f"{pair['a_votes']} : {pair['b_votes']}"
        table.add_row(pair["context"], pair["a"], pair["b"], votes, pair.get(pair["winner"], pair["winner"]))
    console.print(
        f"\nThese {results['simulated_responses']} responses are simulated: no human has answered. "
        "`RAPIDATA_MCP_CROWD=0` leaves the answers to people."
    )
    console.print(table)
