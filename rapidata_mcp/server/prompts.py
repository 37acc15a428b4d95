"""The prompts: one Markdown file each, with TOML front matter between lines of `+++`."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from string import Template

from mcp.server import MCPServer
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import PromptArgument
from mcp.types import Completion, CompletionArgument, PromptReference

from rapidata_mcp.server.services import ServerState

_PACKAGE = Path(__file__).parent.parent
MAX_COMPLETIONS = 20


def directory() -> Path:
    """Return the directory of the prompts: in an installed package, or next to the package in a checkout."""
    installed = _PACKAGE / "prompts"
    return installed if installed.is_dir() else _PACKAGE.parent / "prompts"


def add_to(server: MCPServer[ServerState], state: ServerState) -> None:
    """Add all prompts to a server, and the completion of their ids."""
    for prompt in _load():
        server.add_prompt(prompt)

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]  # the SDK leaves it untyped
    async def complete(reference: object, argument: CompletionArgument, _context: object) -> Completion | None:
        if not isinstance(reference, PromptReference):
            return None
        ids = await _ids(state, argument.name, argument.value)
        return Completion(values=ids[:MAX_COMPLETIONS], total=len(ids), has_more=len(ids) > MAX_COMPLETIONS)


async def _ids(state: ServerState, argument: str, typed: str) -> list[str]:
    """Return the ids that begin with the typed text, or whose name contains it, newest first."""
    if argument not in ("audience_id", "job_id"):
        return []
    platform = (await state.services()).platform
    if argument == "audience_id":
        names = [(audience.id, audience.name) for audience in (await platform.audiences.find("", 1, 100)).items]
    else:
        names = [(job.job_id, job.name) for job in (await platform.jobs.find("", 1, 100)).items]
    return [identifier for identifier, name in names if identifier.startswith(typed) or typed.lower() in name.lower()]


def _load() -> Iterator[Prompt]:
    for path in sorted(directory().glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        header = tomllib.loads(front)
        yield Prompt(
            name=path.stem,
            title=header["title"],
            description=header["description"],
            arguments=[PromptArgument(**argument) for argument in header["arguments"]],
            fn=_renderer(Template(body.strip()), [argument["name"] for argument in header["arguments"]]),
        )


def _renderer(template: Template, names: list[str]) -> Callable[..., Awaitable[str]]:
    async def render(**arguments: str) -> str:
        return template.substitute({name: arguments.get(name) or "(not given)" for name in names})

    return render
