"""Billing: cost and balance in US dollars (contract I)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from rapidata_mcp.wire import WireModel


class BillingSummary(WireModel):
    """The balance. An account without a limit has no available amount."""

    mode: Literal["Usage", "Limited", "Prepaid"] | str
    current_period_usage: float
    effective_limit: float | None = None
    available_amount: float | None = Field(None, allow_inf_nan=False)
    minimum_spend_commitment: float = 0.0
    platform_fee: float | None = None


class BillingPeriod(WireModel):
    """The current billing period."""

    id: str
    start_date: datetime
    end_date: datetime
    status: Literal["Open", "Invoiced", "Void", "Reconciling", "PendingReview", "Closed"] | str
    owner_id: str = ""
    owner_mail: str = ""
    organization_id: str
    total_net_cost: float
    total_gross_cost: float
    total_discount: float = 0.0
    total_response_count: int
    line_items: list[dict[str, Any]] = []


class BillingGroup(WireModel):
    """An item of a bill: the responses of a job, or another cost."""

    t: str = Field("AudienceJobBillingGroup", alias="_t")
    id: str
    name: str = ""
    gross_cost: float = 0.0
    discount: float = 0.0
    net_cost: float
    response_count: int = 0
    job_id: str | None = None
    audience_id: str | None = None


class Outstanding(WireModel):
    """The amount owed. The total excludes the current period."""

    total_outstanding: float
    unpaid_invoices_amount: float = 0.0
    unpaid_invoice_count: int = 0
    awaiting_invoice_amount: float = 0.0
    awaiting_invoice_period_count: int = 0
    current_period_accrued: float = 0.0
    currency: str | None = None
    settlement_stale: bool = False
