"""Prices, of definitions and of jobs (contract F.9)."""

from __future__ import annotations

from rapidata_mcp.client.answers import parsed
from rapidata_mcp.client.http import Http
from rapidata_mcp.errors import NotYet
from rapidata_mcp.models.definitions import CostEstimate


async def read_estimate(http: Http, path: str) -> CostEstimate | None:
    """What it costs at most, in US dollars; None while the platform has not priced it, which it says in two ways."""
    try:
        data = await http.send_raw("GET", path)
    except NotYet:
        return None
    return None if data.strip() == b"null" else parsed(data, CostEstimate, f"GET {path}")
