"""Lines of the audit log: one for each call of a tool that writes, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError

from rapidata_mcp.errors import RapidataError
from rapidata_mcp.server.registry import Effect
from rapidata_mcp.server.replies import Reply, clean
from rapidata_mcp.spending.audit import Entry, Slip


@dataclass(frozen=True)
class AuditedCall:
    """A call of a tool by a client. `sent` is filled in when the call sends a request that spends."""

    tool: str
    effect: Effect
    client: str
    sent: Slip

    def answered(self, reply: Reply, at: str) -> Entry:
        """Return the line of a call with a reply, from the fields that many replies share."""
        estimate = getattr(reply, "estimated_cost_usd", None)
        return Entry(
            at=at,
            tool=self.tool,
            client=self.client,
            outcome=_outcome(reply),
            what=reply.summary,
            ids={name: value for name, value in reply if name.endswith("_id") and value},
            estimate_usd=self.sent.estimate_usd if estimate is None else estimate,
            approved_by=getattr(reply, "approved_by", None) or self.sent.approved_by,
        )

    def failed(self, failure: BaseException, arguments: Mapping[str, object], at: str) -> Entry:
        """Return the line of a call that failed or was cancelled, with the ids among its arguments."""
        texts = {name: clean(value) for name, value in arguments.items() if isinstance(value, str)}
        outcome, what = self._outcome_of(failure)
        return Entry(
            at=at,
            tool=self.tool,
            client=self.client,
            outcome=outcome,
            what=what,
            ids={name: value for name, value in texts.items() if name.endswith("_id") and value},
            estimate_usd=self.sent.estimate_usd,
            approved_by=self.sent.approved_by,
        )

    def _outcome_of(self, failure: BaseException) -> tuple[str, str]:
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
        if self.sent.done:
            return "done", f"It was done, but the answer failed: {what}"
        nothing_sent = self.effect == "spends" and self.sent.approved_by is None
        return outcome if certain or nothing_sent else "unknown", what


def _outcome(reply: Reply) -> str:
    """The outcome for the log: the reply's own, its status if nothing was started, or the usual ones."""
    status = getattr(reply, "status", None)
    if status in ("approval_required", "declined"):
        return str(status).replace("_", " ")
    return reply.outcome or ("already existed" if getattr(reply, "already_existed", False) else "done")
