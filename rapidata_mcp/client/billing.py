"""Billing: the balance and the cost of jobs (contract I)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http, Query
from rapidata_mcp.errors import AccessDenied, NotFound, Refused
from rapidata_mcp.models.billing import BillingGroup, BillingSummary
from rapidata_mcp.models.paging import Page

MAX_BILL_ITEMS = 200
"""Items of the current bill that are read, most expensive first."""

UNAVAILABLE = (AccessDenied, NotFound, Refused)
"""The errors if no billing period has begun, or if the user may not see the bill. Such a user can still run jobs."""


class Billing:
    """The account's money, in US dollars."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def balance(self) -> float | None:
        """Return the amount that can still be spent; None if there is no limit or the user may not see it."""
        try:
            return (await self._http.send("GET", "/billing/summary", BillingSummary)).available_amount
        except UNAVAILABLE:
            return None

    async def cost_of(self, job_id: str) -> float | None:
        """Return the cost of a job in the current billing period; None if the bill does not show it."""
        query: Query = {"page": 1, "page_size": MAX_BILL_ITEMS, "sort": "-net_cost"}
        try:
            bill = await self._http.send("GET", "/billing-period/active/billing-items", Page[BillingGroup], query=query)
        except UNAVAILABLE:
            return None
        return next((item.net_cost for item in bill.items if item.job_id == job_id), None)
