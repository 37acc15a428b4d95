"""Doing things at the same time, with errors that stay themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, overload

import anyio
from anyio.abc import TaskGroup

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


@asynccontextmanager
async def task_group() -> AsyncIterator[TaskGroup]:
    """A task group that raises the first error of its tasks as it is, and cancels the others."""
    try:
        async with anyio.create_task_group() as group:
            yield group
    except BaseExceptionGroup as failures:
        raise _first(failures) from None


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


@overload
async def gather(first: Awaitable[A], second: Awaitable[B], /) -> tuple[A, B]: ...


@overload
async def gather(first: Awaitable[A], second: Awaitable[B], third: Awaitable[C], /) -> tuple[A, B, C]: ...


@overload
async def gather(
    first: Awaitable[A], second: Awaitable[B], third: Awaitable[C], fourth: Awaitable[D], /
) -> tuple[A, B, C, D]: ...


async def gather(*awaitables: Awaitable[Any]) -> tuple[Any, ...]:
    """Await several things at once; the first error is raised."""
    results: dict[int, Any] = {}

    async def run(place: int, awaitable: Awaitable[Any]) -> None:
        results[place] = await awaitable

    async with task_group() as group:
        for place, awaitable in enumerate(awaitables):
            group.start_soon(run, place, awaitable)
    return tuple(results[place] for place in range(len(awaitables)))
