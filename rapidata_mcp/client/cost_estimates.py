"""Cost estimates of definitions and jobs (contract F.9)."""

from __future__ import annotations

from rapidata_mcp.client.http import Http
from rapidata_mcp.client.http_responses import parse_body
from rapidata_mcp.errors import NotYet
from rapidata_mcp.models.definitions import CostEstimate


async def read_cost_estimate(http: Http, path: str) -> CostEstimate | None:
    """Return the highest possible cost in US dollars; None if it is not known yet (status 409, or a body of null)."""
    try:
        data = await http.send_raw("GET", path)
    except NotYet:
        return None
    return None if data.strip() == b"null" else parse_body(data, CostEstimate, f"GET {path}")
