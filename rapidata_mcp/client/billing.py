"""Billing: what is left to spend (contract I)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http
from rapidata_mcp.models.billing import BillingSummary


class Billing:
    """The account's money, in US dollars."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def balance(self) -> float | None:
        """What can still be spent; None where the account has no limit."""
        return (await self._http.send("GET", "/billing/summary", BillingSummary)).available_amount
