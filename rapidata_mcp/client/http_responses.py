"""HTTP responses of a platform, read as a model of the contract or as one of our errors (contract A.9).

An error quotes only text from problem+json, cleaned and shortened.
"""

from __future__ import annotations

import math
import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx2 as httpx
from pydantic import ValidationError

from rapidata_mcp.errors import (
    AccessDenied,
    BadAnswer,
    NotAuthenticated,
    NotFound,
    NotYet,
    RapidataError,
    Refused,
    Throttled,
)
from rapidata_mcp.models.problems import Problem
from rapidata_mcp.wire import WireModel

Model = TypeVar("Model", bound=WireModel)

CHECK_FIRST = "Check whether it took effect before you repeat it."
MAX_TEXT = 300
"""Characters that an error quotes of a text of the platform."""
MAX_FIELDS = 10
"""Fields of a refused request that an error names."""
MAX_MESSAGES = 3
"""Messages that an error quotes for each field."""
_TRANSIENT = frozenset({502, 503, 504})
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]+")


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the body of a response.

    Raises:
        BadAnswer: if it has more than `limit` bytes. The rest is not read.
    """
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise BadAnswer(f"The platform's answer is larger than {limit} bytes.", CHECK_FIRST)
    return bytes(body)


def parse_body(data: bytes, model: type[Model], request: str) -> Model:
    """Parse a body as a model of the contract. `request` names the request in an error.

    Raises:
        BadAnswer: names the fields that are missing or wrong.
    """
    try:
        return model.model_validate_json(data)
    except ValidationError as exc:
        # Only the first level: deeper levels can have keys that the platform's users chose.
        fields = sorted({str(error["loc"][0]) for error in exc.errors(include_input=False) if error["loc"]})[:5]
        problem = f"not what the contract says ({', '.join(fields)})" if fields else "not the expected JSON"
        raise BadAnswer(
            f"The platform's answer to {request} is {problem}.",
            CHECK_FIRST if not request.startswith("GET") else "Try again. If that does not help, update rapidata-mcp.",
        ) from None


def error_from_response(response: httpx.Response, data: bytes, method: str, now: float) -> RapidataError:
    """Return the error for an unsuccessful response. The body's text is quoted only if it is problem+json."""
    status = response.status_code
    problem = _problem(response, data)
    title = _clean(problem.title or problem.detail or "")
    trace = _clean(problem.trace_id or str(response.headers.get("x-trace-id", "")), 80)
    if status in (401, 403):
        denied = NotAuthenticated if status == 401 else AccessDenied
        return denied(
            title or "The platform refuses access with these credentials.", "`rapidata-mcp doctor` checks them."
        )
    if status == 404:
        return NotFound(title or "The platform has nothing under this id.", "")
    if status == 409:
        return NotYet(title or "The platform cannot answer this yet.", "Try again in a few seconds.", trace_id=trace)
    if status == 429:
        wait = parse_retry_after(str(response.headers.get("retry-after", "")), now)
        when = "Wait a little and try again." if not wait else f"Try again in {math.ceil(wait)} seconds."
        return Throttled("The platform asks for fewer requests.", when, retry_after=wait)
    if 400 <= status < 500:
        return _refused(problem, title or f"The platform refused the request (status {status}).", trace)
    return BadAnswer(
        f"The platform failed (status {status}{f', trace id {trace}' if trace else ''}).",
        "Try again later." if method == "GET" else CHECK_FIRST,
        transient=status in _TRANSIENT,
        trace_id=trace,
    )


def _refused(problem: Problem, message: str, trace: str) -> Refused:
    fields = {
        _clean(name, 80): [_clean(text) for text in texts[:MAX_MESSAGES]]
        for name, texts in list((problem.errors or {}).items())[:MAX_FIELDS]
    }
    details = "".join(f" {name}: {'; '.join(texts)}." for name, texts in fields.items())
    trace_note = f" (trace id {trace})" if trace else ""
    return Refused(f"{message}{details}{trace_note}", fields=fields, trace_id=trace)


def _problem(response: httpx.Response, data: bytes) -> Problem:
    media_type = response.headers.get("content-type", "").split(";")[0]
    if not (media_type == "application/json" or media_type.endswith("+json")):
        return Problem()
    try:
        return Problem.model_validate_json(data)
    except ValidationError:
        return Problem()


def _clean(text: str, limit: int = MAX_TEXT) -> str:
    """Return a text as one line of at most `limit` characters."""
    line = _UNPRINTABLE.sub(" ", text[: 4 * limit]).strip()
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def parse_retry_after(value: str, now: float) -> float | None:
    """Return the seconds to wait, for a number of seconds or an HTTP date; None for anything else."""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value.strip()):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        seconds: float = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return max(0.0, seconds)
