"""What an answer says: a model of the contract or one of our errors, which hold no foreign content (contract A.9)."""

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

CHECK_FIRST = "Look whether it took effect before you repeat it."
MAX_SAID = 300
"""Characters of a text of the platform that are passed on."""
MOST_FIELDS = 10
MOST_MESSAGES = 3
"""Fields that the platform names when it refuses, and what it says of each, that are passed on."""
_TRANSIENT = frozenset({502, 503, 504})
_UNPRINTED = re.compile(r"[\x00-\x20\x7f-\x9f]+")


async def read_whole(response: httpx.Response, limit: int) -> bytes:
    """The body of an answer.

    Raises:
        BadAnswer: when it has more than `limit` bytes; the rest is not read.
    """
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise BadAnswer(f"The platform's answer is larger than {limit} bytes.", CHECK_FIRST)
    return bytes(body)


def parsed(data: bytes, model: type[Model], asked: str) -> Model:
    """A body as a model of the contract; `asked` is the request, for the error.

    Raises:
        BadAnswer: names the members that are missing or wrong.
    """
    try:
        return model.model_validate_json(data)
    except ValidationError as exc:
        # Deeper places could hold keys that somebody else chose.
        places = sorted({str(error["loc"][0]) for error in exc.errors(include_input=False) if error["loc"]})[:5]
        what = f"not what the contract says ({', '.join(places)})" if places else "not the JSON that was expected"
        raise BadAnswer(
            f"The platform's answer to {asked} is {what}.",
            CHECK_FIRST if not asked.startswith("GET") else "Try again; if it stays, update rapidata-mcp.",
        ) from None


def error_of(response: httpx.Response, data: bytes, method: str, now: float) -> RapidataError:
    """The error that an unsuccessful answer means. The body's text is used only where it is problem+json."""
    status = response.status_code
    problem = _problem(response, data)
    said = _clean(problem.title or problem.detail or "")
    trace = _clean(problem.trace_id or str(response.headers.get("x-trace-id", "")), 80)
    if status in (401, 403):
        denied = NotAuthenticated if status == 401 else AccessDenied
        return denied(
            said or "The platform refuses access with these credentials.", "`rapidata-mcp doctor` checks them."
        )
    if status == 404:
        return NotFound(said or "The platform has nothing under this id.", "")
    if status == 409:
        return NotYet(said or "The platform cannot answer this yet.", "Ask again in a few seconds.", trace_id=trace)
    if status == 429:
        wait = retry_after(str(response.headers.get("retry-after", "")), now)
        when = "Wait a little and try again." if not wait else f"Try again in {math.ceil(wait)} seconds."
        return Throttled("The platform asks for fewer requests.", when, retry_after=wait)
    if 400 <= status < 500:
        fields = {
            _clean(name, 80): [_clean(message) for message in messages[:MOST_MESSAGES]]
            for name, messages in list((problem.errors or {}).items())[:MOST_FIELDS]
        }
        named = "".join(f" {name}: {'; '.join(messages)}." for name, messages in fields.items())
        traced = f" (trace id {trace})" if trace else ""
        return Refused(
            f"{said or f'The platform refused the request (status {status}).'}{named}{traced}",
            fields=fields,
            trace_id=trace,
        )
    return BadAnswer(
        f"The platform failed (status {status}{f', trace id {trace}' if trace else ''}).",
        "Try again later." if method == "GET" else CHECK_FIRST,
        transient=status in _TRANSIENT,
        trace_id=trace,
    )


def _problem(response: httpx.Response, data: bytes) -> Problem:
    kind = response.headers.get("content-type", "").split(";")[0]
    if not (kind == "application/json" or kind.endswith("+json")):
        return Problem()
    try:
        return Problem.model_validate_json(data)
    except ValidationError:
        return Problem()


def _clean(text: str, limit: int = MAX_SAID) -> str:
    """One line of a text, shortened."""
    line = _UNPRINTED.sub(" ", text[: 4 * limit]).strip()
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def retry_after(value: str, now: float) -> float | None:
    """Seconds to wait from `now` on, from a number of seconds or an HTTP date; None when it is neither."""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value.strip()):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        seconds: float = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return max(0.0, seconds)
