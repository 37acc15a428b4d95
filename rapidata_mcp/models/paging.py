"""Lists come in pages (contract A.7)."""

from __future__ import annotations

from typing import Generic, TypeVar

from rapidata_mcp.wire import Wire

Item = TypeVar("Item", bound=Wire)


class Page(Wire, Generic[Item]):
    """One page of a list; `page` starts at 1."""

    total: int
    page: int = 1
    page_size: int = 10
    total_pages: int = 1
    items: list[Item]
