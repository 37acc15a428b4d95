"""Lines of the audit log: one for each call of a tool that writes, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError

from rapidata_mcp.errors import RapidataError
from rapidata_mcp.server.registry import Effect
from rapidata_mcp.server.replies import Reply, clean
from rapidata_mcp.spending.audit import Entry
from rapidata_mcp.spending.records import SpendRecord, record_of


@dataclass(frozen=True)
class AuditedCall:
    """A call of a tool by a client."""

    tool: str
    effect: Effect
    client: str

    def answered(self, reply: Reply, record: SpendRecord | None, at: str) -> Entry:
        """Return the line of a call with a reply, from the fields that many replies share."""
        estimate = getattr(reply, "estimated_cost_usd", None)
        if estimate is None and record is not None:
            estimate = record.estimated_cost
        return Entry(
            at=at,
            tool=self.tool,
            client=self.client,
            outcome=_outcome(reply),
            what=reply.summary,
            ids={name: value for name, value in reply if name.endswith("_id") and value},
            estimate_usd=estimate,
            approved_by=record.approved_by if record else None,
        )

    def failed(self, failure: BaseException, arguments: Mapping[str, object], at: str) -> Entry:
        """Return the line of a call that failed or was cancelled, with the ids among its arguments."""
        texts = {name: clean(value) for name, value in arguments.items() if isinstance(value, str)}
        record = record_of(failure)
        outcome, what = self._outcome_of(failure, record)
        return Entry(
            at=at,
            tool=self.tool,
            client=self.client,
            outcome=outcome,
            what=what,
            ids={name: value for name, value in texts.items() if name.endswith("_id") and value},
            estimate_usd=record.estimated_cost if record else None,
            approved_by=record.approved_by if record else None,
        )

    def _outcome_of(self, failure: BaseException, record: SpendRecord | None) -> tuple[str, str]:
        """The outcome of a failure, and a sentence on it.

        The outcome is unknown if a request may have taken effect. For a tool that spends, only the request that spends
        counts.
        """
        outcome, what, certain = "refused", str(failure), isinstance(failure, ToolError)
        if not isinstance(failure, Exception):
            outcome, what = "cancelled", "The call was cancelled before it had an answer."
        elif not certain or isinstance(failure, UnexpectedToolError):
            outcome, certain = "failed", False
        elif isinstance(failure.__cause__, RapidataError):
            certain = failure.__cause__.applied is False
        if record is not None and record.effect == "done":
            return "done", f"It was done, but the answer failed: {what}"
        if self.effect == "spends":
            certain = record is None or record.effect == "none"
        return outcome if certain else "unknown", what


def _outcome(reply: Reply) -> str:
    """The outcome for the log: the reply's own, its status if nothing was started, or the usual ones."""
    status = getattr(reply, "status", None)
    if status in ("approval_required", "declined"):
        return str(status).replace("_", " ")
    return reply.outcome or ("already existed" if getattr(reply, "already_existed", False) else "done")
