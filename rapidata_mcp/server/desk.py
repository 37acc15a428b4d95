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
from rapidata_mcp.server.finished import Finished
from rapidata_mcp.server.orders import Orders
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.audit import Audit

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context

    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.local.api.scenario import Scenario
    from rapidata_mcp.spending.ledger import Ledger
    from rapidata_mcp.spending.till import Till


@dataclass(frozen=True)
class Desk:
    """An open platform, and what stands between a tool call and what it makes or spends there."""

    platform: Platform
    ledger: Ledger
    till: Till


class Reception:
    """Opens the desk once, for whoever comes first, and keeps it open while the server runs."""

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
        self._desk: Desk | None = None
        self._tasks: TaskGroup | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Reception]:
        """For the server's lifetime."""
        async with anyio.create_task_group() as tasks:
            self._tasks = tasks
            yield self
            tasks.cancel_scope.cancel()

    async def desk(self) -> Desk:
        """The open desk.

        Raises:
            RapidataError: when the platform cannot be opened; the next call tries again.
        """
        async with self._opening:
            if self._desk is None:
                assert self._tasks is not None, "the server is not running"  # noqa: S101 - a bug, not a condition
                self._desk = await self._tasks.start(self._keep_open)
            return self._desk

    async def _keep_open(self, task_status: TaskStatus[Desk]) -> None:
        # Imported here because it costs more than all the rest of a server's start.
        from rapidata_mcp.connect import connect
        from rapidata_mcp.spending import ledger
        from rapidata_mcp.spending.budget import Budget
        from rapidata_mcp.spending.quotes import Quotes
        from rapidata_mcp.spending.till import Till

        settings, clock = self._settings, self._clock
        async with connect(settings, clock, self._scenario, pages=self._pages) as connection:
            database, account = connection.database, connection.account
            await database.create(ledger.metadata)
            book = ledger.Ledger(database, clock, account)
            till = Till(
                ledger=book,
                quotes=Quotes(database, clock, account),
                budget=Budget(database, clock, account, settings.max_spend, settings.max_spend_per_day),
                approval=settings.approval,
                patience=self._patience,
            )
            desk = Desk(connection.platform, book, till)
            task_status.started(desk)
            await anyio.sleep_forever()


def files_of(context: Context[Any, Any]) -> LocalFiles:
    """The local files that may be read, known before the platform is opened."""
    reception: Reception = context.request_context.lifespan_context
    return reception.files


def orders_of(context: Context[Any, Any]) -> Orders:
    """The orders of pairs behind cursors."""
    reception: Reception = context.request_context.lifespan_context
    return reception.orders


def finished_of(context: Context[Any, Any]) -> Finished:
    """The results of the finished job that was read last."""
    reception: Reception = context.request_context.lifespan_context
    return reception.finished


async def desk_of(context: Context[Any, Any]) -> Desk:
    """The desk of the server that a tool runs in."""
    reception: Reception = context.request_context.lifespan_context
    return await reception.desk()
