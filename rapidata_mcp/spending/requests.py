"""Requests to spend money, as a tool hands them to the spending gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidata_mcp.calls import Argument, Call
from rapidata_mcp.usd import Usd

if TYPE_CHECKING:
    from rapidata_mcp.spending.ledger import LedgerAttempt

Allow = Callable[[], Awaitable[None]]
"""Called right before the request that spends. It raises an error to prevent the request."""


@dataclass(frozen=True, kw_only=True)
class SpendRequest:
    """The start or the resumption of a job, at its present price.

    `resumes` is the job that continues; empty for a start. `question` is put to the user. It contains `examples`, the
    qualification examples that the user approves too.
    """

    job_definition_id: str
    revision: int
    audience_id: str
    run_after: str = ""
    repeat: bool = False
    resumes: str = ""
    estimated_cost: Usd
    balance: float | None
    question: str
    examples: str = ""

    @property
    def shortfall(self) -> Usd:
        """The amount that the balance lacks for the estimate."""
        return Usd(0) if self.balance is None else self.estimated_cost.minus(self.balance)

    @property
    def nothing_done(self) -> str:
        """The sentence that no money was spent."""
        return "Nothing was resumed." if self.resumes else "Nothing was started."

    def call(self, why: str, *, lead: str = "", quote: str = "") -> Call:
        """Return the call of the tool that makes this request."""
        if self.resumes:
            return Call("resume_job", {"job_id": self.resumes}, why, lead)
        arguments: dict[str, Argument] = {"job_definition_id": self.job_definition_id, "audience_id": self.audience_id}
        if quote:
            arguments["quote"] = quote
        if self.run_after:
            arguments["run_after"] = self.run_after
        if self.repeat:
            arguments["repeat"] = True
        return Call("assign_job", arguments, why, lead)


@dataclass(frozen=True)
class JobStart:
    """The start of a job, which happens once for its `content`.

    `send` starts the job and returns its id. `exists` checks that the platform still has the job with an id.
    """

    content: Mapping[str, str | int]
    send: Callable[[LedgerAttempt, Allow], Awaitable[str]]
    exists: Callable[[str], Awaitable[bool]]
