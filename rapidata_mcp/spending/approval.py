"""Approval: the user is asked through the client, in either era of the protocol. Anything but a yes starts nothing."""

from __future__ import annotations

from typing import Any, Literal

import anyio
from mcp import MCPError
from mcp.server.mcpserver import AcceptedElicitation, Context
from mcp.types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult
from pydantic import BaseModel, Field

MODERN = "2026-07-28"
"""The first revision of the protocol in which a question is part of the answer to a call."""
PATIENCE_S = 300
"""How long the server waits for an answer in the older era."""
KEY = "approval"

Answer = Literal["yes", "no", "silence"]


class Consent(BaseModel):
    """The form that the user fills in."""

    approve: bool = Field(description="Yes: start it and spend up to the estimate", strict=True)


def can_ask(context: Context[Any, Any]) -> bool:
    """Whether the client says that it can put a form to its user, and can be reached for it."""
    declared = context.client_capabilities.elicitation if context.client_capabilities else None
    if declared is None or (declared.form is None and declared.url is not None):
        return False
    return is_modern(context) or context.session.can_send_request


def is_modern(context: Context[Any, Any]) -> bool:
    """Whether questions travel inside the answers to calls."""
    return (context.protocol_version or "") >= MODERN


def client_name(context: Context[Any, Any]) -> str:
    """Which client calls, as far as it says."""
    params = context.session.client_params
    return f"{params.client_info.name} {params.client_info.version}" if params is not None else "unknown"


def answered(context: Context[Any, Any]) -> str | None:
    """The state of the question that this call answers, in the newer era; None where it asks for the first time."""
    return context.request_state if is_modern(context) and context.input_responses is not None else None


async def ask(context: Context[Any, Any], question: str, state: str, patience: float) -> Answer | InputRequiredResult:
    """Put a question to the user. In the newer era the question itself is returned first, with `state` sealed in it.

    No answer, a broken form, and a client that cannot ask after all count as silence.
    """
    if is_modern(context):
        if context.input_responses is None or context.request_state is None:
            form = ElicitRequestFormParams(message=question, requested_schema=_form())
            return InputRequiredResult(input_requests={KEY: ElicitRequest(params=form)}, request_state=state)
        answer = context.input_responses.get(KEY)
        if not isinstance(answer, ElicitResult):
            return "silence"
        approved = answer.action == "accept" and (answer.content or {}).get("approve") is True
        return "yes" if approved else "no"
    with anyio.move_on_after(patience):
        try:
            outcome = await context.elicit(question, Consent)
        except (MCPError, ValueError):  # it declared the capability and does not have it, or answers nonsense
            return "silence"
        return "yes" if isinstance(outcome, AcceptedElicitation) and outcome.data.approve else "no"
    return "silence"


def _form() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"approve": {"type": "boolean", "description": Consent.model_fields["approve"].description}},
        "required": ["approve"],
    }
