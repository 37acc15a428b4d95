"""The MCP server: tools, prompts and resources over one state."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from anyio import CancelScope
from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.caching import CacheHint
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import INVALID_PARAMS, CallToolResult, GetPromptResult, InputRequiredResult
from pydantic import ValidationError

from rapidata_mcp import __version__
from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.clock import Clock, SystemClock
from rapidata_mcp.errors import InvalidArgument, RapidataError
from rapidata_mcp.server import prompts, registry, resources
from rapidata_mcp.server.arguments import explain
from rapidata_mcp.server.auditing import AuditedCall
from rapidata_mcp.server.instructions import instructions
from rapidata_mcp.server.replies import Reply, clean
from rapidata_mcp.server.services import ServerState
from rapidata_mcp.server.tool_schemas import build_tool
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.approval import ANSWER_TIMEOUT_S, client_name
from rapidata_mcp.spending.audit import Entry
from rapidata_mcp.spending.records import SpendOutcome, nothing_sent

if TYPE_CHECKING:
    from rapidata_mcp.local.api.scenario import Scenario

MAX_MESSAGE = 4_000
"""Characters of an error's message that are shown; its next step is shown whole."""
NOT_OFFERED = "Not offered here: {}. Only the user can change that, with RAPIDATA_MCP_MODE and RAPIDATA_MCP_TOOLSETS"
MAYBE_DONE = NextStep("It may have taken effect", Call("find_jobs", why="shows what exists"))
logger = logging.getLogger(__name__)
_FIVE_MINUTES = CacheHint(ttl_ms=300_000, scope="public")


class RapidataServer(MCPServer[ServerState]):
    """An MCPServer that answers in text and structure alike, explains errors, and writes the audit log."""

    def __init__(self, state: ServerState, entries: Sequence[registry.ToolEntry], instructions: str) -> None:
        tools = [build_tool(entry) for entry in entries]
        self._state = state
        self._tools_by_name = {tool.name: tool for tool in tools}
        self._effects = {entry.name: entry.effect for entry in entries}

        @asynccontextmanager
        async def lifespan(_server: MCPServer[ServerState]) -> AsyncIterator[ServerState]:
            async with state.open():
                yield state

        super().__init__(
            "rapidata",
            title="Rapidata",
            version=__version__,
            description="Human judgment: audiences of labelers, labeling jobs, results.",
            instructions=instructions,
            tools=tools,
            lifespan=lifespan,
            log_level="WARNING",
            cache_hints={"tools/list": _FIVE_MINUTES, "prompts/list": _FIVE_MINUTES, "server/discover": _FIVE_MINUTES},
        )

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[ServerState, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. An argument that is null counts as not given.

        Raises:
            ToolError: the problem and the next step, for the model.
            MCPError: if there is no such tool.
        """
        tool = self._tools_by_name.get(name)
        if tool is None or context is None:
            left_out = tool is None and any(entry.name == name for entry in registry.TOOLS)
            why = " (RAPIDATA_MCP_MODE, which only the user can change, leaves it out)" if left_out else ""
            raise MCPError(code=INVALID_PARAMS, message=f"Unknown tool: {clean(name)}{why}")
        arguments = {argument: value for argument, value in arguments.items() if value is not None}
        call = AuditedCall(name, self._effects[name], clean(client_name(context)))
        try:
            outcome = await self._run(tool, arguments, context)
        except BaseException as failure:
            await self._record(call, call.failed(failure, arguments, self._state.audit.now()))
            raise
        reply = outcome.reply
        if not isinstance(reply, Reply):
            return reply
        await self._record(call, call.answered(reply, outcome.record, self._state.audit.now()))
        return CallToolResult(content=list(reply.content()), structured_content=reply.model_dump(mode="json"))

    async def _run(
        self, tool: Tool, arguments: dict[str, Any], context: Context[ServerState, Any]
    ) -> SpendOutcome[Reply | InputRequiredResult]:
        """Run a tool. Its errors become sentences without the inside of the program."""
        writes = self._effects[tool.name] != "read"
        nothing_done = "Nothing was done. " if writes else ""
        try:
            result: SpendOutcome[Reply | InputRequiredResult] | Reply = await tool.run(arguments, context)
        except UnexpectedToolError as failure:
            error = failure.__cause__
            if isinstance(error, RapidataError):
                prefix = nothing_done if isinstance(error, InvalidArgument) else ""
                message = f"{prefix}{_shortened(error.message)} {self._with_missing_tools(error.next_step)}"
                raise ToolError(message.strip()) from error
            raise UnexpectedToolError(
                f"{tool.name} failed because of a mistake in rapidata-mcp. Other arguments will not help; the server's "
                f"log (standard error) has the details. {MAYBE_DONE if writes else ''}".rstrip()
            ) from error
        except ToolError as failure:
            if isinstance(failure.__cause__, ValidationError):
                message = explain(failure.__cause__, tool.parameters["properties"])
                raise ToolError(f"{nothing_done}{message}") from failure.__cause__
            raise
        outcome = result if isinstance(result, SpendOutcome) else nothing_sent(result)
        if isinstance(outcome.reply, Reply):
            outcome.reply.next_step = self._with_missing_tools(outcome.reply.next_step)
        return outcome

    def _with_missing_tools(self, step: NextStep) -> NextStep:
        """Append the tools of a next step that the user's settings leave out."""
        missing = step.missing(self._tools_by_name)
        return NextStep(*step.steps, NOT_OFFERED.format(", ".join(missing))) if missing else step

    async def _record(self, call: AuditedCall, entry: Entry) -> None:
        """Write a line into the audit log, also if the caller has given up. Calls that only read have none."""
        if call.effect == "read":
            return
        with CancelScope(shield=True):
            try:
                await self._state.audit.record(entry)
            except OSError as failure:  # the call has had its effect, so its answer must not get lost
                logger.error("The audit log cannot be written: %s", failure)

    async def get_prompt(
        self, name: str, arguments: dict[str, str] | None = None, context: Context[ServerState, Any] | None = None
    ) -> GetPromptResult | InputRequiredResult:
        """Render a prompt.

        Raises:
            MCPError: if there is no such prompt, or an argument is missing.
        """
        prompt = next((prompt for prompt in await self.list_prompts() if prompt.name == name), None)
        if prompt is None:
            raise MCPError(code=INVALID_PARAMS, message=f"Unknown prompt: {clean(name)}")
        missing = [each.name for each in prompt.arguments or [] if each.required and each.name not in (arguments or {})]
        if missing:
            raise MCPError(code=INVALID_PARAMS, message=f"Missing prompt arguments: {', '.join(missing)}")
        return await super().get_prompt(name, arguments, context)


def build_server(
    settings: Settings,
    clock: Clock | None = None,
    scenario: Scenario | None = None,
    *,
    pages: bool = True,
    approval_timeout: float = ANSWER_TIMEOUT_S,
) -> RapidataServer:
    """Return the server for these settings. The other arguments are for rehearsals and tests."""
    state = ServerState(settings, clock or SystemClock(), scenario, pages=pages, approval_timeout=approval_timeout)
    server = RapidataServer(state, registry.offered(settings.mode, settings.toolsets), instructions(settings))
    prompts.add_to(server, state)
    resources.add_to(server)
    return server


def _shortened(message: str) -> str:
    return message if len(message) <= MAX_MESSAGE else f"{message[:MAX_MESSAGE]}…"
