"""What does not change once it is written down, kept at hand: the least recently used is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Remembered:
    """At most `most` values by their keys."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    async def get(self, key: Hashable, read: Callable[[], Awaitable[Value]]) -> Value:
        """The value of a key, read where it is not at hand."""
        if key in self._values:
            self._values.move_to_end(key)
            known: Value = self._values[key]
            return known
        value = self._values[key] = await read()
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value
