"""Billing: what is left to spend (contract I)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http, Query
from rapidata_mcp.errors import AccessDenied, NotFound, Refused
from rapidata_mcp.models.billing import BillingGroup, BillingSummary
from rapidata_mcp.models.paging import Page

MOST_LOOKED_AT = 200
"""Entries of the current bill that are looked through for a job, dearest first."""

UNSEEN = (AccessDenied, NotFound, Refused)
"""What is answered where no period has begun, or where money is not this user's to see, who may work all the same."""


class Billing:
    """The account's money, in US dollars."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def balance(self) -> float | None:
        """What can still be spent; None where the account has no limit, or does not tell this user."""
        try:
            return (await self._http.send("GET", "/billing/summary", BillingSummary)).available_amount
        except UNSEEN:
            return None

    async def cost_of(self, job_id: str) -> float | None:
        """What a job has been billed in the current period; None where the bill does not tell it."""
        query: Query = {"page": 1, "page_size": MOST_LOOKED_AT, "sort": "-net_cost"}
        try:
            bill = await self._http.send("GET", "/billing-period/active/billing-items", Page[BillingGroup], query=query)
        except UNSEEN:
            return None
        return next((entry.net_cost for entry in bill.items if entry.job_id == job_id), None)
