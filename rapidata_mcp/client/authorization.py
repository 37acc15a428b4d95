"""What entitles a request."""

from __future__ import annotations

from typing import Protocol


class Authorization(Protocol):
    """What entitles a request."""

    async def headers(self) -> dict[str, str]:
        """The headers to send along."""

    async def renew(self, refused: dict[str, str]) -> bool:
        """Whether there are other headers now than those that were refused."""


class FixedAuthorization:
    """The same headers for every request; none for the embedded platform, which asks for none."""

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        self._headers = headers or {}

    async def headers(self) -> dict[str, str]:
        """The headers to send along."""
        return self._headers

    async def renew(self, refused: dict[str, str]) -> bool:
        """There is nothing to renew."""
        return False
