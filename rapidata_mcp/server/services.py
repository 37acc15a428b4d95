"""The state of a running server, and how tools reach it: local files, and services that open at their first use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anyio
from anyio.abc import TaskGroup, TaskStatus

from rapidata_mcp.clock import Clock
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.audit import Audit

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context

    from rapidata_mcp.local.api.scenario import Scenario
    from rapidata_mcp.server.opening import Services

Kept = TypeVar("Kept")


class ServerState:
    """The local files, the audit log and the services of one server."""

    def __init__(
        self, settings: Settings, clock: Clock, scenario: Scenario | None, *, pages: bool, approval_timeout: float
    ) -> None:
        self.files = LocalFiles(settings.files)
        self.audit = Audit(settings.audit_log, clock)
        self._settings = settings
        self._clock = clock
        self._scenario = scenario
        self._pages = pages
        self._approval_timeout = approval_timeout
        self._kept: dict[type, object] = {}
        self._opening = anyio.Lock()
        self._services: Services | None = None
        self._tasks: TaskGroup | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[ServerState]:
        """Run for the server's lifetime."""
        async with anyio.create_task_group() as tasks:
            self._tasks = tasks
            yield self
            tasks.cancel_scope.cancel()

    async def services(self) -> Services:
        """Return the services; the first call opens them.

        Raises:
            RapidataError: if the platform cannot be opened. The next call tries again.
        """
        async with self._opening:
            if self._services is None:
                assert self._tasks is not None, "the server is not running"  # noqa: S101 - a bug, not a condition
                self._services = await self._tasks.start(self._keep_open)
            return self._services

    def kept(self, kind: type[Kept]) -> Kept:
        """Return this server's only instance of a class that keeps things between calls."""
        return cast("Kept", self._kept.setdefault(kind, kind()))

    async def _keep_open(self, task_status: TaskStatus[Services]) -> None:
        # The two platforms take 330 ms to import. A client that lists the tools waits 560 ms without them
        # (benchmarks/cold_start.py), so they are imported with the first call that needs them.
        from rapidata_mcp.server.opening import open_services

        async with open_services(
            self._settings, self._clock, self._scenario, pages=self._pages, approval_timeout=self._approval_timeout
        ) as services:
            task_status.started(services)
            await anyio.sleep_forever()


def state_of(context: Context[Any, Any]) -> ServerState:
    """Return the state of the server that a tool runs in."""
    state: ServerState = context.request_context.lifespan_context
    return state


def files_of(context: Context[Any, Any]) -> LocalFiles:
    """Return the local files that may be read. They need no open platform."""
    return state_of(context).files


def kept_of(context: Context[Any, Any], kind: type[Kept]) -> Kept:
    """Return the server's only instance of a class that keeps things between calls."""
    return state_of(context).kept(kind)


async def services_of(context: Context[Any, Any]) -> Services:
    """Return the services of the server that a tool runs in.

    Raises:
        RapidataError: if the platform cannot be opened.
    """
    return await state_of(context).services()
