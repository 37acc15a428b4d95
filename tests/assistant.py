"""An assistant as the tests play it: it calls tools, and time passes when the test says so."""

from __future__ import annotations

from typing import Any

import anyio.lowlevel
from mcp import Client

SIGNS = ("https://assets.rapidata.ai/flux_sign_diffusion.jpg", "https://assets.rapidata.ai/mj_sign_diffusion.jpg")
FLOWERS = ("https://assets.rapidata.ai/flux_flower.jpg", "https://assets.rapidata.ai/mj_flower.jpg")
QUESTION = "Which image follows the prompt more accurately?"


class MovingClock:
    """A clock that only moves when somebody moves it, or waits on it."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await anyio.lowlevel.checkpoint()


class Assistant:
    """Calls tools; an answer is the structured content, a refusal is its text."""

    def __init__(self, client: Client, clock: MovingClock) -> None:
        self.client = client
        self.clock = clock

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, result.content[0].text
        assert result.structured_content is not None
        return result.structured_content

    async def text(self, tool: str, **arguments: Any) -> str:
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error
        return result.content[0].text

    async def refusal(self, tool: str, **arguments: Any) -> str:
        result = await self.client.call_tool(tool, arguments)
        assert result.is_error, f"{tool} was not refused: {result.structured_content}"
        assert result.structured_content is None
        return result.content[0].text

    async def example(self, audience_id: str, **changes: Any) -> dict[str, Any]:
        """The document's example, unless the arguments differ."""
        arguments = {
            "audience_id": audience_id,
            "instruction": QUESTION,
            "datapoint": SIGNS,
            "truth": SIGNS[0],
            "context": "A sign that says 'Diffusion'.",
        }
        return await self.call("add_compare_example", **arguments | changes)

    async def audience(self, examples: int = 3, **arguments: Any) -> str:
        """A custom audience with this many different examples; its id."""
        created = await self.call("create_audience", **{"name": "Readers"} | arguments)
        for number in range(examples):
            pair = [f"clear answer {number}", f"muddled answer {number}"]
            await self.example(created["audience_id"], datapoint=pair, truth=pair[0], data_type="text")
        return str(created["audience_id"])

    async def draft(self, pairs: int = 3, **arguments: Any) -> str:
        """A job definition on this many pairs of texts; its id."""
        texts = [[f"first text {number}", f"second text {number}"] for number in range(pairs)]
        given = {"name": "Texts", "instruction": "Which reads better?", "datapoints": texts, "data_type": "text"}
        return str((await self.call("create_compare_job", **given | arguments))["job_definition_id"])

    async def job(self, audience_id: str = "global", **arguments: Any) -> str:
        """A started job; its id."""
        definition_id = await self.draft(**arguments)
        return str((await self.call("assign_job", job_definition_id=definition_id, audience_id=audience_id))["job_id"])

    async def finished(self, job_id: str) -> dict[str, Any]:
        """The job after time enough for the crowd."""
        for _ in range(20):
            status = await self.call("get_job", job_id=job_id, wait_seconds=50)
            if status["state"] == "Completed":
                return status
        raise AssertionError(f"the job is still {status['state']} at {status['progress']} %")
