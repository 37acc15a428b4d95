"""A cache of values that do not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Cache:
    """The `size` values that were used last, by their keys."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    async def get(self, key: Hashable, read: Callable[[], Awaitable[Value]]) -> Value:
        """Return the value of a key. If it is not in the cache, read it."""
        if key in self._values:
            self._values.move_to_end(key)
            cached: Value = self._values[key]
            return cached
        value = self._values[key] = await read()
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return value
