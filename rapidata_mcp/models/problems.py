"""Error bodies: problem+json (contract A.9)."""

from __future__ import annotations

from rapidata_mcp.wire import WireModel


class Problem(WireModel):
    """RFC 7807 with the platform's own fields. `title` is the sentence for people."""

    type: str = "about:blank"
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    errors: dict[str, list[str]] | None = None
    trace_id: str | None = None
    latest_revision_number: int | None = None
    stage: str | None = None
    upstream_http_status: int | None = None
