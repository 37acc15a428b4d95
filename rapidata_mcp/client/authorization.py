"""The headers that authorize a request."""

from __future__ import annotations

from typing import Protocol


class Authorization(Protocol):
    """A source of headers that authorize requests."""

    async def headers(self) -> dict[str, str]:
        """Return the headers to send with a request."""

    async def renew(self, refused: dict[str, str]) -> bool:
        """Return whether other headers than the refused ones are available now."""


class FixedAuthorization:
    """The same headers for every request. The local platform needs none."""

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        self._headers = headers or {}

    async def headers(self) -> dict[str, str]:
        """Return the fixed headers."""
        return self._headers

    async def renew(self, refused: dict[str, str]) -> bool:
        """Return False: the headers never change."""
        return False
