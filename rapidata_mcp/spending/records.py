"""Records of spends: who approved a request that may cost money, at which estimate, and its effect.

The spending gate returns the record with the reply, in a `SpendOutcome`. If the call fails or is cancelled, the gate
attaches the record to the exception, and `record_of` finds it. The audit log is written from the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from rapidata_mcp.errors import RapidataError
from rapidata_mcp.usd import Usd

BY_USER = "the user, asked through the client"
BY_SECOND_CALL = "a second call that named the quote"
BY_EARLIER_CALL = "an earlier call, whose answer was lost"
BY_NOBODY = "nobody, since it costs nothing"

Content = TypeVar("Content")
Content_co = TypeVar("Content_co", covariant=True)
_ATTRIBUTE = "_spend_record"


@dataclass(frozen=True)
class SpendRecord:
    """A request that may have spent money. `estimated_cost` is None if it costs nothing."""

    approved_by: str
    estimated_cost: Usd | None = None
    effect: Literal["done", "none", "unknown"] = "unknown"


@dataclass(frozen=True)
class SpendOutcome(Generic[Content_co]):
    """The reply of a spending tool, and the record of the request that it sent; None if it sent none."""

    reply: Content_co
    record: SpendRecord | None


def nothing_sent(reply: Content) -> SpendOutcome[Content]:
    """Return the outcome of a call that sent no request that spends."""
    return SpendOutcome(reply, None)


def record_of(failure: BaseException) -> SpendRecord | None:
    """Return the record that the spending gate attached to a failure or to one of its causes."""
    cause: BaseException | None = failure
    while cause is not None:
        record = getattr(cause, _ATTRIBUTE, None)
        if isinstance(record, SpendRecord):
            return record
        cause = cause.__cause__
    return None


class Recorder:
    """Keeps the record of one call while the spending gate works on it."""

    def __init__(self, approved_by: str, estimated_cost: Usd | None = None) -> None:
        self._request = SpendRecord(approved_by, estimated_cost)
        self._record: SpendRecord | None = None

    def sending(self) -> None:
        """Record that the request is about to be sent."""
        self._record = self._request

    def done(self) -> None:
        """Record that the request took effect, in this call or in an earlier one with a lost answer."""
        self._record = replace(self._request, effect="done")

    def outcome(self, reply: Content) -> SpendOutcome[Content]:
        """Return the reply with the record."""
        return SpendOutcome(reply, self._record)

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Attach the record to whatever is raised, cancellation included."""
        try:
            yield
        except BaseException as failure:
            record = self._record
            if record is not None:
                refused = isinstance(failure, RapidataError) and failure.applied is False
                if refused and record.effect == "unknown":
                    record = replace(record, effect="none")
                setattr(failure, _ATTRIBUTE, record)
            raise
