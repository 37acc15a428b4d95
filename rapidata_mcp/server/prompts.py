"""The prompts: one Markdown file each, with TOML front matter between lines of `+++`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import PromptArgument
from mcp.types import Completion, PromptReference

from rapidata_mcp.server.services import LazyServices

_PACKAGE = Path(__file__).parent.parent
COMPLETIONS = 20


def directory() -> Path:
    """Where the prompts are: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "prompts"
    return installed if installed.is_dir() else _PACKAGE.parent / "prompts"


def add_to(server: MCPServer[LazyServices], lazy_services: LazyServices) -> None:
    """Add all prompts to a server, and the completion of their ids."""
    for prompt in _load():
        server.add_prompt(prompt)

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]  # the SDK leaves it untyped
    async def complete(reference: Any, argument: Any, _context: Any) -> Completion | None:
        if not isinstance(reference, PromptReference):
            return None
        ids = await _ids(lazy_services, argument.name, argument.value)
        return Completion(values=ids[:COMPLETIONS], total=len(ids), has_more=len(ids) > COMPLETIONS)


async def _ids(lazy_services: LazyServices, argument: str, begun: str) -> list[str]:
    """Ids that begin with what was typed, or whose name contains it; newest first."""
    if argument not in ("audience_id", "job_id"):
        return []
    platform = (await lazy_services.services()).platform
    if argument == "audience_id":
        known = [(audience.id, audience.name) for audience in (await platform.audiences.find("", 1, 100)).items]
    else:
        known = [(job.job_id, job.name) for job in (await platform.jobs.find("", 1, 100)).items]
    typed = begun.lower()
    return [identifier for identifier, name in known if identifier.startswith(begun) or typed in name.lower()]


def _load() -> Iterator[Prompt]:
    for path in sorted(directory().glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        about = tomllib.loads(front)
        yield Prompt(
            name=path.stem,
            title=about["title"],
            description=about["description"],
            arguments=[PromptArgument(**argument) for argument in about["arguments"]],
            fn=_renderer(Template(body.strip()), [argument["name"] for argument in about["arguments"]]),
        )


def _renderer(template: Template, names: list[str]) -> Any:
    async def render(**arguments: str) -> str:
        return template.substitute({name: arguments.get(name) or "(not given)" for name in names})

    return render
