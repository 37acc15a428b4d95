"""Approval: the user is asked through the client. Only a yes approves.

From protocol 2026-07-28 on, a question is the result of a tool call. Before, it is a request of its own.
"""

from __future__ import annotations

from typing import Any, Literal

import anyio
from mcp import MCPError
from mcp.server.mcpserver import AcceptedElicitation, Context
from mcp.types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult
from pydantic import BaseModel, Field

MODERN = "2026-07-28"
"""The first protocol version in which a question is the result of a tool call."""
ANSWER_TIMEOUT_S = 300
"""Seconds that the server waits for an answer, before protocol 2026-07-28."""
KEY = "approval"

Answer = Literal["yes", "no", "silence"]


class Consent(BaseModel):
    """The form that the user fills in."""

    approve: bool = Field(description="Yes: start it and spend up to the estimate", strict=True)


def can_ask(context: Context[Any, Any]) -> bool:
    """Whether the client declares that it can show its user a form, and accepts requests now."""
    declared = context.client_capabilities.elicitation if context.client_capabilities else None
    if declared is None or (declared.form is None and declared.url is not None):
        return False
    return is_modern(context) or context.session.can_send_request


def is_modern(context: Context[Any, Any]) -> bool:
    """Whether a question is the result of a tool call."""
    return (context.protocol_version or "") >= MODERN


def client_name(context: Context[Any, Any]) -> str:
    """Return the name and version of the client, or "unknown"."""
    params = context.session.client_params
    return f"{params.client_info.name} {params.client_info.version}" if params is not None else "unknown"


def quote_answered_by(context: Context[Any, Any]) -> str | None:
    """Return the id of the quote that this call answers; None if the user has not been asked yet."""
    return context.request_state if is_modern(context) and context.input_responses is not None else None


async def ask_user(
    context: Context[Any, Any], question: str, quote_id: str, answer_timeout: float
) -> Answer | InputRequiredResult:
    """Ask the user, and return the answer.

    From protocol 2026-07-28 on, the first call returns the question, and the client sends `quote_id` back with the
    answer. No answer within `answer_timeout` seconds counts as silence. So do a broken form, and a client that cannot
    ask after all.
    """
    if is_modern(context):
        if context.input_responses is None or context.request_state is None:
            form = ElicitRequestFormParams(message=question, requested_schema=_form())
            return InputRequiredResult(input_requests={KEY: ElicitRequest(params=form)}, request_state=quote_id)
        answer = context.input_responses.get(KEY)
        if not isinstance(answer, ElicitResult):
            return "silence"
        approved = answer.action == "accept" and (answer.content or {}).get("approve") is True
        return "yes" if approved else "no"
    with anyio.move_on_after(answer_timeout):
        try:
            outcome = await context.elicit(question, Consent)
        except (MCPError, ValueError):  # the client lacks the capability that it declared, or its answer is broken
            return "silence"
        return "yes" if isinstance(outcome, AcceptedElicitation) and outcome.data.approve else "no"
    return "silence"


def _form() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"approve": {"type": "boolean", "description": Consent.model_fields["approve"].description}},
        "required": ["approve"],
    }
