"""How the embedded platform says no, in the contract's words (A.9)."""

from __future__ import annotations

import secrets
from typing import TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from rapidata_mcp.models.problems import Problem
from rapidata_mcp.wire import WireModel

Model = TypeVar("Model", bound=WireModel)

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a JSON request that are read at most."""


class ProblemError(Exception):
    """A request that is answered with problem+json; `extensions` are further members that the contract names."""

    def __init__(
        self, status: int, title: str, errors: dict[str, list[str]] | None = None, **extensions: str | int | None
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.errors = errors
        self.extensions = extensions


def missing(what: str, identifier: str) -> ProblemError:
    """404 for an id that names nothing."""
    return ProblemError(404, f"There is no {what} '{identifier[:80]}'.")


async def answer_problem(_request: Request, exc: Exception) -> JSONResponse:
    """The exception handler of the application."""
    if not isinstance(exc, ProblemError):
        raise exc
    trace = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    problem = Problem(
        type=f"https://httpstatuses.com/{exc.status}",
        title=exc.title,
        status=exc.status,
        errors=exc.errors,
        trace_id=trace,
    )
    members = problem.to_json(exclude={"latest_revision_number", "stage", "upstream_http_status"}) | exc.extensions
    return JSONResponse(members, exc.status, {"x-trace-id": trace}, media_type="application/problem+json")


async def parse(request: Request, model: type[Model]) -> Model:
    """The request's JSON body as a model of the contract.

    Raises:
        ProblemError: 400 with a message per field, 413 for an oversized body.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise ProblemError(413, f"The request is larger than {MAX_BODY} bytes.")
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as exc:
        errors: dict[str, list[str]] = {}
        for error in exc.errors(include_url=False, include_input=False, include_context=False):
            errors.setdefault(".".join(map(str, error["loc"])) or "body", []).append(error["msg"])
        raise ProblemError(400, "One or more validation errors occurred.", errors) from None
