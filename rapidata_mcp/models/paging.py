"""Pages of lists (contract A.7)."""

from __future__ import annotations

from typing import Generic, TypeVar

from rapidata_mcp.wire import WireModel

Element = TypeVar("Element", bound=WireModel)


class Page(WireModel, Generic[Element]):
    """A page of a list. `page` starts at 1."""

    total: int
    page: int = 1
    page_size: int = 10
    total_pages: int = 1
    items: list[Element]
