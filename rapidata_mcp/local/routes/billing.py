"""`/billing`: what was spent and what is left (contract I), in agreement with what jobs cost here."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import RowMapping, func, literal, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rapidata_mcp.database.tables import jobs
from rapidata_mcp.local.api.paging import paged
from rapidata_mcp.local.api.platform import answer, platform_of
from rapidata_mcp.local.jobs import money
from rapidata_mcp.local.store.account import OWNER, moment
from rapidata_mcp.models.billing import BillingGroup, BillingPeriod, BillingSummary, Outstanding

SORTS = {
    "gross_cost": jobs.c.cost,
    "net_cost": jobs.c.cost,
    "discount": literal(0.0),
    "response_count": jobs.c.response_count,
}


async def summary(request: Request) -> Response:
    """`GET /billing/summary`: prepaid where there is a balance to rehearse with"""
    platform = platform_of(request)
    async with platform.database.read() as connection:
        spent, left = await money.spent(connection), await money.balance(connection, platform)
    mode = BillingSummary(
        mode="Usage" if left is None else "Prepaid",
        current_period_usage=spent,
        effective_limit=platform.credit,
        available_amount=left,
    )
    return answer(mode)


async def active(request: Request) -> Response:
    """`GET /billing-period/active`: there is one period, from the first job on, open to the end of this month"""
    platform = platform_of(request)
    async with platform.database.read() as connection:
        totals = await connection.execute(select(func.min(jobs.c.created_at), func.sum(jobs.c.response_count)))
        began, responses = totals.one()
        spent = await money.spent(connection)
    now = platform.clock.now()
    start = _month(moment(now if began is None else began))
    period = {
        "id": "bpr_local",
        "start_date": start,
        "end_date": _month(_month(moment(now)) + timedelta(days=32)),
        "status": "Open",
        "total_net_cost": spent,
        "total_gross_cost": spent,
        "total_response_count": responses or 0,
        "line_items": [{"_t": "RunningCost", "amount": spent}] if spent else [],
    }
    return answer(BillingPeriod.model_validate(period | OWNER))


async def billing_items(request: Request) -> Response:
    """`GET /billing-period/active/billing-items`: what each job has cost"""
    query = select(jobs).where(jobs.c.cost > 0)
    async with platform_of(request).database.read() as connection:
        page = await paged(request, connection, query, {}, SORTS, "-net_cost", [jobs.c.id], to_billing_group)
    return answer(page)


def to_billing_group(row: RowMapping) -> BillingGroup:
    """A job's row as an entry of the bill."""
    return BillingGroup(
        id=f"bgr_{row['id']}",
        name=row["name"],
        gross_cost=row["cost"],
        net_cost=row["cost"],
        response_count=row["response_count"],
        job_id=row["id"],
        audience_id=row["audience_id"],
    )


async def outstanding(request: Request) -> Response:
    """`GET /billing/outstanding`: nothing is due before a period ends, and this one does not"""
    async with platform_of(request).database.read() as connection:
        spent = await money.spent(connection)
    return answer(Outstanding(total_outstanding=0.0, current_period_accrued=spent, currency="USD"))


def _month(day: datetime) -> datetime:
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


ROUTES = [
    Route("/billing/summary", summary),
    Route("/billing-period/active", active),
    Route("/billing-period/active/billing-items", billing_items),
    Route("/billing/outstanding", outstanding),
]
