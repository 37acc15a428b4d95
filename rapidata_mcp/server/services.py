"""What tools work with: the platform and the ledger, opened when a tool first needs them.

The platform is not imported before that: a client that only lists the tools does not wait for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anyio
from anyio.abc import TaskGroup, TaskStatus

from rapidata_mcp.clock import Clock
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.results.cache import Finished
from rapidata_mcp.server.results.orders import Orders
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.audit import Audit

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context

    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.local.api.scenario import Scenario
    from rapidata_mcp.spending.gate import SpendingGate
    from rapidata_mcp.spending.ledger import Ledger


@dataclass(frozen=True)
class Services:
    """An open platform, and what stands between a tool call and what it makes or spends there."""

    platform: Platform
    ledger: Ledger
    gate: SpendingGate


class LazyServices:
    """Opens the services once, for whoever comes first, and keeps it open while the server runs."""

    def __init__(
        self, settings: Settings, clock: Clock, scenario: Scenario | None, *, pages: bool, patience: float
    ) -> None:
        self.files = LocalFiles(settings.files)
        self.orders = Orders()
        self.finished = Finished()
        self.audit = Audit(settings.audit_log, clock)
        self._settings = settings
        self._clock = clock
        self._scenario = scenario
        self._pages = pages
        self._patience = patience
        self._opening = anyio.Lock()
        self._services: Services | None = None
        self._tasks: TaskGroup | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[LazyServices]:
        """For the server's lifetime."""
        async with anyio.create_task_group() as tasks:
            self._tasks = tasks
            yield self
            tasks.cancel_scope.cancel()

    async def services(self) -> Services:
        """The open services.

        Raises:
            RapidataError: when the platform cannot be opened; the next call tries again.
        """
        async with self._opening:
            if self._services is None:
                assert self._tasks is not None, "the server is not running"  # noqa: S101 - a bug, not a condition
                self._services = await self._tasks.start(self._keep_open)
            return self._services

    async def _keep_open(self, task_status: TaskStatus[Services]) -> None:
        # Imported here because it costs more than all the rest of a server's start.
        from rapidata_mcp.connect import connect
        from rapidata_mcp.spending import ledger
        from rapidata_mcp.spending.budget import Budget
        from rapidata_mcp.spending.gate import SpendingGate
        from rapidata_mcp.spending.quotes import Quotes

        settings, clock = self._settings, self._clock
        async with connect(settings, clock, self._scenario, pages=self._pages) as connection:
            database, account = connection.database, connection.account
            book = ledger.Ledger(database, clock, account)
            gate = SpendingGate(
                ledger=book,
                quotes=Quotes(database, clock, account),
                budget=Budget(database, clock, account, settings.max_spend, settings.max_spend_per_day),
                approval=settings.approval,
                patience=self._patience,
            )
            services = Services(connection.platform, book, gate)
            task_status.started(services)
            await anyio.sleep_forever()


def files_of(context: Context[Any, Any]) -> LocalFiles:
    """The local files that may be read, known before the platform is opened."""
    lazy_services: LazyServices = context.request_context.lifespan_context
    return lazy_services.files


def orders_of(context: Context[Any, Any]) -> Orders:
    """The orders of pairs behind cursors."""
    lazy_services: LazyServices = context.request_context.lifespan_context
    return lazy_services.orders


def finished_of(context: Context[Any, Any]) -> Finished:
    """The results of the finished job that was read last."""
    lazy_services: LazyServices = context.request_context.lifespan_context
    return lazy_services.finished


async def services_of(context: Context[Any, Any]) -> Services:
    """The services of the server that a tool runs in."""
    lazy_services: LazyServices = context.request_context.lifespan_context
    return await lazy_services.services()
