"""Audiences as the contract lists and shows them (contract B.4, B.5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, literal

from rapidata_mcp.database.tables import (
    audiences,
)
from rapidata_mcp.local.store.account import OWNER, OWNER_MAIL, moment
from rapidata_mcp.models.audiences import Audience

PUBLIC = ("global", "curated")


FILTERS = {
    "name": audiences.c.name,
    "status": audiences.c.status,
    "is_public": audiences.c.kind.in_(PUBLIC),
    "is_distilling": audiences.c.recruiting_since.is_not(None),
    "owner_mail": literal(OWNER_MAIL),
    "created_at": audiences.c.created_at,
}


SORTS = {
    "name": audiences.c.name,
    "created_at": audiences.c.created_at,
    "status": audiences.c.status,
    "qualified_user_count": literal(0),
}


def to_audience(row: RowMapping) -> Audience:
    """Return an audience as the contract shows it (B.4, B.5)."""
    fields: dict[str, Any] = {
        **row,
        **OWNER,
        "base_audience_id": row["base_id"] or row["id"],
        "filter": row["filters"][0] if row["kind"] == "filtered" else None,
        "created_at": moment(row["created_at"]),
        "is_public": row["kind"] in PUBLIC,
        "is_distilling": row["recruiting_since"] is not None,
        "distilling_campaign_id": f"cmp_{row['id']}",
        "max_distilling_responses": row["leave_after"],
    }
    return Audience.model_validate(fields)
