"""Signatures of tools, as the SDK has to see them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature
from typing import Any, TypeVar, cast, get_args, get_type_hints

from rapidata_mcp.spending.records import SpendOutcome

Result = TypeVar("Result")
Tool = Callable[..., Coroutine[Any, Any, Result]]


def flatten_arguments(function: Tool[Result]) -> Tool[Result]:
    """Give a tool the fields of its dataclass parameters as arguments of their own.

    The SDK makes the argument list of a tool from the signature of its function, and an assistant should see a flat
    list. A caller of the returned function passes the fields; the decorated function gets the dataclass.

    >>> import inspect, anyio
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Size:
    ...     width: int
    ...     height: int = 1
    >>> @flatten_arguments
    ... async def area(size: Size) -> int:
    ...     return size.width * size.height
    >>> str(inspect.signature(area))
    '(*, width: int, height: int = 1) -> int'
    >>> async def main() -> None:
    ...     print(await area(width=4, height=3))
    >>> anyio.run(main)
    12
    """
    hints = get_type_hints(function, include_extras=True)
    shared = {name: kind for name, kind in hints.items() if name != "return" and is_dataclass(kind)}
    parameters: list[Parameter] = []
    for parameter in Signature.from_callable(function).parameters.values():
        kind = shared.get(parameter.name)
        if kind is None:
            flat = parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
            parameters.append(flat)
        else:
            parameters.extend(_parameters(kind))

    @wraps(function)
    async def call(**arguments: Any) -> Result:
        for name, kind in shared.items():
            names = [field.name for field in fields(kind)]
            arguments[name] = cast("type[Any]", kind)(**{key: arguments.pop(key) for key in names if key in arguments})
        return await function(**arguments)

    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {
        "return": hints["return"]
    }
    call.__signature__ = Signature(parameters, return_annotation=hints["return"])  # type: ignore[attr-defined]
    return call


def return_reply_type(function: Callable[..., Awaitable[SpendOutcome[Result]]]) -> Tool[SpendOutcome[Result]]:
    """Declare the reply of a spending tool as its return type. The SDK makes the output schema from that type.

    The returned function still returns the whole outcome.
    """
    signature = Signature.from_callable(function, eval_str=True)
    (reply,) = get_args(signature.return_annotation)

    @wraps(function)
    async def call(**arguments: Any) -> SpendOutcome[Result]:
        return await function(**arguments)

    call.__annotations__ = {name: parameter.annotation for name, parameter in signature.parameters.items()} | {
        "return": reply
    }
    call.__signature__ = signature.replace(return_annotation=reply)  # type: ignore[attr-defined]
    return call


def _parameters(kind: Any) -> list[Parameter]:
    """One parameter for each field of a dataclass."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
    ]
