"""Opening what tools need from the platform: its client, the ledger and the spending gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rapidata_mcp.client.platform import Platform
from rapidata_mcp.clock import Clock
from rapidata_mcp.connect import connect
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.budget import Budget
from rapidata_mcp.spending.gate import SpendingGate
from rapidata_mcp.spending.ledger import Ledger
from rapidata_mcp.spending.quotes import Quotes


@dataclass(frozen=True)
class Services:
    """The client of an open platform, and the ledger and the spending gate that every write goes through."""

    platform: Platform
    ledger: Ledger
    gate: SpendingGate


@asynccontextmanager
async def open_services(
    settings: Settings, clock: Clock, scenario: Scenario | None, *, pages: bool, approval_timeout: float
) -> AsyncIterator[Services]:
    """Open the platform that the settings choose.

    `pages` serves the local platform's pages; `approval_timeout` are the seconds that a user has to answer a form.

    Raises:
        RapidataError: if the platform cannot be opened.
    """
    async with connect(settings, clock, scenario, pages=pages) as connection:
        database, account = connection.database, connection.account
        ledger = Ledger(database, clock, account)
        gate = SpendingGate(
            ledger=ledger,
            quotes=Quotes(database, clock, account),
            budget=Budget(database, clock, account, settings.max_spend, settings.max_spend_per_day),
            approval=settings.approval,
            answer_timeout=approval_timeout,
        )
        yield Services(connection.platform, ledger, gate)
