"""A call that may have spent money has a record, and a spending tool cannot forget it.

mypy checks this file. Each `type: ignore` marks a line that mypy rejects; an ignore without an error is an error.
"""

from __future__ import annotations

import ast

import pytest

from rapidata_mcp.calls import NextStep
from rapidata_mcp.errors import BadAnswer, Refused
from rapidata_mcp.server.registry import FreeTool, SpendingTool, ToolEntry
from rapidata_mcp.server.replies import Reply
from rapidata_mcp.spending.records import BY_USER, Recorder, SpendOutcome, SpendRecord, nothing_sent, record_of
from rapidata_mcp.usd import Usd
from tests.test_architecture import MODULES


async def spend() -> SpendOutcome[Reply]:
    return nothing_sent(Reply(summary="Started.", next_step=NextStep()))


async def forget() -> Reply:
    return (await spend()).reply


def test_a_spending_tool_that_forgets_the_record_does_not_type_check() -> None:
    """Nor does a free tool that spends."""
    right: list[ToolEntry] = [SpendingTool(spend, "Spend"), FreeTool(forget, "Read", "read")]
    wrong: list[ToolEntry] = [
        SpendingTool(forget, "Spend"),  # type: ignore[arg-type]
        FreeTool(spend, "Spend", "draft"),  # type: ignore[arg-type]
        FreeTool(forget, "Spend", "spends"),  # type: ignore[arg-type]
    ]
    assert [entry.effect for entry in (*right, *wrong)] == ["spends", "read", "spends", "draft", "spends"]


def test_only_the_gate_makes_records() -> None:
    """Other modules can only say that nothing was sent."""
    makers = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("SpendOutcome", "SpendRecord", "Recorder")
    }
    assert makers == {"rapidata_mcp.spending.gate", "rapidata_mcp.spending.records"}


@pytest.mark.parametrize(
    ("failure", "effect"),
    [(Refused("no"), "none"), (BadAnswer("lost"), "unknown"), (KeyboardInterrupt(), "unknown")],
)
def test_a_failure_carries_the_record(failure: BaseException, effect: str) -> None:
    """A refusal had no effect; after a lost answer or a cancellation the effect is unknown."""
    recorder = Recorder(BY_USER, Usd(1))
    recorder.sending()
    with pytest.raises(type(failure)) as raised, recorder.attached():
        raise failure
    record = record_of(raised.value)
    assert record is not None
    assert (record.approved_by, record.estimated_cost, record.effect) == (BY_USER, 1.0, effect)


def test_a_reply_that_fails_after_the_spend_leaves_it_done() -> None:
    """Also through the errors that the SDK wraps around the failure."""
    recorder = Recorder(BY_USER, Usd(1))
    recorder.done()
    with pytest.raises(Refused) as raised, recorder.attached():
        raise Refused("The job cannot be read.")
    wrapper = RuntimeError()
    wrapper.__cause__ = raised.value
    assert record_of(wrapper) == SpendRecord(BY_USER, Usd(1), "done")


def test_a_failure_before_the_request_has_no_record() -> None:
    """Nothing was sent, so nothing was spent."""
    with pytest.raises(Refused) as raised, Recorder(BY_USER, Usd(1)).attached():
        raise Refused("The budget is exceeded.")
    assert record_of(raised.value) is None


@pytest.mark.parametrize("amount", [-0.01, float("inf"), float("nan")])
def test_an_amount_that_is_no_price_is_refused(amount: float) -> None:
    """Negative, infinite, and not a number."""
    with pytest.raises(BadAnswer, match="no price"):
        Usd(amount)
